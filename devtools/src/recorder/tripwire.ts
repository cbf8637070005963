/**
 * What a JSON object begins with in base64url, and here each part of a JWT but its signature begins so: `{"`, or `{` and
 * a blank where somebody printed it prettily.
 */
const OBJECT = 'e(?:y[AIJL]|w[0ko])'
/** With one blank before it, or two. */
const BLANK_OBJECT = '(?:IH|C[Xn]|DX)s[JKNgi]'
const BLANKS_OBJECT = '(?:I[AC]|C[QSgi]|D[QS])[1Blp]7[CDI]'
/** Three blanks, before any of them. */
const BLANKS = '(?:(?:I[AC]|C[QSgi]|D[QS])[Ako0][JKNg])*'
const ANY_OBJECT = `(?:${OBJECT}|${BLANK_OBJECT}|${BLANKS_OBJECT})`

/** More of one, of which a byte of ASCII comes first, as in a key: in `eyJournal-of-2024` none does. */
const KEY = '[A-Za-f][\\w-]{10,}'
/** Where a word begins, which may be after an escape (`\n`, `%3D`). */
const BEGINNING = String.raw`(?:(?<![A-Za-z0-9])|(?<=\\(?:[bfnrt]|(?:u[0-9A-Fa-f]{2}|x)[0-9A-Fa-f]{2})|%(?:25){0,3}[0-9A-Fa-f]{2}))`

/**
 * Within a word an object needs a second one after it to be a token, or the length of a payload: there are names such
 * as `keyJournal`. It may not begin within an escape (`\u000e`), of which nothing else would be left.
 */
const WITHIN = String.raw`(?<!\\u[0-9A-Fa-f]{3})`

const TOKEN = new RegExp(
  [
    `(?:${BEGINNING}${BLANKS}(?:(?:${OBJECT}[\\w-]|${BLANK_OBJECT})${KEY}`,
    `${BLANKS_OBJECT}[\\w-]{12,})`,
    `${WITHIN}${ANY_OBJECT}[\\w-]{8,}(?=\\.${ANY_OBJECT})`,
    `${WITHIN}${ANY_OBJECT}[\\w-]{40,})(?:\\.[\\w-]*)*`,
  ].join('|'),
  'g',
)

export const MASK = '[token]'

/** How a line is broken, and a token's dots are written, in JSON and in URLs too. An escape is taken whole or not at all. */
const LINE = String.raw`(?:\\+[nr]|%0[AaDd]|[\r\n])`
const BREAK = String.raw`(?:\\+(?:[bfnrt.]|(?:u[0-9A-Fa-f]{2}|x)[0-9A-Fa-f]{2})|%(?:25){0,3}[0-9A-Fa-f]{2}|[^\w\\%"'\[\]-]){1,8}`
/**
 * More of a token, a signature above all: it has no beginning of its own to be known by. The last line of one may be
 * short, and so may be what is before an object that is in it by chance.
 */
const NO_WORD = String.raw`(?:\d|[a-z][A-Z])`
const LAST_LINE = String.raw`(?<=${LINE}[ \t]{0,4})(?=[\w.-]*${NO_WORD})[\w.-]{12,}`
const MORE = String.raw`(?:${LAST_LINE}|(?=[\w-]*${NO_WORD})[\w-]{16,}|(?<!%25)[\w-]{1,15}(?=\[token\]))`
const REST = new RegExp(String.raw`(\[token\]${BREAK})${MORE}(?:${BREAK}${MORE})*`, 'g')
/** The same in a list, whose quotes have to stay; other things are in a list as well, so it has to be as long as a signature. */
const REST_IN_LIST =
  /(\[token\](?:\\+["bfnrt]|%[0-9A-Fa-f]{2}|[^\w\\%[\]-]){1,24})(?:[\w-]{40,}|(?<!%25)[\w-]{1,39}(?=\[token\]))/g

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
