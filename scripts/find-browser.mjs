// Where a Chromium is on this machine. Found, never installed: that is setup.mjs.
import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { chromium } from 'playwright-core'

/**
 * @typedef {object} FoundBrowser
 * @property {string} path The executable.
 * @property {string} from Where it was looked for, in words.
 */

/**
 * `CHROME_PATH`, else Playwright's own where it is installed, else the system's Chromium or Chrome; null when
 * there is none.
 *
 * @param {object} [machine] Default: this one.
 * @param {NodeJS.ProcessEnv} [machine.env]
 * @param {NodeJS.Platform} [machine.platform]
 * @param {string | undefined} [machine.playwrights] Where Playwright would have put the browser that it was made for.
 * @returns {FoundBrowser | null}
 * @throws {Error} when `CHROME_PATH` names no file.
 */
export function findBrowser({
  env = process.env,
  platform = process.platform,
  playwrights = playwrightsOwn(),
} = {}) {
  if (env.CHROME_PATH) {
    if (existsSync(env.CHROME_PATH)) return { path: env.CHROME_PATH, from: 'CHROME_PATH' }
    throw new Error(`CHROME_PATH names no file: ${env.CHROME_PATH}`)
  }
  const installed = playwrights && inPlaywrightsCache(playwrights)
  if (installed) return { path: installed, from: "Playwright's cache" }
  const path = systemPaths(env, platform).find((candidate) => existsSync(candidate))
  return path ? { path, from: 'the system' } : null
}

function playwrightsOwn() {
  try {
    return chromium.executablePath()
  } catch {
    // Playwright has no browser for this platform.
    return undefined
  }
}

/**
 * The browser that this Playwright was made for, else the newest that any other Playwright left in the same cache.
 *
 * @param {string} own As in `<cache>/chromium-1234/chrome-linux64/chrome`.
 */
function inPlaywrightsCache(own) {
  if (existsSync(own)) return own
  const folder = revisionFolder(own)
  if (!folder || !existsSync(dirname(folder))) return undefined
  const inside = relative(folder, own)
  // The folder's name before Playwright took to Chrome for Testing.
  const before = inside.replace(/^(chrome-(?:linux|win))64/, '$1')
  return readdirSync(dirname(folder))
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => revision(b) - revision(a))
    .flatMap((name) => [join(dirname(folder), name, inside), join(dirname(folder), name, before)])
    .find((candidate) => existsSync(candidate))
}

/**
 * The folder above that is called `chromium-1234`: how far up it is differs between the platforms.
 *
 * @param {string} path
 * @returns {string | undefined}
 */
function revisionFolder(path) {
  if (/^chromium-\d+$/.test(basename(path))) return path
  return dirname(path) === path ? undefined : revisionFolder(dirname(path))
}

/** @param {string} folder */
const revision = (folder) => Number(folder.split('-')[1])

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
function systemPaths(env, platform) {
  if (platform === 'darwin') {
    return ['/Applications', join(env.HOME ?? '/', 'Applications')].flatMap((folder) => [
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
    ])
  }
  if (platform === 'win32') {
    return [env.LOCALAPPDATA, env.PROGRAMFILES, env['PROGRAMFILES(X86)']]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, 'Chromium/Application/chrome.exe'),
        join(folder, 'Google/Chrome/Application/chrome.exe'),
      ])
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}
