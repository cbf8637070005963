import { Room, type RoomOptions } from 'livekit-client'
import { createTokenStore, type TokenEvent } from 'livekit-token-store'
import { connectRoom } from 'livekit-token-store/livekit'
import { onTestFinished } from 'vitest'
import type { RunningServer } from '../../helpers/livekit-server'
import { startLine } from './line'
import { toldOf } from './setup'

interface Joining {
  readonly url: string
  /** Makes the fetcher's next token. */
  readonly token: (force: boolean) => string | Promise<string>
  readonly options?: RoomOptions
}

/** A store over tokens of the test's own, a real Room that is connected by them as far as it goes, and all that was told. */
export async function join({ url, token, options }: Joining) {
  const tokens: string[] = []
  const store = createTokenStore({
    async fetchToken(_, { force }) {
      tokens.push(await token(force))
      return { serverUrl: url, participantToken: tokens.at(-1)! }
    },
  })
  const events: TokenEvent[] = []
  store.events$.subscribe((event) => events.push(event))
  const room = new Room(options)
  onTestFinished(async () => {
    await room.disconnect()
    store.dispose()
  })
  const connect = () =>
    connectRoom(room, store, {}, { connectOptions: { rtcConfig: { iceServers: [] } } }).then(
      () => undefined,
      (reason) => reason as Error & { reason?: number; status?: number; reasonName?: string },
    )
  return {
    store,
    room,
    tokens,
    events,
    /** Once more, by the same store. */
    connect,
    error: await connect(),
    get told() {
      return toldOf(events)
    },
    get invalidated() {
      return events.filter(({ type }) => type === 'invalidated').length
    },
  }
}

/** A line to the server, until the test ends. */
export async function lineTo(server: Pick<RunningServer, 'url'>) {
  const line = await startLine(server.url)
  onTestFinished(() => line.stop())
  return line
}
