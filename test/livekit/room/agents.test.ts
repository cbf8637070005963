import { Room, setLogLevel } from 'livekit-client'
import { AgentDispatchClient } from 'livekit-server-sdk'
import { startTokenEndpoint } from 'livekit-token-devtools/node'
import { createTokenStore, type TokenRequest } from 'livekit-token-store'
import { connectRoom, fromEndpoint } from 'livekit-token-store/livekit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  API_KEY,
  API_SECRET,
  livekitMissing,
  type RunningServer,
  startLiveKit,
} from '../../helpers/livekit-server'
import { stubBrowser } from './stub-rtc'

describe.skipIf(livekitMissing)('The agents that a request names, by the real server', () => {
  let server: RunningServer
  let dispatches: AgentDispatchClient
  let roomNumber = 0
  beforeAll(async () => {
    stubBrowser()
    setLogLevel('silent')
    server = await startLiveKit()
    dispatches = new AgentDispatchClient(server.url.replace(/^ws/, 'http'), API_KEY, API_SECRET)
  }, 30_000)
  afterAll(() => server?.stop())

  /** Joins a room by the development endpoint's token. What the token says of the room, and the server of its agents. */
  async function join(request: TokenRequest) {
    const endpoint = await startTokenEndpoint({
      ...{ serverUrl: server.url, apiKey: API_KEY, apiSecret: API_SECRET },
    })
    const store = createTokenStore({ fetchToken: fromEndpoint(endpoint.url) })
    const room = new Room()
    onTestFinished(async () => {
      await room.disconnect()
      store.dispose()
      await endpoint.close()
    })
    const { participantToken } = await store.fetch(request)
    await connectRoom(room, store, request, { connectOptions: { rtcConfig: { iceServers: [] } } })
    const claims = JSON.parse(Buffer.from(participantToken.split('.')[1]!, 'base64url').toString())
    return { roomConfig: claims.roomConfig, agents: await agentsOf(request.roomName!) }
  }

  const agentsOf = async (roomName: string) =>
    (await dispatches.listDispatch(roomName)).map(({ agentName, metadata, deployment, room }) => {
      expect(room).toBe(roomName)
      return { agentName, metadata, deployment }
    })

  const roomName = () => `agents-${++roomNumber}`

  it('are those that any worker without a name takes, when it names none', async () => {
    const { roomConfig, agents } = await join({ roomName: roomName() })
    expect(roomConfig).toBeUndefined()
    expect(agents).toEqual([{ agentName: '', metadata: '', deployment: '' }])
  })

  it.each([
    [
      { agentName: 'helper', agentMetadata: '{"tone":"dry"}', deployment: 'staging' },
      { agentName: 'helper', metadata: '{"tone":"dry"}', deployment: 'staging' },
    ],
    [{ agentName: 'helper' }, { agentName: 'helper' }],
    [{ agentMetadata: 'for whoever comes' }, { metadata: 'for whoever comes' }],
  ])('reach the token and the room that it creates: %j', async (request, agent) => {
    const { roomConfig, agents } = await join({ roomName: roomName(), ...request })
    expect(roomConfig).toEqual({ agents: [agent] })
    expect(agents).toEqual([{ agentName: '', metadata: '', deployment: '', ...agent }])
  })

  it('are the first one’s: who joins a room that is there brings none', async () => {
    const name = roomName()
    const first = await join({ roomName: name, participantIdentity: 'one', agentName: 'helper' })
    const second = await join({ roomName: name, participantIdentity: 'two', agentName: 'other' })
    expect(second.roomConfig).toEqual({ agents: [{ agentName: 'other' }] })
    expect(second.agents).toEqual(first.agents)
  })
})
