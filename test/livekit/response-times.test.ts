import { describe, expect, it } from 'vitest'
import { retryAtOfResponse, serverTimeOfResponse } from '../../src/livekit/response-times'
import { START } from '../helpers/clock'

const date = (ms: number) => new Date(ms).toUTCString()

describe('serverTimeOfResponse', () => {
  it('takes the Date header for the middle of the exchange and of its second', () => {
    const headers = new Headers({ date: date(START) })
    const exchange = { sentAt: 1_000, receivedAt: 1_200, readAt: 1_250 }
    expect(serverTimeOfResponse(headers, exchange)).toEqual({
      now: START + 500 + 100 + 50,
      uncertaintyMs: 600,
    })
  })

  it('does not go back when the local clock does', () => {
    const exchange = { sentAt: 5_000, receivedAt: 1_000, readAt: 500 }
    expect(serverTimeOfResponse(new Headers({ date: date(START) }), exchange)).toEqual({
      now: START + 500,
      uncertaintyMs: 500,
    })
  })

  it.each([{}, { date: '' }, { date: '0' }, { date: '2026-01-01' }, { date: 'Smarch, 1 Foo 2026' }])(
    'knows nothing from %j',
    (headers: Record<string, string>) => {
      const exchange = { sentAt: 0, receivedAt: 0, readAt: 0 }
      expect(serverTimeOfResponse(new Headers(headers), exchange)).toBeUndefined()
    },
  )
})

describe('retryAtOfResponse', () => {
  const retryAt = (retryAfter: string, more: Record<string, string> = {}) =>
    retryAtOfResponse(new Headers({ 'retry-after': retryAfter, ...more }), START)

  it('reads seconds', () => {
    expect(retryAt('120')).toBe(START + 120_000)
    expect(retryAt('0')).toBe(START)
    expect(retryAt('1.5')).toBe(START + 1_500)
  })

  it('reads the three forms of an HTTP date', () => {
    const nine = Date.UTC(2026, 0, 1, 0, 0, 9)
    expect(retryAt('Thu, 01 Jan 2026 00:00:09 GMT')).toBe(nine)
    expect(retryAt('Thursday, 01-Jan-26 00:00:09 GMT')).toBe(nine)
    expect(retryAt('Thu Jan  1 00:00:09 2026')).toBe(nine)
  })

  it('corrects a date by the Date header, so that a wrong local clock does not matter', () => {
    const server = START + 3_600_000
    expect(retryAt(date(server + 30_000), { date: date(server) })).toBe(START + 30_000)
  })

  it('takes a date in the past for now', () => {
    expect(retryAt(date(START - 60_000))).toBe(START)
  })

  it.each(['', 'soon', '-5', '1e3', 'Infinity', '9'.repeat(400)])('ignores %j', (value) => {
    expect(retryAt(value)).toBeUndefined()
  })

  it('is undefined without the header', () => {
    expect(retryAtOfResponse(new Headers(), START)).toBeUndefined()
  })
})
