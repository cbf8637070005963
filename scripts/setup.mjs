// What `npm test` needs beyond node_modules: a browser. Says what it does before it does it.
//   node scripts/setup.mjs          finds one, or installs it where that needs no password
//   SETUP=off                       installs nothing
//   CHROME_PATH=/path/to/chrome     the browser to take
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './find-browser.mjs'

export const HOW_TO_GET_A_BROWSER =
  'Get one with `npx playwright install chromium`, or name one that you have in CHROME_PATH.'

/**
 * @typedef {object} Machine
 * @property {() => import('./find-browser.mjs').FoundBrowser | null} find
 * @property {(command: string, args: string[]) => void} run Shows what the command prints; throws when it fails.
 * @property {(path: string) => string} start Starts a browser and returns its version; throws when it does not start.
 * @property {(line: string) => void} say
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} isRoot
 * @property {boolean} isDebian Debian or what comes of it.
 */

/** @type {Machine} */
const thisMachine = {
  find: () => findBrowser(),
  run: (command, args) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env })
  },
  start: (path) => {
    // Chrome for Windows prints no version, it opens a window.
    if (process.platform === 'win32') return 'not started'
    return execFileSync(path, ['--version'], { encoding: 'utf8', stdio: 'pipe', timeout: 60_000 }).trim()
  },
  say: (line) => console.log(line),
  env: process.env,
  isRoot: process.getuid?.() === 0,
  isDebian: existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get'),
}

/**
 * Makes sure of a browser, as far as it can. Without one the browser tests skip themselves and say why; in CI
 * that is a failure.
 *
 * @param {Partial<Machine>} [machine] Default: this one.
 * @returns {boolean} Whether the tests can go on.
 */
export function setUpBrowser(machine) {
  const { find, run, start, say, env, isRoot, isDebian } = { ...thisMachine, ...machine }
  try {
    if (!find() && env.SETUP !== 'off' && isRoot && isDebian) install(run, say)
    const browser = find()
    if (browser) {
      say(`Browser: ${browser.path} (from ${browser.from}; ${start(browser.path)})`)
      return true
    }
  } catch (error) {
    say(`The browser does not work: ${error instanceof Error ? error.message : error}`)
    say(HOW_TO_GET_A_BROWSER)
    return false
  }
  say(`There is no browser here. ${HOW_TO_GET_A_BROWSER}`)
  if (!env.CI) say('The tests that need one will be skipped.')
  return !env.CI
}

/**
 * @param {Machine['run']} run
 * @param {Machine['say']} say
 */
function install(run, say) {
  say('There is no browser here. Installing one: apt-get update && apt-get install -y chromium')
  try {
    run('apt-get', ['update'])
    run('apt-get', ['install', '-y', 'chromium'])
  } catch (error) {
    say(`That failed: ${error instanceof Error ? error.message : error}`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !setUpBrowser()) process.exitCode = 1
