import { RoomServiceClient } from 'livekit-server-sdk'
import { startTokenEndpoint, type TokenEndpointOptions } from 'livekit-token-devtools/node'
import type { BrowserContext } from 'playwright-core'
import { describe, onTestFinished } from 'vitest'
import { describeWithBrowser, launchBrowser } from '../../helpers/browser'
import { API_KEY, API_SECRET, livekitMissing, startLiveKit } from '../../helpers/livekit-server'
import { startPageServer } from './page-server'
import { openTab } from './tab'

/** WebRTC over loopback alone, and a camera that shows a test picture without asking. */
const CALLS = [
  '--allow-loopback-in-peer-connection',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
]

/** A suite that needs both a real browser and a real LiveKit server. */
export function describeCalls(name: string, suite: () => void): void {
  describeWithBrowser(name, () => describe.skipIf(livekitMissing)('with a real LiveKit server', suite))
}

export type Stage = Awaited<ReturnType<typeof setStage>>

/** A real LiveKit server, a browser, and pages of their own origin that run the script. */
export async function setStage(script = 'client.ts') {
  const server = await startLiveKit()
  const pages = await startPageServer(script)
  const browser = await launchBrowser(CALLS)
  let roomNumber = 0
  return {
    server,
    browser,
    origin: pages.origin,
    /** The server's own view of its rooms. */
    rooms: new RoomServiceClient(server.url.replace(/^ws/, 'http'), API_KEY, API_SECRET),
    roomName: () => `room-${++roomNumber}`,
    /** For the running test: a token endpoint whose tokens the server takes. */
    async endpoint(options: TokenEndpointOptions = {}) {
      const keys = { apiKey: API_KEY, apiSecret: API_SECRET }
      const endpoint = await startTokenEndpoint({ serverUrl: server.url, ...keys, ...options })
      onTestFinished(() => endpoint.close())
      return endpoint
    },
    /** For the running test: a tab, or one more of the same window. */
    async open(context?: BrowserContext) {
      const window = context ?? (await browser.newContext())
      onTestFinished(() => window.close())
      return openTab(window, pages.origin)
    },
    async close() {
      await browser.close()
      await Promise.all([pages.close(), server.stop()])
    },
  }
}
