// An app with everything that devtools have, in a page; a test bundles it.
import {
  connectConsole,
  connectInspector,
  connectPerformanceTrack,
  connectReduxDevtools,
  mountPanel,
} from 'livekit-token-devtools'
import { fakeExtension } from '../bridges/fake-extension'
import { askEndpoint, stories } from './stories'
import { createWorld } from './world'

interface AppOptions {
  story: string
  /** Default: none. */
  inspector?: string
}

async function startApp({ story, inspector }: AppOptions) {
  const { isNamed, tell } = stories[story]!
  const world = createWorld(isNamed)
  const { recorder, canary, clock } = world
  const redux = fakeExtension()
  Object.assign(globalThis, { __REDUX_DEVTOOLS_EXTENSION__: redux })
  mountPanel(recorder, document.querySelector('main')!, {
    open: true,
    tab: 'overview',
    clock: {
      now: clock.now,
      setTimeout: (callback, ms) => setTimeout(callback, ms),
      clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
    },
  })
  connectConsole(recorder, { level: 'debug' })
  connectReduxDevtools(recorder)
  connectPerformanceTrack(recorder)
  if (inspector !== undefined) connectInspector(recorder, { url: inspector })
  await world.store.fetch(world.request('A'))
  const { fetch } = globalThis
  return {
    recorder,
    redux,
    canary,
    secrets: () => canary.secrets,
    // The server of this page does as it is ordered.
    tell: () =>
      story.includes('endpoint') ? askEndpoint(world, '/token', fetch.bind(globalThis)) : tell(world),
  }
}

export type App = Awaited<ReturnType<typeof startApp>>

declare global {
  var startCanaryApp: (options: AppOptions) => Promise<void>
  var canaryApp: App
  /** What other scripts may hear, kept from before the page's own ran. */
  var overheard: string[]
}

globalThis.startCanaryApp = async (options) => {
  globalThis.canaryApp = await startApp(options)
}
