import { Room, RoomEvent, Track } from 'livekit-client'
import type { RoomConnectionState, TokenStore } from 'livekit-token-store'
import { BehaviorSubject } from 'rxjs'
import type { Person } from '../person'
import type { DemoRoom } from '../rooms'
import { join } from './join'
import { type Member, membersOf, watchMembers } from './members'
import { type OwnVideo, openOwnVideo } from './own-video'
import { problemOf } from './problem-of'

export interface CallState {
  /** `joining` from the click on, so before the room connects: a token may have to be fetched. */
  readonly phase: 'out' | 'joining' | 'in'
  /** What the store told of the room last; null before the first time. */
  readonly connection: RoomConnectionState | null
  /** Why it was disconnected. */
  readonly reason: string | null
  /** What went wrong, in words. */
  readonly problem: string | null
  readonly members: readonly Member[]
  readonly video: Pick<OwnVideo, 'from' | 'note'> | null
}

const OUT: CallState = {
  phase: 'out',
  connection: null,
  reason: null,
  problem: null,
  members: [],
  video: null,
}

/** A picture takes the camera's place for the others too. One size of it is enough for one machine. */
const CAMERA = { source: Track.Source.Camera, simulcast: false }

/** Being in one of the rooms: the way in, what is to be seen there, and the way out. */
export function createCall(store: TokenStore, { request }: DemoRoom, person: Person) {
  const state = new BehaviorSubject(OUT)
  const change = (changes: Partial<CallState>) => state.next({ ...state.value, ...changes })
  let room: Room | null = null
  let leaving = new AbortController()

  store.events$.subscribe((event) => {
    if (event.type !== 'room' || event.request.roomName !== request.roomName) return
    // That it moved is news, but no state to be in.
    if (event.state !== 'moved') change({ connection: event.state, reason: event.reason ?? null })
  })

  const enter = async () => {
    const entered = new Room()
    const { signal } = leaving
    room = entered
    change({ ...OUT, phase: 'joining' })
    try {
      await join(entered, store, request, signal)
    } catch (error) {
      room = null
      change({ phase: 'out', problem: signal.aborted ? null : problemOf(error) })
      return
    }
    const look = () => change({ members: membersOf(entered) })
    watchMembers(entered, look)
    let video: OwnVideo | null = null
    entered.once(RoomEvent.Disconnected, () => {
      video?.stop()
      room = null
      change({ phase: 'out', members: [], video: null })
    })
    change({ phase: 'in', members: membersOf(entered) })
    video = await openOwnVideo(person)
    // The browser may have asked for the camera for so long that the room is left by now.
    if (room !== entered) return video.stop()
    change({ video })
    try {
      await entered.localParticipant.publishTrack(video.track, CAMERA)
    } catch {
      if (room === entered) change({ problem: 'You are in, but your video could not be sent.' })
    }
  }

  return {
    state$: state.asObservable(),
    join() {
      if (room) return
      leaving = new AbortController()
      void enter()
    },
    leave() {
      leaving.abort()
      // On the way in, the signal is all that it takes.
      if (state.value.phase === 'in') void room?.disconnect()
    },
    /** The signal connection goes, and comes back after two seconds; pictures go on meanwhile. */
    dropSignal: () => void room?.simulateScenario('signal-reconnect').catch(() => {}),
    /** Everything goes, and the room is joined anew. */
    dropAll: () => void room?.simulateScenario('full-reconnect').catch(() => {}),
  }
}

export type Call = ReturnType<typeof createCall>
