import { createRecorder, mountPanel, type Recorder } from 'livekit-token-devtools'
import { createWorld, type World } from '../world'
import { mountPlainList } from './plain-list'

const RECORDS = 10_000
const LIVE_PER_SECOND = 100

export type Subject = 'panel' | 'plain list'

/** What the benchmark asks of its page. */
export interface BenchPage {
  readonly records: number
  /** Puts it into the page, with nothing but its button in sight; takes away what was there. */
  mount(subject: Subject): void
  /** From now on, or no more. */
  live(on: boolean): void
  /** How many events have arrived since `live(true)`. */
  readonly arrived: number
  /** Observed since the last call: ms each. */
  takeLongTasks(): number[]
  /** Two frames later: what was asked for is on the screen. */
  drawn(): Promise<void>
}

declare global {
  interface Window {
    bench: BenchPage
    violations: string[]
  }
}

window.violations = []
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  window.violations.push(`${effectiveDirective} ${blockedURI}`),
)

async function start(): Promise<BenchPage> {
  const world = createWorld()
  const recorder = createRecorder({ maxRecords: RECORDS, maxBytes: Number.MAX_SAFE_INTEGER })
  for (const store of world.stores) recorder.attach(store)
  await world.begin()
  while (droppedBy(recorder) === 0) await world.pass()
  const main = document.querySelector('main')!
  const live = liveEvents(world)
  const tasks: number[] = []
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe(
    { type: 'longtask' },
  )
  let unmount = () => {}
  return {
    records: RECORDS,
    mount(subject) {
      unmount()
      unmount =
        subject === 'panel'
          ? mountPanel(recorder, main, { tab: 'overview', clock: world.clock })
          : mountPlainList(recorder, main, world.clock)
    },
    live: live.turn,
    get arrived() {
      return live.arrived
    },
    takeLongTasks: () => tasks.splice(0),
    async drawn() {
      for (let count = 0; count < 2; count += 1)
        await new Promise((resolve) => requestAnimationFrame(resolve))
    },
  }
}

/** Time passes, and while it is on events happen: as many as are due, however late the timers are. */
function liveEvents(world: World) {
  let [on, arrived, due] = [false, 0, 0]
  let before = performance.now()
  setInterval(() => {
    const passed = performance.now() - before
    before += passed
    // The stores' own timers wait, so that all that happens is what is counted here.
    world.clock.sleep(passed)
    if (on) due += (passed / 1_000) * LIVE_PER_SECOND
    for (; arrived < Math.floor(due); arrived += 1) world.happen()
  }, 1_000 / LIVE_PER_SECOND)
  return {
    turn: (to: boolean) => {
      on = to
      arrived = due = 0
    },
    get arrived() {
      return arrived
    },
  }
}

function droppedBy(recorder: Recorder): number {
  let dropped = 0
  recorder.status$.subscribe((status) => (dropped = status.dropped)).unsubscribe()
  return dropped
}

window.bench = await start()
