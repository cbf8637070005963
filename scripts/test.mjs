// `npm test`: everything that has to hold before a change lands, in the order in which a failure is cheapest.
// The last line is `N passed, N failed` alone, with `, N skipped` where some were: machines read it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runSteps } from './steps.mjs'
import { readTally, tallyLine } from './tally.mjs'

const scratch = mkdtempSync(join(tmpdir(), 'livekit-token-store-test-'))
const report = join(scratch, 'vitest.json')
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))

/**
 * @param {string} name
 * @param {string} command
 * @param {...string} args
 */
const step = (name, command, ...args) => ({ name, command, args })
const node = process.execPath

const failedStep = runSteps([
  step('Set-up: a browser for the tests that drive one', node, 'scripts/setup.mjs'),
  step('Set-up: a LiveKit server, and its test server', node, 'scripts/setup-livekit.mjs'),
  step('Format and lint (Biome)', 'npx', 'biome', 'check', '--error-on-warnings'),
  step('Build both packages', node, 'scripts/build.mjs'),
  step('Types of the whole repo', 'npx', 'tsc', '-p', 'tsconfig.json'),
  step('Types of the library, without those of Node', 'npx', 'tsc', '-p', 'test/types/library'),
  step('Types as built, for a browser app', 'npx', 'tsc', '-p', 'test/types/consumer/browser'),
  step('Types as built, for a Node process', 'npx', 'tsc', '-p', 'test/types/consumer/node'),
  step('Types as built, with livekit-client', 'npx', 'tsc', '-p', 'test/types/consumer/livekit'),
  step('Types as built, with devtools', 'npx', 'tsc', '-p', 'test/types/consumer/devtools'),
  step(
    'Tests (vitest): in Node, and in Chromium where a page is needed',
    'npx',
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ),
  step('Package form of livekit-token-store (publint)', 'npx', 'publint', '--strict'),
  step('Package form of livekit-token-devtools (publint)', 'npx', 'publint', '--strict', 'devtools'),
  step('Types of livekit-token-store as packed (attw)', 'npx', 'attw', '--pack', '.', '--profile', 'node16'),
  step(
    'Types of livekit-token-devtools as packed (attw)',
    'npx',
    'attw',
    '--pack',
    'devtools',
    '--profile',
    'node16',
  ),
  step('Sizes (size-limit), and what the README says of them', node, 'scripts/sizes.mjs', '--check'),
])

const tally = readTally(report) ?? { passed: 0, failed: 0, skipped: 0 }
const forbidden = process.env.CI && tally.skipped > 0
if (failedStep) console.log(`\nFailed: ${failedStep.name}`)
if (forbidden) console.log('\nFailed: in CI no test may be skipped.')
// A step that is no test but fails counts as one failure, so that the last line never says that all is well.
if ((failedStep || forbidden) && tally.failed === 0) tally.failed = 1
process.exitCode = tally.failed > 0 ? 1 : 0
console.log(`\n${tallyLine(tally)}`)
