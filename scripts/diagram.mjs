// The state diagram of the README, drawn from the machine itself.
//   node scripts/diagram.mjs --write    draws it anew
//   node scripts/diagram.mjs --check    fails when it has drifted
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { writeOrCheck } from './between-markers.mjs'
import { ROOT } from './build.mjs'

/** What an event is called for a reader: by what happened, not by its name in the code. */
const WORDS = /** @type {Record<string, string>} */ ({
  'attempt.answered': 'answered',
  'attempt.failed': 'attempt failed',
  tick: 'time',
  wake: 'woke up',
  online: 'back online',
})

/** @returns {Promise<import('xstate').AnyStateMachine>} */
async function loadMachine() {
  const outfile = join(ROOT, 'node_modules/.cache/token-machine.cjs')
  await build({
    entryPoints: [join(ROOT, 'machines/index.ts')],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  })
  const { tokenMachine } = createRequire(import.meta.url)(outfile)
  rmSync(outfile)
  return tokenMachine
}

/**
 * One arrow for each two states, with all that leads from the one to the other.
 *
 * @param {import('xstate').AnyStateMachine} machine
 */
export function drawDiagram(machine) {
  /** @type {Map<string, Set<string>>} */
  const arrows = new Map()
  const states = Object.values(machine.root.states)
  for (const state of states) {
    for (const { eventType, target } of [...state.transitions.values()].flat()) {
      for (const { key } of target ?? []) {
        if (key === state.key) continue
        const arrow = `${state.key} --> ${key}`
        arrows.set(arrow, (arrows.get(arrow) ?? new Set()).add(WORDS[eventType] ?? eventType))
      }
    }
  }
  const lines = [...arrows].map(([arrow, events]) => `  ${arrow}: ${[...events].join(', ')}`)
  const first = Object.keys(machine.root.states).find((key) => machine.config.initial === key)
  // What holds everywhere would be an arrow from each state to each of its ends.
  const everywhere = [...machine.root.transitions.values()].flat().filter(({ target }) => target)
  const ends = [...new Set(everywhere.map(({ eventType, target }) => `${eventType}: ${target?.[0]?.key}`))]
  lines.push(
    '  note right of idle',
    '    from every state:',
    ...ends.map((end) => `    ${end}`),
    '  end note',
  )
  return ['```mermaid', 'stateDiagram-v2', '  direction LR', `  [*] --> ${first}`, ...lines, '```'].join('\n')
}

writeOrCheck({
  file: join(ROOT, 'README.md'),
  name: 'diagram',
  text: drawDiagram(await loadMachine()),
  command: 'npm run diagram',
})
