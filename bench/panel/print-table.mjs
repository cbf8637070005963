/**
 * @typedef {object} Measurement One action, once.
 * @property {import('./page').Subject} subject
 * @property {string} action
 * @property {boolean} live Whether 100 events a second arrived meanwhile.
 * @property {readonly import('./main-thread.mjs').Task[]} tasks
 * @property {readonly number[]} long What the page's PerformanceObserver told of: ms each.
 */

const LIMIT_MS = 50

/** One row an action. Over several rounds: the median of the longest tasks, and all that were over the limit. */
export function printTable(/** @type {readonly Measurement[]} */ measurements, /** @type {string} */ how) {
  console.log(
    `\nThe panel over 10,000 records, ${how}. The longest task in ms, and how many were over ${LIMIT_MS};` +
      ' in brackets the same in processor time, without what the machine did for others.',
  )
  for (const live of [false, true]) {
    const here = measurements.filter((one) => one.live === live)
    const actions = [...new Set(here.map(({ action }) => action))]
    console.log(live ? '\nwith 100 events a second arriving meanwhile' : '\nwith nothing else going on')
    print([
      [
        '',
        'the panel',
        `over ${LIMIT_MS} ms`,
        'a plain list',
        `over ${LIMIT_MS} ms`,
        'the panel, of a plain list’s',
      ],
      ...actions.map((action) =>
        rowOf(
          action,
          here.filter((one) => one.action === action),
        ),
      ),
    ])
  }
}

function rowOf(/** @type {string} */ action, /** @type {readonly Measurement[]} */ measurements) {
  const [panel, plain] = /** @type {const} */ (['panel', 'plain list']).map((subject) =>
    summaryOf(measurements.filter((one) => one.subject === subject)),
  )
  const ratio = panel && plain ? `${(panel.wallMs / plain.wallMs).toPrecision(2)}×` : '–'
  return [action, ...cellsOf(panel), ...cellsOf(plain), ratio]
}

/**
 * @typedef {object} Summary
 * @property {number} wallMs
 * @property {number} cpuMs
 * @property {readonly number[]} over What the page itself observed.
 * @property {number} busy How many were over the limit in processor time: those are no other program's fault.
 */

function cellsOf(/** @type {Summary | null | undefined} */ summary) {
  if (!summary) return ['–', '–']
  const { wallMs, cpuMs, over, busy } = summary
  return [
    `${wallMs.toFixed(0)} (${cpuMs.toFixed(0)})`,
    over.length === 0
      ? 'none'
      : `OVER 50 ms: ${over.length}, up to ${Math.max(...over).toFixed(0)} (${busy})`,
  ]
}

/** @returns {Summary | null} */
function summaryOf(/** @type {readonly Measurement[]} */ measurements) {
  if (measurements.length === 0) return null
  /** @param {'wallMs' | 'cpuMs'} time */
  const longest = (time) =>
    median(measurements.map(({ tasks }) => Math.max(...tasks.map((task) => task[time]))))
  return {
    wallMs: longest('wallMs'),
    cpuMs: longest('cpuMs'),
    over: measurements.flatMap(({ long }) => long),
    busy: measurements.flatMap(({ tasks }) => tasks.filter(({ cpuMs }) => cpuMs > LIMIT_MS)).length,
  }
}

function median(/** @type {number[]} */ values) {
  values.sort((a, b) => a - b)
  return values[Math.floor(values.length / 2)] ?? 0
}

function print(/** @type {readonly (readonly string[])[]} */ rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}
