/** Entry `livekit-token-devtools/xstate-inspect`. */
export type { InspectorAddress } from '../inspector-address'
export { connectXStateInspect } from './connect-xstate-inspect'
