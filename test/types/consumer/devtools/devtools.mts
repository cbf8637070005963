import {
  type CommandName,
  connectConsole,
  connectInspector,
  connectPerformanceTrack,
  connectReduxDevtools,
  connectStatelyInspect,
  createRecorder,
  mountPanel,
  type Recorder,
  type TokenRecord,
} from 'livekit-token-devtools'
import { startInspector } from 'livekit-token-devtools/node'
import { connectXStateInspect } from 'livekit-token-devtools/xstate-inspect'
import type { TokenStore } from 'livekit-token-store'

declare const store: TokenStore

const recorder: Recorder = createRecorder({ maxRecords: 100, maxBytes: 10_000, allowCommands: true })
const detach: () => void = recorder.attach(store)
recorder.records$.subscribe((records: readonly TokenRecord[]) => {
  const [first] = records
  const to: 'idle' | 'fetching' | 'valid' | 'expiring' | 'refreshing' | 'failed' | null = first?.to ?? null
  console.log(to, first?.view?.expiresAt, first?.mono, first?.sequence, first?.storeId)
})
const name: CommandName = 'simulate-offline'
recorder.command('1', name)
// @ts-expect-error: the list is closed.
recorder.command('1', 'explode')

const address = { url: 'http://127.0.0.1:1/', origin: 'http://127.0.0.1:1' }
export const disconnects: (() => void)[] = [
  detach,
  mountPanel(recorder),
  connectConsole(recorder, { level: 'debug' }),
  connectInspector(recorder, { url: address.url }),
  connectPerformanceTrack(recorder),
  connectReduxDevtools(recorder),
  connectStatelyInspect(recorder, address),
  connectXStateInspect(recorder, address),
]
// @ts-expect-error: the origin is never guessed.
connectStatelyInspect(recorder, { url: address.url })

export const { url, close }: { url: string; close(): Promise<void> } = await startInspector({
  recorder,
  port: 0,
  open: false,
  allowedOrigins: ['http://localhost:5173'],
  dial: ['ws://127.0.0.1:8888'],
})
