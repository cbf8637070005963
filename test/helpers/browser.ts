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

/** With `args` on top of what keeps it quiet. @throws {Error} when there is none. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  if (!found) throw new Error(`There is no browser here. ${HOW_TO_GET_A_BROWSER}`)
  // Chromium refuses to sandbox what root runs.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath: found.path, args: [...QUIET, ...sandbox, ...args] })
}

/** A suite that drives a real browser: skipped with the reason where there is none, but in CI it fails. */
export function describeWithBrowser(name: string, suite: () => void): void {
  const skipped = !found && !process.env.CI
  const why = skipped ? ` (skipped: there is no browser here. ${HOW_TO_GET_A_BROWSER})` : ''
  describe.skipIf(skipped)(name + why, suite)
}
