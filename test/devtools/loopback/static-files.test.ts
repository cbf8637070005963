import { rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { listenOnLoopback } from '../../../devtools/src/loopback/listen'
import { staticFiles } from '../../../devtools/src/loopback/static-files'
import { ask } from '../ask'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'static-files-'))
  await writeFile(join(folder, 'a.js'), 'export {}')
})

afterAll(() => rm(folder, { recursive: true }))

/** A server of the folder, with something done to each request first; returns how to ask it. */
async function served(first: RequestListener = () => {}) {
  const files = staticFiles(folder)
  const server = await listenOnLoopback((request, response) => {
    first(request, response)
    files(request, response, () => response.writeHead(404).end())
  })
  onTestFinished(() => server.close())
  return (path: string, headers: Record<string, string> = {}) =>
    ask(server.origin, { method: 'GET', path, headers })
}

it.each(['bytes=10-5', 'bytes=5-0', 'bytes=0-1e999', 'bytes=99-', 'items=1-2', 'bytes=0-0,5-6'])(
  'A file is sent whole when the range %s of it is asked for',
  async (range) => {
    const get = await served()
    const { status, text, headers } = await get('/a.js', { range })
    expect([status, text, headers['content-length']]).toEqual([200, 'export {}', '9'])
  },
)

it('A file that goes between the look at it and its opening ends that answer and no other', async () => {
  const late = join(folder, 'late.js')
  await writeFile(late, 'export {}')
  const get = await served((request, response) => {
    // Its stream has been made by then, but is not open yet.
    if (request.url === '/late.js') response.once('pipe', () => rmSync(late))
  })
  await expect(get('/late.js')).rejects.toThrow('socket hang up')
  expect((await get('/a.js')).text).toBe('export {}')
  expect((await get('/late.js')).status).toBe(404)
})

it('What is thrown is told to nobody, and ends nothing else', async () => {
  const fail = () => {
    throw new Error('not for you')
  }
  const get = await served((request, response) => {
    if (request.url === '/a.js?early') response.getHeader = fail
    if (request.url === '/a.js?late') response.once('pipe', fail)
  })
  expect(await get('/a.js?early')).toMatchObject({ status: 500, text: '' })
  // Its head is written by then.
  await expect(get('/a.js?late')).rejects.toThrow('socket hang up')
  expect((await get('/a.js')).status).toBe(200)
})
