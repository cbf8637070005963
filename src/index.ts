/** Entry `livekit-token-store`. */
export type { AttemptReason, TokenErrorCode, TokenStatus, TokenView } from '../machines/vocabulary'
export type { Clock } from './clock'
export { TokenError } from './errors'
export { createTokenStore } from './store'
export type {
  Credentials,
  FetchContext,
  FetchOptions,
  FetchToken,
  RetryOptions,
  RoomConnectionState,
  StoreEnvironment,
  TokenAbsentState,
  TokenEvent,
  TokenLifecycle,
  TokenPresentState,
  TokenRequest,
  TokenState,
  TokenStore,
  TokenStoreOptions,
  Unsubscribe,
} from './types'
