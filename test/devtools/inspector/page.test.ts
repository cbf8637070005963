import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageListener } from '../../../devtools/src/inspector/serve-page'
import { type LoopbackServer, listenOnLoopback } from '../../../devtools/src/loopback/listen'
import { ask } from '../ask'

const secret = 'a-secret-of-this-test'
const allowedOrigins = ['http://localhost:5173', 'https://app.example']
let folder: string
let server: LoopbackServer
let port: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspector-page-'))
  await mkdir(join(folder, 'page', 'assets'), { recursive: true })
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html><title>Inspector</title>')
  await writeFile(join(folder, 'page', 'assets', 'chart.js'), 'export {}')
  await writeFile(join(folder, 'private.txt'), 'PRIVATE')
  server = await listenOnLoopback(
    pageListener(() => ({ secret, port, allowedOrigins }), join(folder, 'page')),
  )
  port = Number(new URL(server.origin).port)
})

afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const get = (path: string) => ask(server.origin, { method: 'GET', path })

describe('The page of the inspector', () => {
  it.each([
    [`/${secret}/`, 'text/html', '<!doctype html><title>Inspector</title>'],
    [`/${secret}/?theme=dark`, 'text/html', '<!doctype html><title>Inspector</title>'],
    [`/${secret}/assets/chart.js`, 'text/javascript', 'export {}'],
  ])('is served at %s', async (path, type, text) => {
    const reply = await get(path)
    expect([reply.status, reply.text]).toEqual([200, text])
    expect(reply.headers['content-type']).toContain(type)
  })

  it.each([
    `/${secret}/../private.txt`,
    `/${secret}/%2e%2e/private.txt`,
    `/${secret}/..%2fprivate.txt`,
    `/${secret}//../private.txt`,
    `/${secret}/assets/`,
    '/assets/chart.js',
    '/index.html',
  ])('does not answer %s', async (path) => {
    const reply = await get(path)
    expect([reply.status, reply.text]).toEqual([404, ''])
  })

  it('has a strict policy, and is never stored, also where there is nothing', async () => {
    const guests = ' http://localhost:5173 https://app.example'
    for (const [path, named] of [
      [`/${secret}/`, guests],
      [`/${secret}/assets/chart.js`, guests],
      ['/none', ''],
    ] as const) {
      const { headers } = await get(path)
      expect(headers['cache-control'], path).toBe('no-store')
      expect(headers['referrer-policy'], path).toBe('no-referrer')
      expect(headers['x-content-type-options'], path).toBe('nosniff')
      const policy = String(headers['content-security-policy']).split('; ')
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).toContain("style-src 'self'")
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}`)
      expect(policy).toContain(`frame-ancestors 'self'${named}`)
      expect(policy).toContain("require-trusted-types-for 'script'")
      expect(policy.join()).not.toMatch(/unsafe|\*/)
    }
  })

  it('says what to do where it is not built, to nobody but its owner', async () => {
    const bare = await listenOnLoopback(
      pageListener(() => ({ secret, port: barePort, allowedOrigins }), null),
    )
    const barePort = Number(new URL(bare.origin).port)
    const reply = await ask(`${bare.origin}/${secret}/`, { method: 'GET' })
    expect(reply.status).toBe(503)
    expect(reply.text).toContain('npm run build')
    expect((await ask(bare.origin, { method: 'GET' })).status).toBe(404)
    await bare.close()
  })
})
