export type { Faults } from '../endpoint/faults'
export {
  startTokenEndpoint,
  type TokenEndpoint,
  type TokenEndpointOptions,
} from '../endpoint/start-token-endpoint'
