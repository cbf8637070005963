/** One fault's values: how they are written in a query or a flag, and which are right. */
export interface FaultKind<Value> {
  /** The value when nobody ordered anything. */
  readonly normal: Value
  /** Completes the sentence "<name> must be …". */
  readonly expects: string
  /** From a query or a flag; undefined when the text is no such value. */
  parse(text: string): Value | undefined
  accepts(value: unknown): value is Value
}

interface Range {
  unit: string
  min: number
  max: number
  whole: boolean
}

/** Plain decimals only: `Number` would take '', ' 5', '0x10' and 'Infinity' too. */
const DECIMAL = /^-?(?:\d+(?:\.\d+)?|\.\d+)$/

const inRange = (value: unknown, { min, max, whole }: Range): value is number =>
  typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value))

export function numberKind<Normal extends number | null>(
  normal: Normal,
  range: Range,
): FaultKind<number | Normal> {
  return {
    normal,
    expects: `${range.whole ? 'a whole number' : 'a number'}${range.unit} from ${range.min} to ${range.max}`,
    parse(text) {
      const value = DECIMAL.test(text) ? Number(text) : undefined
      return inRange(value, range) ? value : undefined
    },
    accepts: (value): value is number | Normal => value === normal || inRange(value, range),
  }
}

const SWITCH: Readonly<Record<string, boolean>> = {
  '': true,
  '1': true,
  true: true,
  '0': false,
  false: false,
}

/** In a query the name alone turns it on. */
export const switchKind: FaultKind<boolean> = {
  normal: false,
  expects: 'true or false',
  parse: (text) => (Object.hasOwn(SWITCH, text) ? SWITCH[text] : undefined),
  accepts: (value) => typeof value === 'boolean',
}

export function choiceKind<Choice extends string>(
  choices: readonly [Choice, ...Choice[]],
): FaultKind<Choice> {
  return {
    normal: choices[0],
    expects: `one of ${choices.join(', ')}`,
    parse: (text) => choices.find((choice) => choice === text),
    accepts: (value): value is Choice => choices.some((choice) => choice === value),
  }
}
