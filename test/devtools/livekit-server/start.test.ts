import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RoomServiceClient } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLiveKitServer } from '../../../devtools/src/livekit-server/start'
import { findLiveKit } from '../../../scripts/setup-livekit.mjs'
import { simulatedClock } from '../../helpers/clock'
import { livekitMissing } from '../../helpers/livekit-server'

const found = livekitMissing ? null : findLiveKit({ env: { ...process.env, LIVEKIT_URL: '' } })
const rooms = (url: string, key = 'devkey', secret = 'secret') =>
  new RoomServiceClient(url.replace(/^ws/, 'http'), key, secret).listRooms()

describe.skipIf(found?.kind !== 'binary')('A real LiveKit server', () => {
  const path = found?.kind === 'binary' ? found.path : ''

  it('answers to the development key, on a port of 127.0.0.1, until it is closed', async () => {
    const server = await startLiveKitServer({ path })
    expect(server.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/)
    expect(await rooms(server.url)).toEqual([])
    await Promise.all([server.close(), server.close(), server.ended])
    await server.close()
    await expect(rooms(server.url)).rejects.toThrow()
  })

  it('answers to the key that it is given and to no other, whatever characters are in it', async () => {
    const [apiKey, apiSecret] = ['my: "key"', `it's # a {secret} of more than 32 letters`]
    const server = await startLiveKitServer({ path, apiKey, apiSecret })
    expect(await rooms(server.url, apiKey, apiSecret)).toEqual([])
    await expect(rooms(server.url)).rejects.toThrow()
    await server.close()
  })

  it('runs twice side by side', async () => {
    const servers = await Promise.all([startLiveKitServer({ path }), startLiveKitServer({ path })])
    expect(new Set(servers.map(({ url }) => url)).size).toBe(2)
    await Promise.all(servers.map((server) => server.close()))
  })
})

describe.skipIf(process.platform === 'win32')('A program that is to be a LiveKit server', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livekit-server-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function program(name: string, script: string) {
    const path = join(folder, name)
    await writeFile(path, `#!${process.execPath}\n${script}`)
    await chmod(path, 0o755)
    return path
  }
  const runs = async (name: string) => (await readFile(join(folder, name), 'utf8').catch(() => '')).length
  const count = (name: string) =>
    `const fs = require('fs'); const file = ${JSON.stringify(join(folder, name))}; fs.appendFileSync(file, '.');`
  const serve = (answer: string) => `
    const body = process.argv[process.argv.indexOf('--config-body') + 1]
    require('http').createServer((_, reply) => reply.end('${answer}')).listen(JSON.parse(body).port, '127.0.0.1')`

  it('is started again on other ports when it ends at once, as one does whose port was taken', async () => {
    const path = await program(
      'second-time',
      `${count('second')} if (fs.readFileSync(file, 'utf8').length < 2) process.exit(1); ${serve('OK')}`,
    )
    const server = await startLiveKitServer({ path })
    expect(await runs('second')).toBe(2)
    await server.close()
  })

  it('is given up when it ends three times, with the reason', async () => {
    const path = await program('never', `${count('never-runs')} process.exit(1)`)
    await expect(startLiveKitServer({ path })).rejects.toThrow(`${path} ended before it answered`)
    expect(await runs('never-runs')).toBe(3)
  })

  it('is given up when it cannot be started at all', async () => {
    await expect(startLiveKitServer({ path: folder })).rejects.toThrow('ended before it answered')
  })

  it.each([
    ['never answers', 'setInterval(() => {}, 1000)'],
    ['answers as something else', serve('Hello')],
    ['takes the question and says nothing', serve('').replace(/reply\.end\(.*?\)/, '{}')],
  ])('is ended after 20 s when it %s', async (_, script) => {
    const clock = simulatedClock()
    const path = await program(`silent-${script.length}`, script)
    let isOver = false
    const started = startLiveKitServer({ path, clock }).finally(() => {
      isOver = true
    })
    const told = expect(started).rejects.toThrow('did not answer within 20 s')
    // Each look is a real request, and each wait between two of them a simulated one.
    while (!isOver) {
      await clock.advance(1_000)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await told
    expect(clock.pending).toBe(0)
  })

  it('is ended when the start is called off, and the reason is told', async () => {
    const path = await program('waiting', `${count('waiting-pid')} setInterval(() => {}, 1000)`)
    const off = new AbortController()
    const started = startLiveKitServer({ path, signal: off.signal })
    const told = expect(started).rejects.toThrow('called off')
    await expect.poll(() => runs('waiting-pid'), { timeout: 20_000 }).toBe(1)
    off.abort(new Error('called off'))
    await told
    expect(await runs('waiting-pid')).toBe(1)
  })

  it('sees the key, and nothing of the environment that is meant for others', async () => {
    const seen = join(folder, 'seen.json')
    const path = await program(
      'nosy',
      `require('fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify([process.env, process.argv.slice(2)])); ${serve('OK')}`,
    )
    process.env.REDIS_HOST = 'elsewhere:6379'
    try {
      const server = await startLiveKitServer({ path, apiKey: 'k', apiSecret: 'top-secret' })
      await server.close()
    } finally {
      delete process.env.REDIS_HOST
    }
    const [env, args] = JSON.parse(await readFile(seen, 'utf8'))
    expect(env).not.toHaveProperty('REDIS_HOST')
    expect(JSON.parse(env.LIVEKIT_KEYS)).toEqual({ k: 'top-secret' })
    expect(args.join()).not.toContain('top-secret')
  })
})
