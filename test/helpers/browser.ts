import { type Browser, chromium } from 'playwright-core'
import { describe } from 'vitest'
import { findBrowser } from '../../scripts/find-browser.mjs'
import { HOW_TO_GET_A_BROWSER } from '../../scripts/setup.mjs'

const found = findBrowser()

/** What Chromium asks of the network by itself, and what a test machine lacks. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
]

/** @throws {Error} when there is none. */
export async function launchBrowser(): Promise<Browser> {
  if (!found) throw new Error(`There is no browser here. ${HOW_TO_GET_A_BROWSER}`)
  // Chromium refuses to sandbox what root runs.
  const args = process.getuid?.() === 0 ? [...QUIET, '--no-sandbox'] : QUIET
  return chromium.launch({ executablePath: found.path, args })
}

/** A suite that drives a real browser: skipped with the reason where there is none, but in CI it fails. */
export function describeWithBrowser(name: string, suite: () => void): void {
  const skipped = !found && !process.env.CI
  const why = skipped ? ` (skipped: there is no browser here. ${HOW_TO_GET_A_BROWSER})` : ''
  describe.skipIf(skipped)(name + why, suite)
}
