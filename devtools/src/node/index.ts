/** Entry `livekit-token-devtools/node`. */
export type { InspectorOptions } from '../bridges/inspector'
export type { Faults } from '../endpoint/faults'
export {
  startTokenEndpoint,
  type TokenEndpoint,
  type TokenEndpointOptions,
} from '../endpoint/start-token-endpoint'
export { type Inspector, type StartInspectorOptions, startInspector } from '../inspector/start-inspector'
export { connectInspector } from './connect-inspector'
