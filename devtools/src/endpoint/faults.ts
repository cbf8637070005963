import { choiceKind, type FaultKind, numberKind, switchKind } from './fault-kinds'
import { shownName } from './shown-name'

/** What the endpoint is told to do wrong. Every fault is off, and `ttl` 900, until somebody orders otherwise. */
export interface Faults {
  /** How long each answer waits, ms, 0 to 60,000. Default: 0. */
  latency: number
  /** How likely an answer is a 503, 0 to 1. Default: 0. */
  failure: number
  /** The status of each answer, 200 to 599; a token comes with a 2xx alone. Default: null (201). Wins over `failure`. */
  status: number | null
  /** The `Retry-After` header of each answer, s, 0 to 86,400. Default: null (no header). */
  retryAfter: number | null
  /** The request is taken and never answered. Default: false. */
  hang: boolean
  /** How long a token lives, s, 1 to 315,360,000 (ten years). Default: 900. */
  ttl: number
  /** How far the server's clock is ahead, s, a day at most; negative is behind. Moves `nbf`, `exp` and the `Date` header. Default: 0. */
  skew: number
  /** What the answer's body is: 'json' as it should be, an HTML page, nothing, or a `participant_token` that is no JWT. Default: 'json'. */
  body: 'json' | 'html' | 'empty' | 'notjwt'
  /** The token has expired two minutes before it is handed out, past any server's leeway. Default: false. */
  expired: boolean
}

export type FaultName = keyof Faults

const DAY = 86_400

export const FAULTS: { readonly [Name in FaultName]: FaultKind<Faults[Name]> } = {
  latency: numberKind(0, { unit: ' of milliseconds', min: 0, max: 60_000, whole: true }),
  failure: numberKind(0, { unit: '', min: 0, max: 1, whole: false }),
  status: numberKind(null, { unit: '', min: 200, max: 599, whole: true }),
  retryAfter: numberKind(null, { unit: ' of seconds', min: 0, max: DAY, whole: true }),
  hang: switchKind,
  ttl: numberKind(900, { unit: ' of seconds', min: 1, max: 3650 * DAY, whole: true }),
  skew: numberKind(0, { unit: ' of seconds', min: -DAY, max: DAY, whole: false }),
  body: choiceKind(['json', 'html', 'empty', 'notjwt']),
  expired: switchKind,
}

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[]

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name)

/** The value given is never repeated: the message may end in a log. */
const refusal = (name: FaultName) => new TypeError(`${name} must be ${FAULTS[name].expects}`)

const unknownFault = (name: string) =>
  new TypeError(`${shownName(name)} is no fault; there are ${FAULT_NAMES.join(', ')}`)

/** Faults as text, from a query or from flags. @throws {TypeError} that begins with the name of the fault. */
export function parseFaults(entries: Iterable<readonly [string, string]>): Partial<Faults> {
  const parsed: Record<string, unknown> = {}
  for (const [name, text] of entries) {
    if (!isFaultName(name)) throw unknownFault(name)
    if (Object.hasOwn(parsed, name)) throw new TypeError(`${name} must be given once`)
    const value = FAULTS[name].parse(text)
    if (value === undefined) throw refusal(name)
    parsed[name] = value
  }
  return parsed as Partial<Faults>
}

/** `faults` with `changes` on top; an undefined change changes nothing. @throws {TypeError} as `parseFaults`. */
export function withFaults(faults: Readonly<Faults>, changes: Partial<Faults>): Readonly<Faults> {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  for (const [name, value] of given) {
    if (!isFaultName(name)) throw unknownFault(name)
    if (!FAULTS[name].accepts(value)) throw refusal(name)
  }
  return Object.freeze({ ...faults, ...Object.fromEntries(given) })
}

/** A server that does nothing wrong. */
export const noFaults: Readonly<Faults> = Object.freeze(
  Object.fromEntries(FAULT_NAMES.map((name) => [name, FAULTS[name].normal])),
) as Readonly<Faults>
