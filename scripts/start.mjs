// `npm start`: builds what is missing or out of date, then runs `livekit-token-devtools dev`: a LiveKit server where
// there is one, a token endpoint and the demo, on this machine alone. `npm start -- --help` tells of the flags.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { build, ROOT } from './build.mjs'
import { findLiveKit } from './setup-livekit.mjs'

const env = { ...process.env }
try {
  build({ stale: true })
  // The command knows nothing of the server that the tests built for themselves.
  const found = findLiveKit()
  if (found?.kind === 'binary') env.LIVEKIT_SERVER = found.path
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

const args = process.argv.slice(2)
console.log(['Starting livekit-token-devtools dev', ...args].join(' '))
const child = spawn(process.execPath, [join(ROOT, 'devtools/dist/cli.js'), 'dev', ...args], {
  stdio: 'inherit',
  env,
})

/** @type {NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
for (const signal of signals) process.on(signal, () => child.kill(signal))

child.on('exit', (code, signal) => {
  // What a shell answers for a command that a signal ended.
  process.exitCode = signal ? 128 + constants.signals[signal] : (code ?? 1)
})
