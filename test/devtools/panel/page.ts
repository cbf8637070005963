import { createTokenStore, type TokenStore } from 'livekit-token-store'
import { Subject } from 'rxjs'
import { mountPanel } from '../../../devtools/src/panel/mount-panel'
import type { PanelOptions } from '../../../devtools/src/panel/panel-options'
import { createRecorder } from '../../../devtools/src/recorder/create-recorder'
import type { RecorderOptions } from '../../../devtools/src/recorder/types'

interface AppOptions extends PanelOptions, RecorderOptions {
  /** Rooms to fetch a token for. Default: none. */
  rooms?: string[]
  /** Default: ten minutes. */
  lifetimeMs?: number
}

const part = (value: object) =>
  btoa(JSON.stringify(value)).replace(/[+/=]/g, (sign) => ({ '+': '-', '/': '_' })[sign] ?? '')

/** An app with a store, a recorder and the panel. What it was given as tokens is in `tokens`. */
function startApp({ rooms = [], lifetimeMs = 600_000, ...options }: AppOptions = {}) {
  const tokens: string[] = []
  const calls: string[] = []
  const state = { down: false }
  const store: TokenStore = createTokenStore({
    name: 'tokens',
    refreshJitterMs: 0,
    async fetchToken({ roomName = 'A' }) {
      calls.push(roomName)
      const now = Math.floor(Date.now() / 1_000)
      const claims = {
        sub: 'me',
        nbf: now,
        exp: now + lifetimeMs / 1_000,
        video: { roomJoin: true, room: roomName },
      }
      const participantToken = `${part({ alg: 'HS256' })}.${part(claims)}.${part({ canary: Math.random() })}`
      tokens.push(participantToken)
      if (state.down) throw Object.assign(new Error(`the server echoes ${participantToken}`), { status: 503 })
      return { serverUrl: 'wss://rooms.example', participantToken }
    },
  })
  const recorder = createRecorder(options)
  recorder.attach(store)
  const moment$ = new Subject<number | null>()
  const unmount = mountPanel(recorder, document.querySelector('main')!, {
    // All panes are looked at, unless a test says otherwise.
    tab: 'overview',
    ...options,
    moment$,
  })
  const fetched = Promise.all(rooms.map((roomName) => store.fetch({ roomName })))
  return { store, recorder, unmount, moment$, tokens, calls, state, fetched }
}

export type App = ReturnType<typeof startApp>

declare global {
  interface Window {
    startApp: typeof startApp
    app: App
    violations: string[]
  }
}

window.violations = []
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  window.violations.push(`${effectiveDirective} ${blockedURI}`),
)
window.startApp = (options) => {
  window.app = startApp(options)
  return window.app
}
