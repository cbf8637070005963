import { MAX_FRAME_BYTES } from './messages'

/** A frame's text as the object that it is; null for anything else, and for what is too long to be looked at. */
export function parseFrame(text: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof text !== 'string' || text.length > MAX_FRAME_BYTES) return null
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
