// What the page's main thread did, as Chromium's own tracing tells it: every task, not only those over 50 ms.

/**
 * @typedef {object} Task
 * @property {number} wallMs
 * @property {number} cpuMs Without what the machine did for others meanwhile.
 */

/** The categories that tell of tasks, and of the page's own marks. */
const CATEGORIES = ['disabled-by-default-devtools.timeline', 'blink.user_timing']

/**
 * Its tasks while `work` goes on.
 *
 * @param {import('playwright-core').Page} page
 * @param {() => Promise<void>} work
 * @returns {Promise<Task[]>} At least one.
 * @throws {Error} when the browser tells of none: then it is another browser than this was written for.
 */
export async function tasksDuring(page, work) {
  const browser = page.context().browser()
  if (!browser) throw new Error('The page has no browser.')
  await browser.startTracing(page, { categories: CATEGORIES })
  await page.evaluate(() => void performance.mark('work begins'))
  await work()
  await page.evaluate(() => void performance.mark('work ends'))
  return tasksOf(JSON.parse(String(await browser.stopTracing())).traceEvents)
}

/**
 * @typedef {object} TraceEvent
 * @property {string} name
 * @property {number} pid
 * @property {number} tid
 * @property {number} ts µs
 * @property {number} [dur] µs
 * @property {number} [tdur] µs of the thread's own time.
 */

function tasksOf(/** @type {readonly TraceEvent[]} */ events) {
  const begin = events.find(({ name }) => name === 'work begins')
  const end = events.find(({ name }) => name === 'work ends')
  if (!begin || !end) throw new Error('The trace has no marks.')
  const tasks = events.filter(
    ({ name, pid, tid, ts, dur = 0 }) =>
      name === 'RunTask' && pid === begin.pid && tid === begin.tid && ts + dur > begin.ts && ts < end.ts,
  )
  if (tasks.length === 0) throw new Error('The trace has no tasks.')
  return tasks.map(({ dur = 0, tdur = 0 }) => ({ wallMs: dur / 1_000, cpuMs: tdur / 1_000 }))
}
