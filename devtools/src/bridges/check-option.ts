/** @throws TypeError that quotes the option. */
export function checkOption(name: string, holds: boolean, expected: string): void {
  if (!holds) throw new TypeError(`"${name}" must be ${expected}`)
}

export const isFilled = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''
