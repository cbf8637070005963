import { createRecorder, type Recorder } from 'livekit-token-devtools'
import { createTokenStore, type TokenStore } from 'livekit-token-store'
import { bench, describe } from 'vitest'
import { simulatedClock } from '../test/helpers/clock'
import { credentialsOf } from './credentials-of'
import { createWorld } from './world'

// Read the ratios, not the times, and on a machine with other work those of `min`. What a store costs by itself is the
// first of each group.

/** Long enough for the garbage of a full recorder to be collected in each sample's share. */
const LONGER = { time: 1_000 }

/** Something that happens in a store, over and over. */
interface Work {
  readonly stores: readonly TokenStore[]
  readonly once: () => unknown
  readonly times: number
}

/** How what happens is watched, if it is. */
type Watch = (stores: readonly TokenStore[]) => { readonly full: () => boolean }

const nobody: Watch = () => ({ full: () => true })

/** The least that a recorder can do: it keeps the events, as they are. */
const inAnArray: Watch = (stores) => {
  const last: unknown[] = []
  const keep = (event: unknown) => {
    if (last.push(event) > 500) last.shift()
  }
  for (const store of stores) store.events$.subscribe(keep)
  return { full: () => last.length === 500 }
}

const recorderOf =
  (maxRecords: number, shown: boolean): Watch =>
  (stores) => {
    const recorder = newRecorder(maxRecords)
    for (const store of stores) recorder.attach(store)
    if (shown) recorder.records$.subscribe()
    return { full: () => droppedBy(recorder) > 0 }
  }

const newRecorder = (maxRecords: number) => createRecorder({ maxRecords, maxBytes: Number.MAX_SAFE_INTEGER })

function droppedBy(recorder: Recorder): number {
  let dropped = 0
  recorder.status$.subscribe((status) => (dropped = status.dropped)).unsubscribe()
  return dropped
}

const WATCHES: Readonly<Record<string, Watch>> = {
  nobody,
  'a subscriber of events$ that keeps the last 500': inAnArray,
  'a recorder of 500, full': recorderOf(500, false),
  'a recorder of 500, full, and a subscriber of records$': recorderOf(500, true),
  'a recorder of 10,000, full': recorderOf(10_000, false),
  'a recorder of 10,000, full, and a subscriber of records$': recorderOf(10_000, true),
}

async function benchEach(start: () => Promise<Work> | Work) {
  for (const [name, watch] of Object.entries(WATCHES)) {
    const { stores, once, times } = await start()
    const { full } = watch(stores)
    while (!full()) await once()
    bench(
      name,
      async () => {
        for (let count = 0; count < times; count += 1) await once()
      },
      LONGER,
    )
  }
}

describe('a room of twenty loses its connection or has it back: one event, a thousand times, watched by', async () => {
  await benchEach(async () => {
    const world = createWorld()
    await world.begin()
    return { stores: world.stores, once: world.happen, times: 1_000 }
  })
})

describe('a refresh: three events, a hundred times, watched by', async () => {
  await benchEach(() => {
    const clock = simulatedClock()
    const fetchToken = async () => credentialsOf('lobby', 'ada', clock.now())
    const store = createTokenStore({ fetchToken, clock, keepFresh: 'never' })
    const once = () => {
      // So far apart that no limit holds it up.
      clock.sleep(10_000)
      return store.refresh()
    }
    return { stores: [store], once, times: 100 }
  })
})

const recorder = await recorded(10_000)
const session = recorder.export()
const { records } = JSON.parse(session)

describe('10,000 records to a session file', () => {
  bench('JSON.stringify', () => void JSON.stringify(records), LONGER)
  bench('export', () => void recorder.export(), LONGER)
})

describe('10,000 records from a session file', () => {
  const fresh = createRecorder()
  bench('JSON.parse', () => void JSON.parse(session), LONGER)
  bench('import, which takes nothing on trust', () => fresh.import(session), LONGER)
})

/** A recorder that is full of what happened in three stores. */
async function recorded(count: number): Promise<Recorder> {
  const world = createWorld()
  const full = newRecorder(count)
  for (const store of world.stores) full.attach(store)
  await world.begin()
  while (droppedBy(full) === 0) await world.pass()
  world.end()
  return full
}
