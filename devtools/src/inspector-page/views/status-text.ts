import type { ActorStatus } from '../model/actor'

/** How people read a status: of an actor whose connection is lost nobody knows more. */
export const statusText = (status: ActorStatus): string => (status === 'lost' ? 'not connected' : status)
