import type { Clock } from 'livekit-token-store'
import type { TokenRecord } from '../recorder/record'
import type { Recorder, RecorderStatus } from '../recorder/types'
import { createAnnouncer } from './announcer'
import { createActions } from './create-actions'
import { patch } from './dom/patch'
import { measure, sameMeasures } from './measure'
import { createPanelModel } from './model/panel-model'
import { createPanesLoader } from './panes-loader'
import { createStage } from './stage'
import type { UiState } from './ui-state'
import { panelView } from './view/panel'

export interface PanelSetup {
  readonly recorder: Recorder
  readonly clock: Clock
  readonly root: ShadowRoot
  readonly ui: UiState
  readonly embedded: boolean
  /** Escape, or the button: the owner calls `stop` then, and takes the focus. */
  readonly onClose: () => void
  /** Each change of what is shown, for who keeps it. */
  readonly onUi: (ui: UiState) => void
}

/** Data flows one way: records and `ui` make the model, the model makes the view, the view asks for actions. */
export function createPanel({ recorder, clock, root, ui, embedded, onClose, onUi }: PanelSetup) {
  const modelOf = createPanelModel()
  const frame = root.ownerDocument.createElement('div')
  const stage = createStage(root, frame, () => set({ popped: false }))
  let records: readonly TokenRecord[] = []
  let status: RecorderStatus
  let frameRequest: { view: Window; id: number } | null = null
  let tick: unknown
  let focusNext = ''
  let running = true

  const set = (change: Partial<UiState>) => {
    ui = { ...ui, ...change }
    onUi(ui)
    schedule()
  }
  const panes = createPanesLoader(
    (style) => {
      stage.addStyle(style)
      schedule()
    },
    () => set({ notice: 'A part of the panel could not be loaded.' }),
  )
  const announcer = createAnnouncer(clock, (said) => set({ said }))
  const act = createActions({
    recorder,
    clock,
    frame,
    stage,
    onClose,
    set,
    ui: () => ui,
    focus: (selector) => {
      focusNext = selector
      schedule()
    },
  })

  /** However much happens in a frame, it is drawn once. */
  function schedule() {
    const view = frame.ownerDocument.defaultView
    if (!running || !view || frameRequest?.view === view) return
    // The window it was in may be closed, or hidden, and draws no more.
    frameRequest?.view.cancelAnimationFrame(frameRequest.id)
    frameRequest = { view, id: view.requestAnimationFrame(render) }
  }

  function render() {
    frameRequest = null
    if (!running) return
    const model = modelOf(records, status, ui, clock.now())
    draw(model)
    // What was drawn tells how much room there is; when that is news, it is drawn again before anybody sees it.
    const measured = measure(frame, ui)
    if (!sameMeasures(measured, ui.measured)) {
      ui = { ...ui, measured }
      draw(model)
    }
    if (focusNext) frame.querySelector<HTMLElement>(focusNext)?.focus()
    focusNext = ''
    announcer.tell(model, ui)
    clock.clearTimeout(tick)
    // Countdowns go on, and so does the present; an imported session stands still.
    if (!frame.ownerDocument.hidden && !status.imported) tick = clock.setTimeout(schedule, 1_000)
  }

  function draw(model: ReturnType<typeof modelOf>) {
    stage.size(ui)
    patch(frame, [panelView(model, ui, act, embedded, panes)])
  }

  /** Whoever is quicker than the screen acts on what the last key did, not on what is still to be seen. */
  function catchUp() {
    if (!frameRequest) return
    frameRequest.view.cancelAnimationFrame(frameRequest.id)
    render()
  }
  for (const type of ['keydown', 'pointerdown', 'wheel']) frame.addEventListener(type, catchUp, true)

  const subscriptions = [
    recorder.status$.subscribe((next) => {
      // Another session: nothing that was picked in the one before is in it.
      if (status && next.imported !== status.imported)
        set({ life: null, moment: null, selected: null, zoom: { span: null, end: null } })
      status = next
      schedule()
    }),
    recorder.records$.subscribe((next) => {
      records = next
      schedule()
    }),
  ]
  const resized = new ResizeObserver(schedule)
  const onVisible = () => schedule()
  root.ownerDocument.addEventListener('visibilitychange', onVisible)
  root.append(frame)
  render()
  resized.observe(frame.firstElementChild!)

  return {
    stop() {
      running = false
      for (const subscription of subscriptions) subscription.unsubscribe()
      resized.disconnect()
      root.ownerDocument.removeEventListener('visibilitychange', onVisible)
      clock.clearTimeout(tick)
      announcer.stop()
      frameRequest?.view.cancelAnimationFrame(frameRequest.id)
      stage.close()
      frame.remove()
    },
  }
}
