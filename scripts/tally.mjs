// The totals of a test run, from what vitest's json reporter wrote.
import { existsSync, readFileSync } from 'node:fs'

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * @param {string} file
 * @returns {Tally | undefined} Undefined when there is no report.
 */
export function readTally(file) {
  if (!existsSync(file)) return undefined
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const tally = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }
  // A file that does not load, or an error that no test caught, fails the run without failing a test.
  if (!report.success && tally.failed === 0) tally.failed = 1
  return tally
}

/**
 * `N passed, N failed`, and how many were skipped if any were.
 *
 * @param {Tally} tally
 */
export const tallyLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
