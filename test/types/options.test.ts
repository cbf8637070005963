import {
  type Clock,
  type Credentials,
  createTokenStore,
  type FetchContext,
  type TokenRequest,
  type TokenStore,
  type TokenStoreOptions,
} from 'livekit-token-store'
import { of } from 'rxjs'
import { describe, expectTypeOf, it } from 'vitest'

const unread = (_: () => void): void => {}
const good: Credentials = { serverUrl: 'wss://rooms.example', participantToken: 'a.b.c' }

describe('The options of a store', () => {
  it('are one that is required, and others that are not', () => {
    type Required = {
      [Name in keyof TokenStoreOptions]-?: undefined extends TokenStoreOptions[Name] ? never : Name
    }[keyof TokenStoreOptions]
    expectTypeOf<Required>().toEqualTypeOf<'fetchToken'>()
    unread(() => {
      // @ts-expect-error The fetcher is required.
      createTokenStore({})
      // @ts-expect-error So are options at all.
      createTokenStore()
    })
  })

  it('refuse what is misspelt or of the wrong kind', () => {
    unread(() => {
      // @ts-expect-error The name is `refreshLeadMs`.
      createTokenStore({ fetchToken: () => good, refreshLead: 1 })
      // @ts-expect-error There are three ways to keep a token fresh.
      createTokenStore({ fetchToken: () => good, keepFresh: 'sometimes' })
      // @ts-expect-error Durations are numbers, of ms.
      createTokenStore({ fetchToken: () => good, attemptTimeoutMs: '10s' })
      // @ts-expect-error Credentials have a token.
      createTokenStore({ fetchToken: () => ({ serverUrl: 'wss://rooms.example' }) })
    })
  })

  it('take a fetcher that answers at once, by a promise, or by something like one', () => {
    unread(() => {
      const thenable = {} as PromiseLike<Credentials>
      createTokenStore({ fetchToken: () => good })
      createTokenStore({ fetchToken: async () => good })
      createTokenStore({ fetchToken: () => thenable })
    })
  })

  it('tell a fetcher what is asked for, and why', () => {
    unread(() => {
      createTokenStore({
        fetchToken: (request, context) => {
          expectTypeOf(request).toEqualTypeOf<TokenRequest>()
          expectTypeOf(context).toEqualTypeOf<FetchContext>()
          expectTypeOf(context.signal).toEqualTypeOf<AbortSignal>()
          expectTypeOf(context.reason).toEqualTypeOf<'initial' | 'refresh' | 'forced' | 'expired'>()
          return good
        },
      })
    })
  })

  it('take undefined for what is not set, as an object that is put together has it', () => {
    expectTypeOf<{
      fetchToken: () => Credentials
      name: undefined
      retry: { baseMs: undefined }
    }>().toExtend<TokenStoreOptions>()
  })

  it('let a test bring the time, the luck and the surroundings', () => {
    expectTypeOf<NonNullable<TokenStoreOptions['clock']>>().toEqualTypeOf<Clock>()
    unread(() => {
      createTokenStore({
        fetchToken: () => good,
        random: () => 0.5,
        environment: { online$: of(true), wake$: of('anything') },
      })
    })
  })
})

describe('A request', () => {
  it('has LiveKit’s fields, checked, and any other', () => {
    unread(() => {
      const store = {} as TokenStore
      store.fetch({ roomName: 'A', participantAttributes: { role: 'host' }, tenant: 7 })
      store.fetch()
      // @ts-expect-error A room's name is a string.
      store.fetch({ roomName: 7 })
      // @ts-expect-error An attribute's value is a string.
      store.fetch({ participantAttributes: { seats: 7 } })
    })
  })

  it('takes livekit-client’s own options as they are', () => {
    type Upstream = import('livekit-client').TokenSourceFetchOptions
    expectTypeOf<Upstream>().toExtend<TokenRequest>()
  })
})

describe('What a fetch gives', () => {
  it('is credentials, by a promise', () => {
    expectTypeOf<TokenStore['fetch']>().returns.resolves.toEqualTypeOf<Credentials>()
    expectTypeOf<TokenStore['refresh']>().returns.resolves.toEqualTypeOf<Credentials>()
    expectTypeOf<keyof Credentials>().toEqualTypeOf<'serverUrl' | 'participantToken'>()
  })
})
