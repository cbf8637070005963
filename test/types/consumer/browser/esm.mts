import { createTokenStore, type TokenError, type TokenState, type TokenStore } from 'livekit-token-store'
import { tokenMachine } from 'livekit-token-store/machine'

const store: TokenStore = createTokenStore({
  fetchToken: async (request, { attempt }) => ({
    serverUrl: `wss://rooms.example/${attempt}`,
    participantToken: String(request.roomName),
  }),
})

export const told = (state: TokenState): string =>
  state.status === 'valid' ? String(state.token.expiresAt) : String(state.token)
export const id: string = tokenMachine.id
export const code = (error: TokenError): string => `${error.code} ${error.retryAt ?? ''}`
store[Symbol.dispose]()
