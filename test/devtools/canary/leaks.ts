/** How many letters and digits of a secret in a row are a piece of it. Twice as many are always found. */
const PIECE = 12

export interface Leak {
  /** How it was written. */
  readonly form: string
  /** The piece, and what is beside it. */
  readonly around: string
}

/**
 * What a text gives away of secrets: a piece of one, in any case, and whatever lies between its letters (a line's end,
 * quotes, the marks of a list, elements); percent-encoded, escaped as JSON, HTML or JavaScript do it, or all of that; in
 * base64 or hexadecimal; and each of these backwards.
 */
export function leaks(text: string, secrets: readonly string[]): Leak[] {
  const pieces = new Set(secrets.flatMap(piecesOf))
  return Object.entries(readings(text)).flatMap(([form, read]) => {
    const folded = fold(read)
    for (const [direction, letters] of [
      ['', folded],
      [' backwards', reversed(folded)],
    ] as const) {
      for (let at = 0; at + PIECE <= letters.length; at += PIECE) {
        if (!pieces.has(letters.slice(at, at + PIECE))) continue
        return [{ form: form + direction, around: letters.slice(Math.max(0, at - 60), at + 2 * PIECE) }]
      }
    }
    return []
  })
}

/** Every run of that length: the text that it is looked for in is cut into as long ones, wherever that may be. */
function piecesOf(secret: string): string[] {
  const letters = fold(secret.includes('.') ? secret.slice(secret.indexOf('.')) : secret)
  if (letters.length < 2 * PIECE) throw new Error('A secret that is this short would be found by chance')
  return Array.from({ length: letters.length - PIECE + 1 }, (_, at) => letters.slice(at, at + PIECE))
}

const fold = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '')
const reversed = (text: string) => [...text].reverse().join('')

function readings(text: string): Record<string, string> {
  const plain = unescaped(text)
  return {
    plain: text,
    escaped: plain,
    'between elements': plain.replace(/<[^<>]*>/g, ''),
    base64: runs(plain, /[\w+/-]{20,}/g, (run) =>
      // It may begin anywhere in what looks like it.
      [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), 'base64').toString('latin1')).join('\n'),
    ),
    'base64 backwards': runs(reversed(plain), /[\w+/-]{20,}/g, (run) =>
      [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), 'base64').toString('latin1')).join('\n'),
    ),
    hexadecimal: runs(plain, /[\da-f]{24,}/gi, (run) =>
      [0, 1].map((skip) => Buffer.from(run.slice(skip), 'hex').toString('latin1')).join('\n'),
    ),
  }
}

const runs = (text: string, pattern: RegExp, read: (run: string) => string) =>
  Array.from(text.matchAll(pattern), ([run]) => read(run)).join('\n')

/** Until there is nothing to take back any more: texts are put into texts. */
function unescaped(text: string): string {
  let before = text
  for (let round = 0; round < 6; round += 1) {
    const after = before
      .replace(/&#x([\da-f]{1,6});/gi, (_, code) => character(code, 16))
      .replace(/&#(\d{1,7});/g, (_, code) => character(code, 10))
      .replace(/&amp;/g, '&')
      .replace(/%([\da-f]{2})/gi, (_, code) => character(code, 16))
      .replace(/\\(?:u([\da-f]{4})|u\{([\da-f]{1,6})\}|x([\da-f]{2})|([bfnrtv0])|\\)/gi, decoded)
    if (after === before) break
    before = after
  }
  return before
}

const decoded = (_: string, utf16?: string, point?: string, byte?: string, control?: string) => {
  const code = utf16 ?? point ?? byte
  if (code !== undefined) return character(code, 16)
  return control === undefined ? '\\' : ' '
}

const character = (code: string, base: number) => {
  const point = Number.parseInt(code, base)
  return point <= 0x10ffff ? String.fromCodePoint(point) : ''
}
