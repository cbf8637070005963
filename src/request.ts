import type { TokenRequest } from './types'

/**
 * A request's copy, whatever class it is of: plain objects and arrays in it are copied to the bottom, anything else
 * (a function, a Map, an instance) is passed on as it is, for it belongs to the app.
 */
export const copyRequest = (request: TokenRequest): TokenRequest =>
  copy({ ...request }, new Map()) as TokenRequest

/** A copy that nobody can change. */
export const frozenCopy = (request: TokenRequest): Readonly<TokenRequest> =>
  freeze(copyRequest(request), new Set())

function freeze<Value>(value: Value, seen: Set<unknown>): Value {
  if (seen.has(value) || !(isPlain(value) || Array.isArray(value))) return value
  seen.add(value)
  for (const part of Object.values(value)) freeze(part, seen)
  return Object.freeze(value)
}

/** @throws TypeError when it is no object. */
export function checkedRequest(request: TokenRequest): TokenRequest {
  if (typeof request !== 'object' || request === null || Array.isArray(request))
    throw new TypeError('"request" must be an object of token fetch options, as { roomName: \'lobby\' }')
  return request
}

function copy(value: unknown, copies: Map<unknown, unknown>): unknown {
  if (!isPlain(value) && !Array.isArray(value)) return value
  const known = copies.get(value)
  if (known !== undefined) return known
  const target: unknown[] | Record<string, unknown> = Array.isArray(value) ? [] : {}
  copies.set(value, target)
  for (const [key, part] of Object.entries(value)) {
    // Not by assignment: a key named `__proto__` is a key like any other.
    Object.defineProperty(target, key, {
      value: copy(part, copies),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return target
}

/**
 * The same text for requests of the same value: key order is nothing, `undefined` equals absent, `{}` equals
 * absent attributes. What has no value to compare (a function, an instance) is told apart by identity.
 */
export function requestKey(request: TokenRequest | undefined): string {
  if (!request) return ''
  let key = ''
  for (const name of Object.keys(request).sort()) {
    const value = request[name]
    if (value === undefined || (name === 'participantAttributes' && isEmpty(value))) continue
    key += `${JSON.stringify(name)}:${text(value, [])},`
  }
  return key
}

/**
 * Whether two requests are plainly of the same value, without the cost of a key: the call after a render asks
 * for what the one before asked for, written inline. False says only that their keys must tell.
 */
export function plainlyEqual(request: TokenRequest, known: TokenRequest): boolean {
  let extra = 0
  for (const name in request) {
    const value = request[name]
    switch (typeof value) {
      case 'string':
      case 'number':
      case 'boolean':
        if (value !== known[name]) return false
        break
      case 'object':
        if (name !== 'participantAttributes' || !sameTexts(value, known[name])) return false
        break
      default:
        // `undefined` equals what every absent field says, and a function may be one that every object has.
        return false
    }
    extra += 1
  }
  for (const _ in known) extra -= 1
  return extra === 0
}

function sameTexts(given: unknown, known: unknown): boolean {
  if (!isPlain(given) || !isPlain(known)) return false
  let extra = 0
  for (const name in given) {
    if (typeof given[name] !== 'string' || given[name] !== known[name]) return false
    extra += 1
  }
  for (const _ in known) extra -= 1
  return extra === 0
}

function text(value: unknown, above: readonly unknown[]): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'object':
      if (value === null) return 'null'
      if (above.includes(value)) return `^${above.length - above.indexOf(value)}`
      if (Array.isArray(value)) return `[${value.map((part) => text(part, [...above, value])).join()}]`
      if (value instanceof Date) return `date ${value.getTime()}`
      return isPlain(value) ? objectText(value, [...above, value]) : identity(value)
    case 'function':
      return identity(value)
    case 'bigint':
      return `${value}n`
    default:
      // Numbers, booleans, undefined (within an array) and symbols; -0 is 0, as `===` has it.
      return typeof value === 'symbol' ? symbolIdentity(value) : String(value)
  }
}

function objectText(value: Record<string, unknown>, above: readonly unknown[]): string {
  const parts = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${text(value[key], above)}`)
  return `{${parts.join()}}`
}

const isPlain = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  if (prototype === Object.prototype) return true
  // An object of another realm, or of `Object.create(null)`, is as plain as ours.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

const isEmpty = (value: unknown): boolean =>
  isPlain(value) && Object.values(value).every((part) => part === undefined)

const identities = new WeakMap<object, number>()
const symbols = new Map<symbol, number>()
let lastIdentity = 0

function identity(value: object): string {
  const known = identities.get(value) ?? ++lastIdentity
  identities.set(value, known)
  return `#${known}`
}

function symbolIdentity(value: symbol): string {
  const known = symbols.get(value) ?? ++lastIdentity
  symbols.set(value, known)
  return `#${known}`
}
