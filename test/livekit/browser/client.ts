import { Room, RoomEvent, Track } from 'livekit-client'
import { createTokenStore, type TokenEvent, type TokenRequest } from 'livekit-token-store'
import { connectRoom, fromEndpoint } from 'livekit-token-store/livekit'
import { isNoLiveKitServer } from '../../../src/livekit/probe-server'
import { storyLine, type ToldError, toldError } from './told'

/** The page's script: what it offers to the tests is on `window`. */
declare global {
  interface Window {
    client: Client
    makeClient(order: ClientOrder): void
    isNoLiveKitServer: typeof isNoLiveKitServer
  }
}

export interface ClientOrder {
  /** The token endpoint's URL. */
  readonly endpoint: string
  /** The URL that a forced fetch asks. Default: the same. */
  readonly forcedEndpoint?: string
  readonly request?: TokenRequest
}

/** No STUN: a test asks nothing of the network. */
const connectOptions = { rtcConfig: { iceServers: [] } }

/** A store that somebody observes, as an app does, and a room of its own. */
class Client {
  readonly room = new Room()
  readonly roomStates: string[] = []
  readonly events: TokenEvent[] = []
  readonly store
  readonly #request

  constructor({ endpoint, forcedEndpoint = endpoint, request = {} }: ClientOrder) {
    const [usual, forced] = [fromEndpoint(endpoint), fromEndpoint(forcedEndpoint)]
    this.store = createTokenStore({
      fetchToken: (asked, context) => (context.force ? forced : usual)(asked, context),
    })
    this.#request = request
    this.store.events$.subscribe((event) => this.events.push(event))
    this.store.subscribe()
    this.room.on(RoomEvent.ConnectionStateChanged, (state) => this.roomStates.push(state))
  }

  fetch() {
    return this.store.fetch(this.#request)
  }

  /** Resolves with null once the room is connected, else with the error. */
  connect(): Promise<ToldError | null> {
    return connectRoom(this.room, this.store, this.#request, { connectOptions }).then(() => null, toldError)
  }

  /** The same by livekit-client alone. */
  async connectUpstream(): Promise<ToldError | null> {
    const { serverUrl, participantToken } = await this.fetch()
    return this.room.connect(serverUrl, participantToken, connectOptions).then(() => null, toldError)
  }

  publishCamera() {
    return this.room.localParticipant.setCameraEnabled(true)
  }

  /** The state as JSON shows it, because an error that crosses over to the test loses its fields. */
  get snapshot(): string {
    return JSON.stringify(this.store.getSnapshot())
  }

  /** The events, a line each. */
  get story(): string[] {
    return this.events.map(storyLine)
  }

  get others(): string[] {
    return [...this.room.remoteParticipants.keys()]
  }

  /** Those of the others whose camera arrives here. */
  get seen(): string[] {
    return [...this.room.remoteParticipants.values()]
      .filter((participant) => participant.getTrackPublication(Track.Source.Camera)?.isSubscribed)
      .map(({ identity }) => identity)
  }
}

window.isNoLiveKitServer = isNoLiveKitServer
window.makeClient = (order) => {
  window.client = new Client(order)
}
