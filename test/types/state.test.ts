import type { TokenError, TokenLifecycle, TokenState, TokenStatus, TokenView } from 'livekit-token-store'
import { describe, expectTypeOf, it } from 'vitest'

declare const state: TokenState
const unread = (_: () => void): void => {}

describe('A state', () => {
  it('has a token in exactly three of its six statuses', () => {
    type With = Extract<TokenState, { token: TokenView }>['status']
    type Without = Extract<TokenState, { token: null }>['status']
    expectTypeOf<With>().toEqualTypeOf<'valid' | 'expiring' | 'refreshing'>()
    expectTypeOf<Without>().toEqualTypeOf<'idle' | 'fetching' | 'failed'>()
    expectTypeOf<TokenState['status']>().toEqualTypeOf<TokenStatus>()
  })

  it('is narrowed by its status', () => {
    unread(() => {
      if (state.status === 'valid') expectTypeOf(state.token).toEqualTypeOf<TokenView>()
      if (state.status === 'expiring') expectTypeOf(state.token.expiresAt).toEqualTypeOf<number>()
      if (state.status === 'refreshing') expectTypeOf(state.token.room).toEqualTypeOf<string | null>()
      if (state.status === 'idle') expectTypeOf(state.token).toEqualTypeOf<null>()
      if (state.status === 'fetching') expectTypeOf(state.token).toEqualTypeOf<null>()
      if (state.status === 'failed') expectTypeOf(state.token).toEqualTypeOf<null>()
      // @ts-expect-error A state whose status is not known may have no token.
      state.token.expiresAt
    })
  })

  it('is narrowed the other way round, by its token', () => {
    unread(() => {
      if (state.token) expectTypeOf(state.status).toEqualTypeOf<'valid' | 'expiring' | 'refreshing'>()
      else expectTypeOf(state.status).toEqualTypeOf<'idle' | 'fetching' | 'failed'>()
    })
  })

  it('can be told apart without a default', () => {
    const said = ({ status }: TokenState): string => {
      switch (status) {
        case 'idle':
        case 'fetching':
        case 'valid':
        case 'expiring':
        case 'refreshing':
        case 'failed':
          return status
        default:
          return status satisfies never
      }
    }
    expectTypeOf(said).returns.toEqualTypeOf<string>()
  })

  it('says in each status what went wrong, and when what is next', () => {
    expectTypeOf<TokenState['error']>().toEqualTypeOf<TokenError | null>()
    expectTypeOf<TokenState['nextAt']>().toEqualTypeOf<number | null>()
    expectTypeOf<TokenState['attempt']>().toEqualTypeOf<number>()
    expectTypeOf<TokenState['since']>().toEqualTypeOf<number>()
  })

  it('is read only, and so is what it shows of a token', () => {
    unread(() => {
      // @ts-expect-error A state is told, not set.
      state.status = 'valid'
      // @ts-expect-error A view is told, not set.
      if (state.token) state.token.expiresAt = 0
    })
  })

  it('shows nothing of a token but its view', () => {
    type Shown =
      | 'ordinal'
      | 'serverUrl'
      | 'issuedAt'
      | 'notBefore'
      | 'expiresAt'
      | 'receivedAt'
      | 'refreshAt'
      | 'room'
      | 'identity'
      | 'grants'
    expectTypeOf<keyof TokenView>().toEqualTypeOf<Shown>()
  })
})

describe('A lifecycle', () => {
  it('tells the same state by each of its doors', () => {
    expectTypeOf<ReturnType<TokenLifecycle['getSnapshot']>>().toEqualTypeOf<TokenState>()
    unread(() => {
      const lifecycle = {} as TokenLifecycle
      lifecycle.state$.subscribe((told) => expectTypeOf(told).toEqualTypeOf<TokenState>())
      lifecycle.status$.subscribe((told) => expectTypeOf(told).toEqualTypeOf<TokenStatus>())
      lifecycle.remaining$(500).subscribe((told) => expectTypeOf(told).toEqualTypeOf<number>())
      lifecycle.subscribe((told) => expectTypeOf(told).toEqualTypeOf<TokenState>())
    })
  })
})
