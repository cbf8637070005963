// How long the page is busy with the panel over 10,000 records, beside a plain list of the same rows in the same page.
//   node bench/panel.mjs [rounds]      default: 3
// It fails on an error and never on a time: other machines are slower, and this one may have other work.
import { ACTIONS, drawn } from './panel/actions.mjs'
import { tasksDuring } from './panel/main-thread.mjs'
import { servePage } from './panel/open-page.mjs'
import { printTable } from './panel/print-table.mjs'

/** @type {readonly import('./panel/page').Subject[]} */
const SUBJECTS = ['panel', 'plain list']
const rounds = Number(process.argv[2] ?? 3)
if (!Number.isInteger(rounds) || rounds < 1) throw new TypeError('"rounds" must be a whole number from 1')

const served = await servePage()
/** @type {import('./panel/print-table.mjs').Measurement[]} */
const measurements = []
try {
  for (let round = 1; round <= rounds; round += 1)
    for (const subject of SUBJECTS) measurements.push(...(await measure(subject)))
} finally {
  await served.close()
}
printTable(measurements, `Chromium ${served.version}, ${rounds} rounds`)

/** All actions in a fresh page, at first with nothing going on, then with 100 events a second arriving meanwhile. */
async function measure(/** @type {import('./panel/page').Subject} */ subject) {
  const { page, errors } = await served.open()
  const host = page.locator(subject === 'panel' ? 'token-devtools' : 'plain-list')
  const hands = { page, host, list: host.locator('.list') }
  const measured = []
  for (const live of [false, true]) {
    await page.evaluate((mounted) => window.bench.mount(mounted), subject)
    await page.evaluate((on) => window.bench.live(on), live)
    for (const { name, plain, prepare, work } of ACTIONS) {
      if (subject === 'plain list' && !plain) continue
      await prepare?.(hands)
      await page.evaluate(() => window.bench.takeLongTasks())
      const tasks = await tasksDuring(page, async () => {
        await work(hands)
        await drawn(page)
      })
      const long = await page.evaluate(() => window.bench.takeLongTasks())
      measured.push({ subject, action: name, live, tasks, long })
    }
    if (live && (await page.evaluate(() => window.bench.arrived)) < 100)
      throw new Error('No events arrived meanwhile.')
    await page.evaluate(() => window.bench.live(false))
  }
  const violations = await page.evaluate(() => window.violations)
  if (errors.length + violations.length > 0) throw new Error([...errors, ...violations].join('\n'))
  await page.close()
  return measured
}
