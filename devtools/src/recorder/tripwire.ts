/**
 * What a JSON object begins with in base64url: `{"`, or `{` and a blank where somebody printed it prettily, and here
 * each part of a JWT but its signature begins so.
 */
const OBJECT = 'e(?:y[AIJ]|w[0ko])'
/** With one or two blanks before it. */
const INDENTED = '[CDI](?:[HXn]s[JKNgi]|[ACQSgi][1Blp]7[CDI])'

/**
 * Within a word an object needs a second one after it to be a token, or the length of a payload: there are names such
 * as `keyJournal`, but what stands before it may also be the end of an escape (`\n`, `%3D`).
 */
const TOKEN = new RegExp(
  [
    `(?:(?<![A-Za-z0-9])${OBJECT}[\\w-]{12,}`,
    `(?<![\\w-])${INDENTED}[\\w-]{12,}`,
    `${OBJECT}[\\w-]{8,}(?=\\.${OBJECT})`,
    `${OBJECT}[\\w-]{40,})(?:\\.[\\w-]*)*`,
  ].join('|'),
  'g',
)

export const MASK = '[token]'

/** How a token's dots may be written, and lines broken, in JSON and in URLs too. An escape is taken whole or not at all. */
const BREAK = String.raw`(?:\\[nrt]|\\+\.|%[0-9A-Fa-f]{2}|[^\w\\%"'\[\]-]){1,8}`
/** More of a token, a signature above all: it has no beginning of its own to be known by. */
const MORE = String.raw`(?=[\w-]*(?:\d|[a-z][A-Z]))[\w-]{16,}`
const REST = new RegExp(String.raw`(\[token\]${BREAK})${MORE}(?:${BREAK}${MORE})*`, 'g')
/** The same in a list, whose quotes have to stay; other things are in a list as well, so it has to be as long as a signature. */
const REST_IN_LIST = /(\[token\](?:\\["nrt]|[^\w\\[\]-]){1,12})[\w-]{40,}/g

/**
 * The net beneath the allow list: no text that devtools keep or send has a token in it, whoever put it there (an app
 * that names a room by its token, another's machine that has one in its context).
 *
 * Not by `replace`: an engine may make its result of slices, which keep the text that they are of in memory, and the
 * token with it, for as long as the result is kept.
 */
export function maskTokens(text: string): string {
  const parts = text.split(TOKEN)
  if (parts.length === 1) return text
  return maskAfter(maskAfter(parts.join(MASK), REST), REST_IN_LIST)
}

/** `pattern` keeps what it captures. */
const maskAfter = (text: string, pattern: RegExp): string =>
  text
    .split(pattern)
    .map((part, index) => (index % 2 === 0 ? part : part + MASK))
    .join('')
