import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { rememberServerTime, serverTimeOf } from '../src/server-time'
import { START } from './helpers/clock'
import { credentials } from './helpers/tokens'

const time = { now: START, uncertaintyMs: 520 }
const signal = () => new AbortController().signal

describe('server time', () => {
  it('is tied to the answer, whatever signal the asker has', () => {
    const answer = credentials({ issuedAt: START })
    rememberServerTime(answer, signal(), time)
    expect(serverTimeOf(answer, signal())).toEqual(time)
  })

  it('is found by the signal when a wrapper copied the answer', () => {
    const answer = credentials({ issuedAt: START })
    const attempt = signal()
    rememberServerTime(answer, attempt, time)
    expect(serverTimeOf({ ...answer }, attempt)).toEqual(time)
    expect(serverTimeOf('no object', attempt)).toEqual(time)
  })

  it('is unknown of any other answer', () => {
    rememberServerTime(credentials({ issuedAt: START }), signal(), time)
    expect(serverTimeOf(credentials({ issuedAt: START }), signal())).toBeUndefined()
    expect(serverTimeOf(undefined, signal())).toBeUndefined()
  })

  it('leaves no mark on the answer, and takes a frozen one', () => {
    const answer = Object.freeze(credentials({ issuedAt: START }))
    const before = inspect(answer, { showHidden: true })
    rememberServerTime(answer, signal(), time)
    expect(serverTimeOf(answer, signal())).toEqual(time)
    expect(answer).toStrictEqual(credentials({ issuedAt: START }))
    expect(Reflect.ownKeys(answer)).toEqual(['serverUrl', 'participantToken'])
    expect(inspect(answer, { showHidden: true })).toBe(before)
  })

  it('is seen by another copy of the module, as when the store is ESM and the adapter CJS', async () => {
    const answer = credentials({ issuedAt: START })
    rememberServerTime(answer, signal(), time)
    vi.resetModules()
    const copy = await import('../src/server-time')
    expect(copy.serverTimeOf).not.toBe(serverTimeOf)
    expect(copy.serverTimeOf(answer, signal())).toEqual(time)
  })
})
