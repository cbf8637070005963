// Runs commands one after the other, says what each is for and how long it took, and stops at the first that fails.
import { spawnSync } from 'node:child_process'

/**
 * @typedef {object} Step
 * @property {string} name What it does, in a line.
 * @property {string} command
 * @property {string[]} args
 * @property {string} [cwd]
 */

/**
 * @param {Step[]} steps
 * @param {(line: string) => void} [say]
 * @returns {Step | undefined} The one that failed.
 */
export function runSteps(steps, say = console.log) {
  for (const [index, step] of steps.entries()) {
    const { name, command, args, cwd } = step
    say(`\n[${index + 1}/${steps.length}] ${name}\n$ ${[command, ...args].join(' ')}`)
    const begun = performance.now()
    const { status, error } = spawnSync(command, args, {
      stdio: 'inherit',
      shell: process.platform === 'win32',
      ...(cwd === undefined ? {} : { cwd }),
    })
    if (error) say(error.message)
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    say(`${status === 0 ? 'ok' : 'FAILED'} after ${seconds} s`)
    if (status !== 0) return step
  }
  return undefined
}
