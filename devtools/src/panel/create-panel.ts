import type { Clock } from 'livekit-token-store'
import type { Observable } from 'rxjs'
import type { Recorder } from '../recorder/types'
import { createAnnouncer } from './announcer'
import { createActions } from './create-actions'
import { patch } from './dom/patch'
import { createFrames } from './frames'
import { createIntake } from './intake'
import { measure, sameMeasures } from './measure'
import { createPanelModel } from './model/panel-model'
import { momentOf } from './model/past'
import { createPanes } from './panes'
import { createStage } from './stage'
import { NOTHING_PICKED, type UiState } from './ui-state'
import { panelView } from './view/panel'

export interface PanelSetup {
  readonly recorder: Recorder
  readonly clock: Clock
  readonly moment$: Observable<number | null>
  readonly root: ShadowRoot
  readonly ui: UiState
  readonly embedded: boolean
  /** Escape, or the button: the owner calls `stop` then, and takes the focus. */
  readonly onClose: () => void
  /** Each change of what is shown, for who keeps it. */
  readonly onUi: (ui: UiState) => void
}

/** Data flows one way: records and `ui` make the model, the model makes the view, the view asks for actions. */
export function createPanel({ recorder, clock, moment$, root, ui, embedded, onClose, onUi }: PanelSetup) {
  const modelOf = createPanelModel()
  const frame = root.ownerDocument.createElement('div')
  const stage = createStage(root, frame, () => set({ popped: false }))
  /** For the user, who is not to wait. */
  let asked = false
  let tick: unknown
  let focusNext = ''
  let running = true

  const schedule = () => {
    asked = true
    if (running) frames.ask()
  }
  const set = (change: Partial<UiState>) => {
    ui = { ...ui, ...change }
    onUi(ui)
    schedule()
  }
  const frames = createFrames(frame, (time) => {
    const { imported } = intake.shown.status
    const news = intake.take(time)
    // Another session: nothing that was picked in the one before is in it.
    if (intake.shown.status.imported !== imported) set(NOTHING_PICKED)
    const pane = panes.take()
    if (pane) stage.addStyle(pane.style)
    if (news || asked || pane) render()
    if (intake.waiting || panes.waiting) frames.ask()
  })
  const intake = createIntake(recorder, () => frames.ask())
  const panes = createPanes(
    () => frames.ask(),
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

  function render() {
    asked = false
    const { records, status } = intake.shown
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
  function catchUp({ type, target }: Event) {
    // The wheel acts on the timeline alone; anywhere else it is the browser that scrolls.
    if (!asked || (type === 'wheel' && !(target as Element).closest('.plot'))) return
    frames.cancel()
    render()
    if (intake.waiting || panes.waiting) frames.ask()
  }
  for (const type of ['keydown', 'pointerdown', 'wheel'])
    frame.addEventListener(type, catchUp, { capture: true, passive: true })

  const moved = moment$.subscribe((sequence) =>
    act.look(sequence === null ? null : momentOf(intake.shown.records, sequence)),
  )
  const resized = new ResizeObserver(schedule)
  const onVisible = () => schedule()
  root.ownerDocument.addEventListener('visibilitychange', onVisible)
  root.append(frame)
  render()
  resized.observe(frame.firstElementChild!)

  return {
    set,
    stop() {
      running = false
      intake.stop()
      moved.unsubscribe()
      resized.disconnect()
      root.ownerDocument.removeEventListener('visibilitychange', onVisible)
      clock.clearTimeout(tick)
      announcer.stop()
      frames.cancel()
      stage.close()
      frame.remove()
    },
  }
}
