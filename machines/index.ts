/** Entry `livekit-token-store/machine`: the lifecycle as data, for a visualiser, a test or a machine of your own. */
export type { AttemptLogic } from './attempt'
export type { AskingLimit, AttemptSeries, TokenContext, TokenPolicy } from './context'
export { nextDeadline } from './deadline'
export { defaultPolicy } from './default-policy'
export type { AnsweredToken, AttemptInput, TokenMachineEmitted, TokenMachineEvent } from './events'
export { tokenMachine } from './token-machine'
export type { AttemptReason, TokenErrorCode, TokenFailure, TokenStatus, TokenView } from './vocabulary'
