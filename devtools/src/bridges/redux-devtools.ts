import { checkRecorder } from '../recorder/check-recorder'
import type { TokenRecord } from '../recorder/record'
import type { Recorder } from '../recorder/types'
import { checkOption, checkOptions, isFilled } from './check-option'
import { followRecords } from './follow-records'
import { type KnownLifecycles, LifecycleHistory, lifecyclesAfter } from './lifecycle-history'
import { type LifecycleState, nameOf } from './lifecycle-state'
import { once } from './once'
import { recordTitle } from './record-title'
import { type ReduxExtension, type ReduxOrder, readReduxOrder } from './redux-extension'

export interface ReduxDevtoolsOptions {
  /** What the extension calls it. Default: 'LiveKit tokens'. */
  name?: string | undefined
  /** How many actions the extension shows, the oldest go first; from 2. Default: 500. */
  maxAge?: number | undefined
  /**
   * Told which record the extension jumped to, null when it is back at the present: for a panel to show the same.
   * Nothing else follows a jump.
   */
  onJump?: ((sequence: number | null) => void) | undefined
  /** Default: the browser's, `window.__REDUX_DEVTOOLS_EXTENSION__`. */
  extension?: ReduxExtension | undefined
}

/** The state that the extension shows. */
interface ReduxState {
  /** The record that led here; 0 before the first. */
  readonly sequence: number
  /** By name, 'tokens/1'. */
  readonly lifecycles: Readonly<Record<string, LifecycleState>>
}

/**
 * Shows the lifecycles in the Redux DevTools extension, all in one instance: a state is all lifecycles, an action a
 * record. Without the extension it does nothing. Jumping moves what is shown, and nothing is dispatched or imported.
 *
 * @returns what takes it back.
 * @throws TypeError that quotes the option which is wrong.
 */
export function connectReduxDevtools(recorder: Recorder, options: ReduxDevtoolsOptions = {}): () => void {
  checkRecorder(recorder)
  checkOptions(options)
  const { name = 'LiveKit tokens', maxAge = 500, onJump, extension = installedExtension() } = options
  checkOption('name', isFilled(name), 'a string that is not empty')
  checkOption('maxAge', Number.isSafeInteger(maxAge) && maxAge >= 2, 'a whole number from 2')
  checkOption('onJump', onJump === undefined || typeof onJump === 'function', 'a function')
  if (typeof extension?.connect !== 'function') return () => {}

  const connection = extension.connect({
    name,
    maxAge,
    autoPause: true,
    features: { pause: true, jump: true, export: true },
  })
  const history = new LifecycleHistory(maxAge)
  let present: KnownLifecycles = new Map()
  /** The record that the shown history begins after. */
  let base = 0
  let latest = 0
  let paused = false
  let shown: number | null = null

  const init = () => connection.init(reduxState(history.before, base))
  const send = (record: TokenRecord, lifecycles: KnownLifecycles) =>
    connection.send(actionOf(record), reduxState(lifecycles, record.sequence))

  const show = (sequence: number | null) => {
    if (sequence === shown) return
    shown = sequence
    onJump?.(sequence)
  }

  /** Begins a new history with the present. */
  const begin = () => {
    history.settle()
    base = latest
    init()
    show(null)
  }

  /** A monitor opened: the extension dropped what was sent before that. */
  const tellAll = () => {
    init()
    history.replay(send)
    show(null)
  }

  const obey = (order: ReduxOrder) => {
    switch (order.type) {
      case 'start':
        paused = false
        return tellAll()
      case 'stop':
        return show(null)
      case 'pause':
        paused = order.paused
        return
      case 'commit':
        return begin()
      case 'jump': {
        const { sequence } = order
        if (sequence === latest) return show(null)
        if (sequence === base || history.records.some((record) => record.sequence === sequence))
          show(sequence)
      }
    }
  }

  const stopListening = connection.subscribe((message) => {
    const order = readReduxOrder(message)
    if (order) obey(order)
  })
  init()
  const stopFollowing = followRecords(recorder, {
    tell(record) {
      present = lifecyclesAfter(present, record)
      latest = record.sequence
      base = history.add(record)?.sequence ?? base
      if (!paused) send(record, present)
    },
    cleared() {
      if (history.records.length > 0) begin()
    },
  })
  return once(() => {
    stopFollowing()
    stopListening?.()
    connection.unsubscribe?.()
    show(null)
  })
}

const installedExtension = () =>
  (globalThis as { __REDUX_DEVTOOLS_EXTENSION__?: ReduxExtension }).__REDUX_DEVTOOLS_EXTENSION__

const actionOf = (record: TokenRecord) => ({
  type: `${nameOf(record)} ${recordTitle(record)}`,
  at: record.at,
  sequence: record.sequence,
  ...record.detail,
})

function reduxState(known: KnownLifecycles, sequence: number): ReduxState {
  const lifecycles: Record<string, LifecycleState> = {}
  for (const { name, key, state } of known.values())
    lifecycles[Object.hasOwn(lifecycles, name) ? key : name] = state
  return { sequence, lifecycles }
}
