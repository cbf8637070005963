// The page of the benchmark: an app's, as a bundler builds it, under the policy of one with something to lose.
import { createServer } from 'node:http'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { findBrowser } from '../../scripts/find-browser.mjs'
import { HOW_TO_GET_A_BROWSER } from '../../scripts/setup.mjs'

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url))
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; base-uri 'none'"
const HTML =
  '<!doctype html><html lang="en"><title>An app</title><script type="module" src="/page.js"></script><main></main>'

/** Serves it on loopback. @returns What opens it in a browser of its own, and what ends both. */
export async function servePage() {
  const files = await bundle()
  const server = createServer(({ url = '/' }, response) => {
    const script = files.get(url)
    if (script) response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script)
    else if (url !== '/') response.writeHead(404).end()
    else response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': POLICY }).end(HTML)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const address = /** @type {import('node:net').AddressInfo} */ (server.address())
  const browser = await launch()
  return {
    /** A fresh one, in which everything has happened already. */
    async open() {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
      page.setDefaultTimeout(120_000)
      /** @type {string[]} */
      const errors = []
      page.on('pageerror', ({ message }) => errors.push(message))
      await page.goto(`http://127.0.0.1:${address.port}`)
      await page.waitForFunction(() => window.bench)
      return { page, errors }
    },
    version: browser.version(),
    async close() {
      await browser.close()
      server.close()
    },
  }
}

async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [here('page.ts')],
    tsconfig: here('../../tsconfig.json'),
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outdir: here('built'),
    write: false,
    logLevel: 'error',
  })
  return new Map(outputFiles.map(({ path, text }) => [`/${basename(path)}`, text]))
}

function launch() {
  const found = findBrowser()
  if (!found) throw new Error(`There is no browser here. ${HOW_TO_GET_A_BROWSER}`)
  // Chromium refuses to sandbox what root runs.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({
    executablePath: found.path,
    args: ['--disable-gpu', '--disable-background-networking', '--no-first-run', ...sandbox],
  })
}
