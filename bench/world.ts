import { Room, RoomEvent } from 'livekit-client'
import { type Credentials, createTokenStore, type TokenStore } from 'livekit-token-store'
import { followRoom } from 'livekit-token-store/livekit'
import { type SimulatedClock, simulatedClock } from '../test/helpers/clock'
import { credentialsOf } from './credentials-of'

/** How many lifecycles each store has; twenty in all. */
const STORES = { account: 4, rooms: 10, agents: 6 }

export interface World {
  readonly clock: SimulatedClock
  readonly stores: readonly TokenStore[]
  /** Everybody asks for a token and enters a room; from then on tokens are refreshed by themselves. */
  begin(): Promise<void>
  /** Half a minute passes, in which connections drop, endpoints fail, and users come and go. */
  pass(): Promise<void>
  /** One event: a room loses its connection, or has it back. */
  happen(): void
  end(): void
}

/** Three stores over endpoints that are slow and fail at times, on a clock that is moved by hand. Each run is the same. */
export function createWorld(): World {
  const clock = simulatedClock()
  const chance = randomFrom(1)
  const likely = (share: number) => chance() < share
  let down = false
  const sleep = (ms: number) => new Promise<void>((resolve) => clock.setTimeout(resolve, ms))

  async function fetchToken({ roomName = '', participantIdentity = '' }): Promise<Credentials> {
    await sleep(40 + chance() * 400)
    if (down || likely(0.04)) throw Object.assign(new Error('unavailable'), { status: 503 })
    if (likely(0.005)) throw Object.assign(new Error('refused'), { status: 403 })
    return credentialsOf(roomName, participantIdentity, clock.now())
  }

  const seats = Object.entries(STORES).flatMap(([name, count]) => {
    const store = createTokenStore({ name, fetchToken, clock, random: chance, keepFresh: 'always' })
    return Array.from({ length: count }, (_, index) => {
      const request = { roomName: `${name} ${index + 1}`, participantIdentity: `user-${index + 1}` }
      const room = new Room()
      const unfollow = followRoom(room, store, request)
      return { store, request, unfollow, connected: false, become: (state: string) => tell(room, state) }
    })
  })
  const stores = [...new Set(seats.map(({ store }) => store))]
  const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(chance() * items.length)]!

  function happen() {
    const seat = oneOf(seats)
    seat.become(seat.connected ? 'reconnecting' : 'connected')
    seat.connected = !seat.connected
  }

  return {
    clock,
    stores,
    happen,
    async begin() {
      for (const { store, request, become } of seats) {
        store.fetch(request).catch(() => {})
        become('connecting')
      }
      await clock.advance(10_000)
    },
    async pass() {
      if (likely(0.02)) down = !down
      if (down && likely(0.2)) down = false
      if (likely(0.5)) happen()
      const { store, request } = oneOf(seats)
      if (likely(0.1)) store.invalidate(request)
      // Whoever failed for good, or was told to forget, is asked again by somebody.
      for (const one of seats) if (likely(0.02)) one.store.fetch(one.request).catch(() => {})
      await clock.advance(30_000)
    },
    end() {
      for (const { unfollow } of seats) unfollow()
      for (const store of stores) store.dispose()
    },
  }
}

const tell = (room: Room, state: string) =>
  void room.emit(RoomEvent.ConnectionStateChanged, state as Room['state'])

/** 0 ≤ x < 1, the same row of them for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
