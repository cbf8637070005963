import { maskTokens } from '../../recorder/tripwire'
import { LIMITS } from './limits'

/** Data that is safe to keep and to walk: a tree, bounded, without prototypes, without tokens. */
export type Plain = null | boolean | number | string | readonly Plain[] | PlainObject
export interface PlainObject {
  readonly [key: string]: Plain
}

export interface Budget {
  values: number
  readonly depth: number
}

export interface Tamed {
  readonly value: Plain
  /** About how many characters it takes to keep. */
  readonly size: number
}

export const isPlainObject = (value: Plain | undefined): value is PlainObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isPlainList = (value: Plain | undefined): value is readonly Plain[] => Array.isArray(value)

/** The text of a field when it is one, else nothing. */
export const textOf = (value: Plain | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** A name for the page: without tokens, and of a length that can be shown. */
export function nameOf(value: unknown, fallback = ''): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : fallback
  return tameText(text, LIMITS.name)
}

/** Whole strings are masked before they are cut: half a token is a token still. */
export function tameText(text: string, limit: number = LIMITS.text): string {
  if (text.length > LIMITS.maskedText) return `[a text of ${text.length} characters]`
  const masked = maskTokens(text)
  return masked.length > limit ? `${masked.slice(0, limit)}…` : masked
}

/**
 * Copies what a stranger sent into plain data. Whatever is too deep, too much, circular, or no data at all is
 * replaced by a word in brackets. Getters do not run: only own data properties are read.
 */
export function tame(value: unknown, budget: Budget = { values: LIMITS.values, depth: LIMITS.depth }): Tamed {
  let left = budget.values
  let size = 0
  const above = new Set<object>()

  const copy = (what: unknown, depth: number): Plain => {
    left -= 1
    size += 8
    if (left < 0) return '[more]'
    if (typeof what === 'string') {
      const text = tameText(what)
      size += text.length
      return text
    }
    if (typeof what === 'number') return Number.isFinite(what) ? what : String(what)
    if (typeof what === 'boolean' || what === null) return what
    if (typeof what !== 'object') return what === undefined ? '[undefined]' : `[${typeof what}]`
    if (above.has(what)) return '[circular]'
    if (depth >= budget.depth) return Array.isArray(what) ? '[list]' : '[object]'
    above.add(what)
    const copied = Array.isArray(what) ? list(what, depth) : object(what, depth)
    above.delete(what)
    return copied
  }

  const list = (items: readonly unknown[], depth: number): Plain => {
    const copied: Plain[] = []
    for (let index = 0; index < items.length; index += 1) {
      if (left <= 0) {
        copied.push(`[${items.length - index} more]`)
        break
      }
      copied.push(copy(items[index], depth + 1))
    }
    return copied
  }

  const object = (from: object, depth: number): Plain => {
    const prototype: unknown = Object.getPrototypeOf(from)
    // A structured clone may be a Map, a Date, a Blob: none of them is a tree of data.
    if (prototype !== Object.prototype && prototype !== null) return foreign(from)
    const copied = Object.create(null) as Record<string, Plain>
    const keys = Object.keys(from)
    for (const [index, key] of keys.entries()) {
      if (left <= 0) {
        copied['…'] = `[${keys.length - index} more]`
        break
      }
      const property = Object.getOwnPropertyDescriptor(from, key)
      if (!property || !('value' in property) || property.value === undefined) continue
      const name = tameText(key, LIMITS.name)
      size += name.length
      // Without a prototype, `__proto__` is a key like any other.
      copied[name] = copy(property.value, depth + 1)
    }
    return copied
  }

  return { value: copy(value, 0), size }
}

function foreign(from: object): string {
  if (from instanceof Date) return Number.isNaN(from.getTime()) ? '[date]' : from.toISOString()
  if (from instanceof Error) return tameText(`${from.name}: ${from.message}`)
  return `[${Object.prototype.toString.call(from).slice(8, -1)}]`
}

/** What a JSON text says, tamed; nothing when it is none, or too long. */
export function tameJson(text: unknown, budget?: Budget): Tamed | null {
  if (typeof text !== 'string' || text.length > LIMITS.jsonText) return null
  try {
    return tame(JSON.parse(text) as unknown, budget)
  } catch {
    return null
  }
}

export const definitionBudget = (): Budget => ({
  values: LIMITS.definitionValues,
  depth: LIMITS.definitionDepth,
})
