import { expect, it } from 'vitest'
import { startInspector } from '../../../devtools/src/inspector/start-inspector'
import { freeTcpPort } from '../../../devtools/src/livekit-server/free-port'
import { recorded } from '../recorder/setup'
import { inspector } from './setup'

it('An inspector that cannot show its recorder tells why, and leaves no port taken', async () => {
  const { recorder } = recorded()
  const port = await freeTcpPort()
  const broken = {
    ...recorder,
    records$: {
      subscribe() {
        throw new Error('not now')
      },
    } as never,
  }
  await expect(startInspector({ recorder: broken, port })).rejects.toThrow('not now')
  await inspector({ port })
})

it('An inspector whose recorder cannot be let go of leaves no port taken either', async () => {
  const { recorder } = recorded()
  const port = await freeTcpPort()
  const broken = { ...recorder, records$: { subscribe() {} } as never }
  const { close } = await startInspector({ recorder: broken, port })
  await expect((async () => close())()).rejects.toThrow()
  await close()
  await inspector({ port })
})

it.each([
  [null, '"options"'],
  ['http://127.0.0.1:1', '"options"'],
  [{ port: '80' }, '"port"'],
  [{ port: 1.5 }, '"port"'],
  [{ port: null }, '"port"'],
  [{ open: 1 }, '"open"'],
  [{ secret: 'x'.repeat(21) }, '"secret"'],
  [{ secret: `${'x'.repeat(22)}\n` }, '"secret"'],
  [{ secret: null }, '"secret"'],
  [{ recorder: null }, '"recorder"'],
])('An inspector is not started for %j, and says which option is wrong', async (options, name) => {
  const starting = startInspector(options as never)
  await expect(starting).rejects.toThrow(TypeError)
  await expect(starting).rejects.toThrow(name)
})

it('A secret that is wrong is not repeated', async () => {
  await expect(startInspector({ secret: 'canary secret of mine, too wide' })).rejects.not.toThrow('canary')
})
