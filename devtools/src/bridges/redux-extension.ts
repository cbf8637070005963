/** As much of the Redux DevTools extension as the bridge uses: `window.__REDUX_DEVTOOLS_EXTENSION__`. */
export interface ReduxExtension {
  connect(options: ReduxConnectOptions): ReduxConnection
}

export interface ReduxConnectOptions {
  name: string
  maxAge: number
  /** Nothing is sent before a monitor opens. */
  autoPause: boolean
  /** Given at all, it allows what is named and nothing else; the extension only hides the rest. */
  features: { pause: true; jump: true; export: true }
}

export interface ReduxConnection {
  init(state: object): void
  send(action: { type: string }, state: object): void
  subscribe(listener: (message: unknown) => void): (() => void) | undefined
  /** Lets go of this instance; `disconnect` of the extension would end the app's own too. */
  unsubscribe?(): void
}

/** What the monitor asks for, as far as it is obeyed. */
export type ReduxOrder =
  | { readonly type: 'start' | 'stop' | 'commit' }
  | { readonly type: 'pause'; readonly paused: boolean }
  | { readonly type: 'jump'; readonly sequence: number }

/**
 * Reads a message of the extension. Whatever would change the app (dispatch, import, toggle, reorder, lock) is no
 * order: the extension lets it through, whatever `features` says.
 */
export function readReduxOrder(message: unknown): ReduxOrder | null {
  const { type, payload, state } = fields(message)
  if (type === 'START') return { type: 'start' }
  if (type === 'STOP') return { type: 'stop' }
  if (type !== 'DISPATCH') return null
  const order = fields(payload)
  switch (order.type) {
    case 'COMMIT':
    // The records are the recorder's: to forget them is not this tool's to order.
    case 'RESET':
      return { type: 'commit' }
    case 'PAUSE_RECORDING':
      return { type: 'pause', paused: order.status === true }
    case 'JUMP_TO_STATE':
    case 'JUMP_TO_ACTION': {
      const sequence = sequenceOf(state)
      return sequence === null ? null : { type: 'jump', sequence }
    }
    default:
      return null
  }
}

/** The state that is jumped to comes back as the JSON that was sent; of it the number alone is read. */
function sequenceOf(state: unknown): number | null {
  if (typeof state !== 'string') return null
  try {
    const { sequence } = fields(JSON.parse(state))
    return Number.isSafeInteger(sequence) ? (sequence as number) : null
  } catch {
    return null
  }
}

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
