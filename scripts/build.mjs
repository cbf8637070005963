// Builds the packages, in the order in which they need each other.
//   node scripts/build.mjs            all of them
//   node scripts/build.mjs --stale    those alone whose sources are newer than what was built of them
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} sources Files and folders, from the repo's root.
 * @property {string[]} outputs Files, likewise.
 * @property {string[]} npm What npm is told.
 */

/** @type {Part[]} */
const PARTS = [
  {
    name: 'livekit-token-store',
    sources: ['machines', 'src', 'tsup.config.ts', 'tsconfig.json', 'package.json'],
    outputs: published('.'),
    npm: ['run', 'build:store'],
  },
  {
    name: 'livekit-token-devtools',
    sources: ['devtools/src', 'devtools/tsup.config.ts', 'devtools/package.json', 'machines', 'src'],
    outputs: published('devtools'),
    npm: ['run', 'build', '--workspace', 'livekit-token-devtools'],
  },
  {
    name: 'the inspector’s page',
    sources: ['devtools/src', 'scripts/notices.mjs'],
    outputs: ['devtools/dist/inspector/index.html'],
    npm: ['run', 'build:inspector'],
  },
  {
    name: 'the demo',
    sources: ['examples/demo', 'machines', 'src', 'devtools/src'],
    outputs: ['devtools/dist/demo/index.html'],
    npm: ['run', 'build:demo'],
  },
]

/**
 * Every built file that a manifest names.
 *
 * @param {string} folder
 */
function published(folder) {
  const { exports, bin } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'))
  return targets([exports, bin])
    .filter((target) => target.startsWith('./dist/'))
    .map((target) => join(folder, target))
}

/**
 * @param {unknown} value
 * @returns {string[]}
 */
function targets(value) {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(targets) : []
}

/**
 * @param {string} path From the repo's root; what is not there is older than everything.
 * @returns {number}
 */
function newest(path) {
  const full = join(ROOT, path)
  if (!existsSync(full)) return 0
  if (!statSync(full).isDirectory()) return statSync(full).mtimeMs
  return Math.max(0, ...readdirSync(full).map((/** @type {string} */ name) => newest(join(path, name))))
}

/** @param {Part} part */
const isStale = ({ sources, outputs }) => Math.min(...outputs.map(newest)) <= Math.max(...sources.map(newest))

/**
 * @param {object} [options]
 * @param {boolean} [options.stale] Leaves alone what is up to date. Default: false.
 * @throws {Error} when a build fails; it has said why.
 */
export function build({ stale = false } = {}) {
  for (const part of PARTS) {
    if (stale && !isStale(part)) continue
    console.log(`Building ${part.name}: npm ${part.npm.join(' ')}`)
    const { status } = spawnSync('npm', [...part.npm, '--silent'], {
      cwd: ROOT,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
    if (status !== 0) throw new Error(`${part.name} does not build.`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    build({ stale: process.argv.includes('--stale') })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
