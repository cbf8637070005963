/** @throws TypeError that quotes the option. */
export function checkOption(name: string, holds: boolean, expected: string): void {
  if (!holds) throw new TypeError(`"${name}" must be ${expected}`)
}

/** @throws TypeError when there are none. */
export function checkOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null) throw new TypeError('"options" must be an object')
}

export const isFilled = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''
