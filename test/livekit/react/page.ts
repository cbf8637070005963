import { afterAll } from 'vitest'
import { builtinEnvironments } from 'vitest/runtime'

/**
 * vitest's own jsdom, for a test that starts a server too: where a file names jsdom as its environment, its modules
 * are read as a browser's, and the helpers that start a server have no path. To be imported first, as React looks
 * for the page when it is loaded.
 */
const bytes = { ArrayBuffer: globalThis.ArrayBuffer, Uint8Array: globalThis.Uint8Array }
const page = await builtinEnvironments.jsdom.setup(globalThis, {})
// Node's crypto and sockets take no bytes of the page's own kind.
Object.assign(globalThis, bytes)
afterAll(() => page.teardown(globalThis))
