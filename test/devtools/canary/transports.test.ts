import type { Recorder, TokenRecord } from 'livekit-token-devtools'
import { map } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { writeSession } from '../../../devtools/src/recorder/session-file'
import { printed } from '../../helpers/printed'
import { SOON } from '../bridges/sockets'
import { present } from '../recorder/setup'
import { leaks } from './leaks'
import { type Story, stories } from './stories'
import { transports } from './transports'
import { createWorld, type World } from './world'

const said: string[] = []

beforeEach(() => {
  said.length = 0
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const)
    vi.spyOn(console, method).mockImplementation((...what) => void said.push(printed(what)))
})

afterEach(() => {
  vi.restoreAllMocks()
})

/** All that left by one way while the story went on, to its last record. */
async function told(
  open: (typeof transports)[string],
  { tell, isNamed }: Story,
  recorderOf: (world: World) => Recorder = ({ recorder }) => recorder,
): Promise<{ secrets: readonly string[]; seen: string }> {
  const world = createWorld(isNamed)
  // Something to begin with: who is told the present is told at once.
  await world.store.fetch(world.request('A'))
  const outlet = await open(recorderOf(world))
  await tell(world)
  const last = present(world.recorder).at(-1)
  if (last?.type !== 'disposed') throw new Error(`The story ends with ${last?.type}`)
  await vi.waitUntil(() => outlet.has(last), SOON)
  return { secrets: world.canary.secrets, seen: outlet.seen() }
}

describe.each(Object.entries(transports))('By %s', (_way, open) => {
  it.each(Object.entries(stories))('no part of a token leaves when %s', async (_title, story) => {
    const { secrets, seen } = await told(open, story)
    expect(seen).toMatch(/disposed/)
    expect(leaks(seen, secrets)).toEqual([])
    // What the store and the devtools write to the console by themselves.
    expect(leaks(said.join('\n'), secrets)).toEqual([])
  })

  it('a leak would be found: a recorder that tells the signature of a token', async () => {
    const { secrets, seen } = await told(open, stories['all goes well']!, leaky)
    expect(leaks(seen, secrets)).not.toEqual([])
  })
})

/** What no mask can know from any other word. */
function leaky({ recorder, canary }: World): Recorder {
  const spoilt = (record: TokenRecord): TokenRecord =>
    record.type === 'room'
      ? { ...record, detail: { ...record.detail, roomReason: canary.last.signature } }
      : record
  const records$ = recorder.records$.pipe(map((records) => records.map(spoilt)))
  return {
    ...recorder,
    records$,
    export() {
      let text = ''
      records$.subscribe((records) => (text = writeSession(records))).unsubscribe()
      return text
    },
  }
}

describe('The stories', () => {
  it.each(Object.entries(stories))(
    'have in them what they say: %s',
    async (_title, { tell, types, isNamed }) => {
      const { recorder, canary, ...world } = createWorld(isNamed)
      await tell({ recorder, canary, ...world })
      const told = new Set(present(recorder).map(({ type }) => type))
      for (const type of [...types, 'state', 'attempt', 'disposed'] as const) expect(told).toContain(type)
      expect(canary.secrets.length).toBeGreaterThan(25)
    },
  )

  it('would be noticed on the console', () => {
    const { token } = createWorld().canary.last
    console.warn('a token', { token })
    expect(leaks(said.join('\n'), [token])).not.toEqual([])
  })
})
