import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bundleOf } from './bundle'
import { expectWholeLife, startEndpoint } from './endpoint'
import type { Life } from './life'

/** Starts what the bundle exports, and posts what comes of it. */
const START = `
const { parentPort, workerData } = require('node:worker_threads')
bundle.start(workerData, parentPort).then((result) => parentPort.postMessage(result))`

/** A worker thread that runs the script until it ends by itself, with what it posted. */
async function threadOf(script: string, workerData: string) {
  const worker = new Worker(script + START, { eval: true, workerData })
  onTestFinished(async () => void (await worker.terminate()))
  const told: unknown[] = []
  worker.on('message', (message) => told.push(message))
  const [code] = await once(worker, 'exit')
  return { code, told }
}

describe('In a worker thread of Node', () => {
  it('a store fetches, renews on time, tells its states, and dies', async () => {
    const { origin, made } = await startEndpoint()
    // A thread that listens to its port lives on; the store by itself keeps none alive.
    const script = await bundleOf(
      `import { fromEndpoint } from 'livekit-token-store/livekit'
      import { live } from './life'
      export async function start(url, port) {
        port.on('message', () => {})
        const life = await live(fromEndpoint(url))
        port.unref()
        return life
      }`,
      { platform: 'node' },
    )
    const { code, told } = await threadOf(script, `${origin}/token`)
    expect(told).toHaveLength(1)
    expectWholeLife(told[0] as Life)
    expect(made()).toBe(2)
    expect(code).toBe(0)
  })

  it('a store that keeps its token fresh for ever lets the thread end by itself', async () => {
    const { origin } = await startEndpoint()
    const script = await bundleOf(
      `import { createTokenStore } from 'livekit-token-store'
      import { fromEndpoint } from 'livekit-token-store/livekit'
      export async function start(url) {
        const store = createTokenStore({ fetchToken: fromEndpoint(url), keepFresh: 'always' })
        store.subscribe()
        await store.fetch()
        return store.getSnapshot().status
      }`,
      { platform: 'node' },
    )
    expect(await threadOf(script, `${origin}/token`)).toEqual({ code: 0, told: ['valid'] })
  })
})
