import type { Clock } from 'livekit-token-store'
import { systemClock } from '../clock'
import type { RecorderOptions } from './types'

export interface CheckedRecorderOptions {
  readonly maxRecords: number
  readonly maxBytes: number
  readonly allowCommands: boolean
  readonly clock: Clock
}

/** @throws TypeError that quotes the option which is wrong. */
export function checkedRecorderOptions(options: RecorderOptions = {}): CheckedRecorderOptions {
  if (typeof options !== 'object' || options === null)
    throw new TypeError('"options" must be an object, or left out')
  const { maxRecords = 500, maxBytes = 1_000_000, allowCommands = false, clock = systemClock } = options
  if (!isCount(maxRecords)) throw new TypeError('"maxRecords" must be a whole number from 1')
  if (!isCount(maxBytes)) throw new TypeError('"maxBytes" must be a whole number of bytes from 1')
  if (typeof allowCommands !== 'boolean') throw new TypeError('"allowCommands" must be true or false')
  if (typeof clock?.now !== 'function') throw new TypeError('"clock" must be an object with now')
  return { maxRecords, maxBytes, allowCommands, clock }
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1
