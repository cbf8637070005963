import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findBrowser } from '../../scripts/find-browser.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-browser-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const put = (path: string) => {
  const full = join(folder, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, '')
  return full
}
const cache = (path: string) => join(folder, 'cache', path)
/** Where this Playwright would have its own browser, of revision 20. */
const playwrights = () => cache('chromium-20/chrome-linux64/chrome')
const find = (env: NodeJS.ProcessEnv = {}) =>
  findBrowser({ env, platform: 'linux', playwrights: playwrights() })

it('takes CHROME_PATH before all others', () => {
  put('cache/chromium-20/chrome-linux64/chrome')
  const path = put('mine/chrome')
  expect(find({ CHROME_PATH: path })).toEqual({ path, from: 'CHROME_PATH' })
})

it('says so when CHROME_PATH names no file, and takes no other', () => {
  put('cache/chromium-20/chrome-linux64/chrome')
  const missing = join(folder, 'missing')
  expect(() => find({ CHROME_PATH: missing })).toThrow(`CHROME_PATH names no file: ${missing}`)
})

it('takes Playwright’s before the system’s', () => {
  const path = put('cache/chromium-20/chrome-linux64/chrome')
  put('bin/chromium')
  expect(find({ PATH: join(folder, 'bin') })?.path).toBe(path)
})

it('takes what another Playwright left, the newest by number', () => {
  put('cache/chromium-9/chrome-linux64/chrome')
  const path = put('cache/chromium-19/chrome-linux64/chrome')
  put('cache/chromium_headless_shell-21/chrome-linux64/chrome')
  put('cache/firefox-99/firefox/firefox')
  expect(find()?.path).toBe(path)
})

it('knows the folder’s older name', () => {
  const path = put('cache/chromium-19/chrome-linux/chrome')
  expect(find()?.path).toBe(path)
})

it('finds Playwright’s folder on a Mac, some folders further up', () => {
  const app = 'chrome-mac-arm64/Chrome.app/Contents/MacOS/Chrome'
  const path = put(`cache/chromium-19/${app}`)
  const own = cache(`chromium-20/${app}`)
  expect(findBrowser({ env: {}, platform: 'darwin', playwrights: own })?.path).toBe(path)
})

it('takes the system’s Chromium before its Chrome, wherever in PATH', () => {
  put('first/google-chrome')
  const path = put('second/chromium')
  const PATH = [join(folder, 'first'), join(folder, 'second')].join(delimiter)
  expect(find({ PATH })).toEqual({ path, from: 'the system' })
})

it('looks where Windows puts it', () => {
  const path = put('programs/Google/Chrome/Application/chrome.exe')
  const env = { PROGRAMFILES: join(folder, 'programs') }
  expect(findBrowser({ env, platform: 'win32', playwrights: undefined })?.path).toBe(path)
})

it('finds none where there is none', () => {
  expect(find({ PATH: join(folder, 'bin') })).toBeNull()
  expect(find()).toBeNull()
})
