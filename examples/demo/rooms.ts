import type { Person } from './person'

/** A store keys tokens by request value, so each of the rooms has a lifecycle of its own. */
export interface DemoRoom {
  readonly name: string
  readonly title: string
  readonly request: {
    readonly roomName: string
    readonly participantIdentity: string
    readonly participantName: string
  }
}

/** The two rooms of the page, as this person asks for them. */
export function roomsOf({ identity, name }: Person): readonly DemoRoom[] {
  const room = (roomName: string, title: string): DemoRoom => ({
    name: roomName,
    title,
    request: { roomName, participantIdentity: identity, participantName: name },
  })
  return [room('lobby', 'Lobby'), room('stage', 'Stage')]
}
