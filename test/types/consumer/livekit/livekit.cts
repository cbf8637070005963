import { TokenSource, type TokenSourceConfigurable } from 'livekit-client'
import { createTokenStore, type FetchToken } from 'livekit-token-store'
import { fromEndpoint, fromTokenSource, toTokenSource } from 'livekit-token-store/livekit'

const fetchToken: FetchToken = fromEndpoint('https://tokens.example', {
  headers: async () => ({ Authorization: 'Bearer …' }),
})
export const source: TokenSourceConfigurable = toTokenSource(createTokenStore({ fetchToken }))
export const again = createTokenStore({
  fetchToken: fromTokenSource(TokenSource.endpoint('https://tokens.example')),
})
