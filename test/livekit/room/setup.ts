import { createTokenStore, type TokenEvent, type TokenRequest } from 'livekit-token-store'
import { type ConnectRoomOptions, checkedConnectOptions } from '../../../src/livekit/room-arguments'
import { RoomConnection } from '../../../src/livekit/room-connection'
import { settle, simulatedClock } from '../../helpers/clock'
import { scriptedFetcher } from '../../helpers/fetcher'
import { FakeRoom } from './fake-room'

/** A fake room, and a store of scripted answers, both on a simulated clock. */
export function setUp() {
  const clock = simulatedClock()
  const fetcher = scriptedFetcher(clock)
  const store = createTokenStore({ fetchToken: fetcher.fetchToken, clock, random: () => 0.5 })
  const room = new FakeRoom()
  const events: TokenEvent[] = []
  store.events$.subscribe((event) => events.push(event))
  return {
    clock,
    fetcher,
    store,
    room,
    events,
    /** As `connectRoom`, by the simulated clock; its outcome is in `outcome` as soon as there is one. */
    connect(request: TokenRequest = {}, options?: ConnectRoomOptions) {
      const target = { room: room.room, store, request }
      const promise = new RoomConnection(target, checkedConnectOptions(options), clock).run()
      const call: { promise: Promise<void>; outcome: unknown } = { promise, outcome: 'pending' }
      promise.then(
        () => {
          call.outcome = 'connected'
        },
        (error) => {
          call.outcome = error
        },
      )
      return call
    },
    /** What the store told of the room: states, with the reason where there is one. */
    get told() {
      return toldOf(events)
    },
    get invalidated() {
      return events.filter(({ type }) => type === 'invalidated').length
    },
    settle: () => settle(60),
  }
}

export const toldOf = (events: readonly TokenEvent[]): string[] =>
  events.flatMap((event) =>
    event.type === 'room'
      ? [event.reason === undefined ? event.state : `${event.state}: ${event.reason}`]
      : [],
  )
