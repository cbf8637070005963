/** The two rooms of the page. A store keys tokens by request value, so each of them has a lifecycle of its own. */
export interface DemoRoom {
  readonly name: string
  readonly title: string
  readonly request: { readonly roomName: string; readonly participantIdentity: string }
}

export const ROOMS: readonly DemoRoom[] = [
  { name: 'lobby', title: 'Lobby', request: { roomName: 'lobby', participantIdentity: 'ada' } },
  { name: 'stage', title: 'Stage', request: { roomName: 'stage', participantIdentity: 'grace' } },
]
