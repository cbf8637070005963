import type { ReduxConnectOptions, ReduxExtension } from '../../../devtools/src/bridges/redux-extension'

interface Sent {
  readonly action: { type: string } & Record<string, unknown>
  readonly state: ShownState
}

export interface ShownState {
  readonly sequence: number
  readonly lifecycles: Record<
    string,
    { status: string; view: { ordinal: number } | null; room: string | null }
  >
}

export interface FakeExtension extends ReduxExtension {
  readonly connected: readonly ReduxConnectOptions[]
  /** Everything that went to the extension, as its text. */
  readonly everything: string
  /** The states given to `init`. */
  readonly inits: readonly ShownState[]
  /** Since the last `init`. */
  readonly sent: readonly Sent[]
  readonly listeners: number
  /** What the extension says to every listener. */
  say(message: unknown): void
  /** As its monitor would. */
  dispatch(payload: object, state?: unknown): void
  jumpTo(sequence: number): void
}

/**
 * The extension as its page script behaves (3.2): texts are made at once, `send` does nothing while paused, and
 * `features` are not enforced. A monitor is open unless told; with `pauses: false` pausing is left to who is connected.
 */
export function fakeExtension({ monitor = true, pauses = true } = {}): FakeExtension {
  const connected: ReduxConnectOptions[] = []
  const inits: ShownState[] = []
  const texts: string[] = []
  let sent: Sent[] = []
  let paused = !monitor
  const listeners = new Set<(message: unknown) => void>()
  const say = (message: unknown) => {
    const { type, payload } = message as { type?: string; payload?: { type: string; status: boolean } }
    if (type === 'START') paused = false
    if (type === 'STOP') paused = true
    if (pauses && type === 'DISPATCH' && payload?.type === 'PAUSE_RECORDING') paused = payload.status
    for (const listener of listeners) listener(message)
  }
  const dispatch = (payload: object, state?: unknown) =>
    say({ type: 'DISPATCH', payload, ...(state === undefined ? {} : { state }) })
  return {
    connect(options) {
      connected.push(options)
      return {
        init(state) {
          texts.push(JSON.stringify(state))
          inits.push(JSON.parse(JSON.stringify(state)))
          sent = []
        },
        send(action, state) {
          if (paused) return
          texts.push(JSON.stringify(action), JSON.stringify(state))
          sent.push(JSON.parse(JSON.stringify({ action, state })))
        },
        subscribe(listener) {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
        unsubscribe: () => listeners.clear(),
      }
    },
    connected,
    inits,
    get sent() {
      return sent
    },
    get everything() {
      return texts.join('\n')
    },
    get listeners() {
      return listeners.size
    },
    say,
    dispatch,
    jumpTo(sequence) {
      const index = sent.findIndex(({ state }) => state.sequence === sequence)
      dispatch({ type: 'JUMP_TO_ACTION', actionId: index + 1 }, JSON.stringify(sent[index]?.state))
    },
  }
}
