import { createRecorder } from 'livekit-token-devtools'
import { connectXStateInspect } from 'livekit-token-devtools/xstate-inspect'
import { createTokenStore } from 'livekit-token-store'
import { connectPerformanceTrack } from '../../../../devtools/src/bridges/performance-track'
import { connectStatelyInspect } from '../../../../devtools/src/bridges/stately-inspect'

const bridges = { connectStatelyInspect, connectXStateInspect }

/** An app with a real store, whose fetcher gives the token in its address' hash, and now and then an error with it. */
const participantToken = decodeURIComponent(location.hash.slice(1))
let failing = false
const store = createTokenStore({
  retry: { maxAttempts: 1 },
  fetchToken() {
    if (failing) throw Object.assign(new Error(`401 for ${participantToken}`), { status: 503 })
    return { serverUrl: 'wss://rooms.example', participantToken }
  },
})
const recorder = createRecorder()
recorder.attach(store)
const stops: (() => void)[] = []
const heard: unknown[] = []
addEventListener('message', ({ data, origin }) => heard.push({ data, origin }))

export const app = {
  heard,
  connect(name: keyof typeof bridges, url: string, origin = new URL(url).origin) {
    stops.push(bridges[name](recorder, { url, origin }))
  },
  trackPerformance: () => void stops.push(connectPerformanceTrack(recorder)),
  async live() {
    await store.fetch({ roomName: 'A' })
    failing = true
    await store.refresh({ roomName: 'A' }).catch(() => {})
    await store.fetch({ roomName: 'B' }).catch(() => {})
    failing = false
    store.invalidate()
  },
  stop() {
    for (const stop of stops.splice(0)) stop()
  },
}
Object.assign(globalThis, { app })
