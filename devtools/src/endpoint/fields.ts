import { EndpointError } from './error'
import { shownName } from './shown-name'

/**
 * Reads one field of a body as protobuf's JSON does: absent, null and the type's empty value are all "not
 * given", and read as undefined. Throws an `EndpointError` that names the field when the type is wrong.
 */
export type FieldReader<Value> = (value: unknown, path: string) => Value | undefined

const wrong = (path: string, expects: string) => new EndpointError(400, `${path} must be ${expects}`)

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const text: FieldReader<string> = (value, path) => {
  if (isAbsent(value) || value === '') return undefined
  if (typeof value !== 'string') throw wrong(path, 'a string')
  return value
}

export const count: FieldReader<number> = (value, path) => {
  if (isAbsent(value) || value === 0) return undefined
  const fits = typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 2 ** 32
  if (!fits) throw wrong(path, 'a whole number from 0 to 4294967295')
  return value
}

export const flag: FieldReader<boolean> = (value, path) => {
  if (isAbsent(value) || value === false) return undefined
  if (value !== true) throw wrong(path, 'true or false')
  return value
}

export const object: FieldReader<Record<string, unknown>> = (value, path) => {
  if (isAbsent(value)) return undefined
  if (!isRecord(value)) throw wrong(path, 'an object')
  return value
}

export const textMap: FieldReader<Record<string, string>> = (value, path) => {
  const entries = Object.entries(object(value, path) ?? {})
  for (const [key, entry] of entries) {
    // An empty string is a value here, so `text` will not do.
    if (typeof entry !== 'string') throw wrong(`${path}.${shownName(key)}`, 'a string')
  }
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Record<string, string>)
}

export function listOf<Item>(reader: FieldReader<Item>): FieldReader<Item[]> {
  return (value, path) => {
    if (isAbsent(value)) return undefined
    if (!Array.isArray(value)) throw wrong(path, 'a list')
    if (value.length === 0) return undefined
    return value.map((item, index) => {
      const read = reader(item, `${path}[${index}]`)
      if (read === undefined) throw wrong(`${path}[${index}]`, 'an object')
      return read
    })
  }
}
