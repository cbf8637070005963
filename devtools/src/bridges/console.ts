import { checkRecorder } from '../recorder/check-recorder'
import { isLast, keyOf, type TokenRecord } from '../recorder/record'
import type { Recorder } from '../recorder/types'
import { checkOption, checkOptions } from './check-option'
import { LOG_LEVELS, type LogLevel, levelOf } from './console-level'
import { consoleLine } from './console-line'
import { followRecords } from './follow-records'

export interface ConsoleOptions {
  /** The least that is worth a line: 'debug', 'info', 'warn', 'error', or 'silent' for nothing. Default: 'info'. */
  level?: LogLevel | undefined
  /** Where the lines go. Default: the machine's `console`. */
  console?: Pick<Console, 'debug' | 'info' | 'warn' | 'error'> | undefined
}

/**
 * Writes one line for each record, at the level that LiveKit's own logging would give it: at 'info' the turns that
 * matter, at 'debug' everything.
 *
 * @returns what takes it back.
 * @throws TypeError that quotes the option which is wrong.
 */
export function connectConsole(recorder: Recorder, options: ConsoleOptions = {}): () => void {
  checkRecorder(recorder)
  checkOptions(options)
  const { level = 'info', console: target = globalThis.console } = options
  checkOption('level', LOG_LEVELS.includes(level), LOG_LEVELS.map((one) => `'${one}'`).join(', '))
  const writes = LOG_LEVELS.every((one) => one === 'silent' || typeof target?.[one] === 'function')
  checkOption('console', writes, 'an object with debug, info, warn and error')
  const ordinals = new Map<string, number>()
  return followRecords(recorder, {
    tell(record) {
      const recordLevel = levelOf(record, isRenewed(record))
      if (isLast(record)) ordinals.delete(keyOf(record))
      // One argument: of several the first would be a format, and a room's name may have a % in it.
      if (LOG_LEVELS.indexOf(recordLevel) >= LOG_LEVELS.indexOf(level))
        target[recordLevel](consoleLine(record))
    },
  })

  function isRenewed(record: TokenRecord): boolean {
    const key = keyOf(record)
    const before = ordinals.get(key) ?? 0
    const ordinal = record.view?.ordinal ?? before
    ordinals.set(key, ordinal)
    return ordinal > before
  }
}
