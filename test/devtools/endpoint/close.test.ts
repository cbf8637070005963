import { connect } from 'node:net'
import { startTokenEndpoint } from 'livekit-token-devtools/node'
import { describe, expect, it, vi } from 'vitest'
import { simulatedClock } from '../../helpers/clock'
import { ask } from '../ask'

const portOf = (url: string) => Number(new URL(url).port)

const connects = (host: string, port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host, port, timeout: 2000 })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('connect', () => end(true))
    socket.on('error', () => end(false))
    socket.on('timeout', () => end(false))
  })

describe('the endpoint listens', () => {
  it('on 127.0.0.1 and nowhere else', async () => {
    const endpoint = await startTokenEndpoint()
    const port = portOf(endpoint.url)
    expect(endpoint.url).toBe(`http://127.0.0.1:${port}/token`)
    expect(await connects('127.0.0.1', port)).toBe(true)
    expect(await connects('127.0.0.2', port)).toBe(false)
    expect(await connects('::1', port)).toBe(false)
    await endpoint.close()
  })

  it('on the port it was given, and rejects with EADDRINUSE when that is taken', async () => {
    const first = await startTokenEndpoint()
    const port = portOf(first.url)
    await expect(startTokenEndpoint({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await first.close()
    const second = await startTokenEndpoint({ port })
    expect(second.url).toBe(first.url)
    await second.close()
  })
})

describe('close', () => {
  it('cuts off who hangs, who waits and who keeps a connection, and frees the port', async () => {
    const clock = simulatedClock()
    const endpoint = await startTokenEndpoint({ clock })
    await fetch(endpoint.url, { method: 'POST' })
    const hanging = expect(ask(`${endpoint.url}?hang`)).rejects.toThrow()
    const waiting = expect(ask(`${endpoint.url}?latency=50000`)).rejects.toThrow()
    await vi.waitFor(() => expect(clock.pending).toBe(1))
    await endpoint.close()
    await Promise.all([hanging, waiting])
    expect(await connects('127.0.0.1', portOf(endpoint.url))).toBe(false)
    await vi.waitFor(() => expect(clock.pending).toBe(0))
  })

  it('may be called again, and again', async () => {
    const endpoint = await startTokenEndpoint()
    await Promise.all([endpoint.close(), endpoint.close()])
    await endpoint.close()
  })
})
