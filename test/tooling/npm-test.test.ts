import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runSteps } from '../../scripts/steps.mjs'
import { readTally, tallyLine } from '../../scripts/tally.mjs'

const folder = mkdtempSync(join(tmpdir(), 'npm-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

const node = (name: string, code: string) => ({ name, command: process.execPath, args: ['-e', code] })

describe('The steps of npm test', () => {
  it('run one after the other, each told before it runs and timed after', () => {
    const said: string[] = []
    const failed = runSteps([node('first', ''), node('second', '')], (line) => said.push(line))
    expect(failed).toBeUndefined()
    expect(said.map((line) => line.trim().split('\n')[0])).toEqual([
      '[1/2] first',
      expect.stringMatching(/^ok after \d+\.\d s$/),
      '[2/2] second',
      expect.stringMatching(/^ok after \d+\.\d s$/),
    ])
  })

  it('stop at the first that fails, is killed, or is not there', () => {
    const marker = join(folder, 'ran')
    const after = node('after', `fs.writeFileSync(${JSON.stringify(marker)}, '')`)
    const failing = [
      node('fails', 'process.exit(3)'),
      node('is killed', "process.kill(process.pid, 'SIGKILL')"),
      { name: 'is not there', command: join(folder, 'no-such-command'), args: [] },
    ]
    for (const step of failing) expect(runSteps([step, after], () => {})).toBe(step)
    expect(() => rmSync(marker)).toThrow()
    expect(runSteps([after], () => {})).toBeUndefined()
    rmSync(marker)
  })
})

describe('The last line of npm test', () => {
  const report = (numbers: Record<string, unknown>) => {
    const file = join(folder, 'report.json')
    const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, success: true }
    writeFileSync(file, JSON.stringify({ ...none, ...numbers }))
    return readTally(file)
  }

  it('counts what passed, failed and, if any, was skipped', () => {
    expect(tallyLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
    expect(tallyLine({ passed: 12, failed: 3, skipped: 4 })).toBe('12 passed, 3 failed, 4 skipped')
  })

  it('takes the numbers from vitest', () => {
    const numbers = {
      numPassedTests: 7,
      numFailedTests: 2,
      numPendingTests: 1,
      numTodoTests: 3,
      success: false,
    }
    expect(report(numbers)).toEqual({ passed: 7, failed: 2, skipped: 4 })
  })

  it('counts a failure that no test saw, as a file that does not load is', () => {
    expect(report({ numPassedTests: 7, success: false })).toEqual({ passed: 7, failed: 1, skipped: 0 })
  })

  it('has nothing to count when vitest wrote no report', () => {
    expect(readTally(join(folder, 'missing.json'))).toBeUndefined()
  })
})
