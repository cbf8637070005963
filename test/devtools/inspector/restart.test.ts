import { expect, it, onTestFinished } from 'vitest'
import { connectInspector } from '../../../devtools/src/node/connect-inspector'
import { recorded } from '../recorder/setup'
import { Client, inspector, only, Watcher } from './setup'

const secret = 'a-secret-that-stays-the-same'

it('An inspector that starts again at the same URL has its apps back, and nobody is told anything twice', async () => {
  const first = await inspector({ secret })
  const port = Number(new URL(first.url).port)
  // Two, so that they may come back in the other order.
  const apps = [recorded({}, { name: 'kitchen' }), recorded({}, { name: 'hall' })]
  for (const { recorder, store } of apps) {
    await store.fetch()
    onTestFinished(connectInspector(recorder, { url: first.url }))
  }
  const before = await Watcher.at(first.url)
  const all = () => apps.flatMap(({ records }) => records()).length
  await before.until(() => before.told().length === all())
  await first.close()
  await before.ended()
  await apps[1]?.store.fetch({ roomName: 'B' })

  const second = await inspector({ port, secret })
  expect(second.url).toBe(first.url)
  const again = await Watcher.at(second.url, before.since)
  await again.until(() => again.told().length === all())
  // What the viewer brought along is not mixed up with what is there now.
  const gone = again.frames.filter(({ kind }) => kind === 'gone').map(({ source }) => source)
  expect(gone.sort()).toEqual(Object.keys(before.since).sort())
  for (const { records } of apps) {
    const { source } = only(again.sources.filter(({ name }) => name === records()[0]?.store))
    expect(again.told(source).map(({ frame }) => frame)).toEqual(records())
  }
})

it('A viewer that comes back to another inspector is told what it has not seen of another app in the same place', async () => {
  const first = await inspector({ secret })
  const port = Number(new URL(first.url).port)
  const app = async (machine: string, events: number) => {
    const client = await new Client(first.url).opened()
    const definition = JSON.stringify({ id: machine, states: {} })
    client.send({ type: 'service.register', sessionId: 'x:0', machine: definition, state: '{}' })
    for (let number = 0; number < events; number += 1)
      client.send({ type: 'service.event', sessionId: 'x:0', event: '{"name":"NEXT"}' })
  }
  await app('old', 7)
  const before = await Watcher.at(first.url)
  await before.until(() => before.told().length === 8)
  await first.close()
  await inspector({ port, secret })
  await app('new', 7)
  const again = await Watcher.at(first.url, before.since)
  await again.until(() => again.told().length === 8)
  expect(only(again.sources).name).toBe('new')
})
