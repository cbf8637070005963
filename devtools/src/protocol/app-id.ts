import type { Clock } from 'livekit-token-store'
import { monotonicNow } from '../clock'

/**
 * 16 or more URL-safe characters that no other app has. It is no secret, so where there is no `crypto`, as in React
 * Native, the moment will do.
 */
export function newAppId(clock: Clock): string {
  const random = globalThis.crypto?.getRandomValues?.(new Uint8Array(16))
  return random ? Array.from(random, hexadecimal).join('') : `at-${clock.now()}-${moment()}`
}

const hexadecimal = (byte: number) => byte.toString(16).padStart(2, '0')

const moment = () => String(monotonicNow()).replace('.', '-')
