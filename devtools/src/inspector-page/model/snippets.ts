export interface Snippet {
  readonly title: string
  readonly about: string
  readonly code: string
}

/** How an app connects to the page at that address, by what the app is made of. */
export function snippets(pageUrl: string): readonly Snippet[] {
  const url = new URL('./', pageUrl).href
  const socket = url.replace(/^http/, 'ws')
  return [
    {
      title: 'Token stores',
      about: 'In a browser, development only. In Node, import from livekit-token-devtools/node.',
      code: `import { connectInspector, createRecorder } from 'livekit-token-devtools'

const recorder = createRecorder()
recorder.attach(store)
connectInspector(recorder, {
  url: '${url}',
})`,
    },
    {
      title: 'XState 4',
      about: 'As a window of its own; with an iframe, pass the element. Start services with devTools: true.',
      code: `import { inspect } from '@xstate/inspect'

inspect({
  url: '${url}',
  iframe: false,
})`,
    },
    {
      title: 'XState 5',
      about: 'As a window of its own; with an iframe, pass the element.',
      code: `import { createBrowserInspector } from '@statelyai/inspect'

const { inspect } = createBrowserInspector({
  url: '${url}',
})
createActor(machine, { inspect }).start()`,
    },
    {
      title: 'XState 5 in Node',
      about: 'Or from a browser, without a window.',
      code: `import { createWebSocketInspector } from '@statelyai/inspect'

const { inspect } = createWebSocketInspector({
  url: '${socket}',
})
createActor(machine, { inspect }).start()`,
    },
  ]
}
