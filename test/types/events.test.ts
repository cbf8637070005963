import type { TokenError, TokenErrorCode, TokenEvent } from 'livekit-token-store'
import { describe, expectTypeOf, it } from 'vitest'

describe('An event', () => {
  it('is one of a closed list', () => {
    const said = (event: TokenEvent): string => {
      switch (event.type) {
        case 'state':
          return `${event.from} ${event.to} ${event.view?.ordinal} ${event.error?.code}`
        case 'attempt':
          return `${event.attempt} ${event.reason}`
        case 'attempt-failed':
          return `${event.attempt} ${event.code} ${event.status}`
        case 'clock-corrected':
          return String(event.byMs)
        case 'command':
          return event.name
        case 'room':
          return `${event.request.roomName} ${event.state} ${event.reason}`
        case 'expired-on-arrival':
        case 'no-expiry':
        case 'invalidated':
        case 'evicted':
        case 'disposed':
          return event.type
        default:
          return event satisfies never
      }
    }
    expectTypeOf(said).parameter(0).toEqualTypeOf<TokenEvent>()
  })

  it('says when and of which lifecycle', () => {
    expectTypeOf<TokenEvent['at']>().toEqualTypeOf<number>()
    expectTypeOf<TokenEvent['lifecycle']>().toEqualTypeOf<string>()
  })
})

describe('An error', () => {
  it('has a code of a closed list', () => {
    type Codes =
      | 'fetch-failed'
      | 'timeout'
      | 'refused'
      | 'rate-limited'
      | 'invalid-response'
      | 'throttled'
      | 'disposed'
    expectTypeOf<TokenErrorCode>().toEqualTypeOf<Codes>()
    expectTypeOf<TokenError['code']>().toEqualTypeOf<Codes>()
    expectTypeOf<TokenError>().toExtend<Error>()
  })
})
