import { type FoundLiveKit, findLiveKit } from '../livekit-server/find'
import { HOW_TO_GET_LIVEKIT } from '../livekit-server/how-to-get'
import { startLiveKitServer } from '../livekit-server/start'
import { type DevCommand, UsageError } from './arguments'

/** What the endpoint's tokens are for. */
export interface LiveKit {
  /** Null where there is no server. */
  readonly url: string | null
  readonly apiKey?: string | undefined
  readonly apiSecret?: string | undefined
  close(): Promise<void>
}

const close = async () => {}

/**
 * The LiveKit server that runs, or one that is started now. Whoever waits at the terminal is told why there is none;
 * the rest of `dev` goes on without.
 *
 * @throws {Error} when a server is named that is not there.
 * @throws `signal.reason`
 */
export async function openLiveKit(command: DevCommand, signal: AbortSignal): Promise<LiveKit> {
  const { serverUrl, apiKey, apiSecret } = command.endpoint
  if (serverUrl !== undefined) return { url: serverUrl, close }
  if (command.livekit === 'off') return { url: null, close }
  const found = find(command.livekit)
  if (found === null) {
    console.error(HOW_TO_GET_LIVEKIT)
    return { url: null, close }
  }
  if (found.kind === 'running') return { ...found, close }
  try {
    const server = await startLiveKitServer({ path: found.path, apiKey, apiSecret, signal })
    let closing = false
    void server.ended.then(() => {
      if (!closing) console.error('The LiveKit server has ended by itself. Start again to have it back.')
    })
    return {
      url: server.url,
      close() {
        closing = true
        return server.close()
      },
    }
  } catch (error) {
    signal.throwIfAborted()
    console.error(`No room can be joined: ${(error as Error).message}`)
    return { url: null, close }
  }
}

function find(named: string | undefined): FoundLiveKit | null {
  try {
    return findLiveKit(named)
  } catch (error) {
    throw named === undefined ? error : new UsageError((error as Error).message)
  }
}
