// @vitest-environment jsdom
import { LiveKitRoom, useToken } from '@livekit/components-react'
import type { Room } from 'livekit-client'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { START } from '../../helpers/clock'
import { SERVER_URL, signToken } from '../../helpers/tokens'
import { OfflineRoom } from './offline-room'
import { render, settled } from './render'

const first = signToken({ issuedAt: START })
const second = signToken({ issuedAt: START + 1_000 })

describe('LiveKitRoom, whose token is a prop', () => {
  const node = (room: Room, token: string) => (
    <LiveKitRoom room={room} serverUrl={SERVER_URL} token={token} audio={false} video={false} />
  )

  it('asks its room to connect with each new token, so a connected room has to let that pass', async () => {
    const room = new OfflineRoom()
    const connect = vi.spyOn(room, 'connect')
    const { rerender } = await render(node(room, first))
    expect(connect.mock.calls.map(([, token]) => token)).toEqual([first])
    expect(room.state).toBe('connected')
    await rerender(node(room, second))
    expect(connect.mock.calls.map(([, token]) => token)).toEqual([first, second])
    expect(room.state).toBe('connected')
  })
})

describe('useToken', () => {
  it('is of another, older contract than a token source: a GET, and an answer with `accessToken`', async () => {
    const asked: string[] = []
    const fetch = vi.spyOn(globalThis, 'fetch').mockImplementation(async (url) => {
      asked.push(String(url))
      return Response.json({ accessToken: first })
    })
    onTestFinished(() => fetch.mockRestore())
    const seen: (string | undefined)[] = []
    const options = { userInfo: { identity: 'me' } }
    function Joined() {
      seen.push(useToken('/api/token', 'A', options))
      return null
    }
    await render(<Joined />)
    await settled()
    expect(asked).toEqual(['/api/token?identity=me&roomName=A'])
    expect(fetch.mock.calls[0]?.[1]?.method ?? 'GET').toBe('GET')
    expect(seen.at(-1)).toBe(first)
  })
})
