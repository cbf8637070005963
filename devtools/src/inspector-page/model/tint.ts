const TINTS = 8

/** The same state has the same colour everywhere: a number from 0 to 7, made of its name. */
export function tintOf(name: string): number {
  let sum = 7
  for (let index = 0; index < name.length; index += 1) sum = (sum * 31 + name.charCodeAt(index)) >>> 0
  return sum % TINTS
}
