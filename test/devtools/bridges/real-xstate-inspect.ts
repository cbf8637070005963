import { createRequire } from 'node:module'

/** What a receiver of `@xstate/inspect` hears, parsed: a machine and a state of XState 4. */
export interface HeardEvent {
  readonly type: 'service.register' | 'service.event' | 'service.state' | 'service.stop'
  readonly sessionId: string
  readonly id?: string
  readonly machine?: { readonly id: string; readonly states: Record<string, unknown> }
  readonly state?: { readonly value: string; readonly context: Record<string, unknown> }
  readonly event?: { readonly name: string; readonly data: { readonly type: string } }
}

interface Receiver {
  subscribe(next: (event: HeardEvent) => void): { unsubscribe(): void }
  send(command: object): void
  stop?(): void
}

interface XStateInspect {
  createWindowReceiver(options: { window: Window; targetWindow: Window }): Receiver
  createWebSocketReceiver(options: { server: string; protocol?: 'ws' | 'wss' }): Receiver
}

/** The package itself, which only devtools has: it needs XState 4. */
export const { createWindowReceiver, createWebSocketReceiver }: XStateInspect = createRequire(
  new URL('../../../devtools/package.json', import.meta.url),
)('@xstate/inspect')
