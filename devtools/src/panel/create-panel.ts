import type { Clock } from 'livekit-token-store'
import type { Observable } from 'rxjs'
import type { Recorder } from '../recorder/types'
import { createAnnouncer } from './announcer'
import { createActions } from './create-actions'
import { patch } from './dom/patch'
import { createFocusKeeper } from './focus-keeper'
import { createFrames } from './frames'
import { createIntake, isAnotherSession } from './intake'
import type { LoadMore } from './load-more'
import { createPanelModel } from './model/panel-model'
import { momentOf } from './model/past'
import { createPanes } from './panes'
import { createStage } from './stage'
import { type Measured, NOTHING_PICKED, type UiState } from './ui-state'
import { panelView } from './view/panel'

export interface PanelSetup {
  readonly recorder: Recorder
  readonly clock: Clock
  readonly moment$: Observable<number | null>
  readonly root: ShadowRoot
  readonly ui: UiState
  readonly embedded: boolean
  readonly loadMore: LoadMore
  /** Escape, or the button: the owner calls `stop` then, and takes the focus. */
  readonly onClose: () => void
  /** Each change of what is shown, for who keeps it. */
  readonly onUi: (ui: UiState) => void
}

/** Data flows one way: records and `ui` make the model, the model makes the view, the view asks for actions. */
export function createPanel({
  recorder,
  loadMore,
  clock,
  moment$,
  root,
  ui,
  embedded,
  onClose,
  onUi,
}: PanelSetup) {
  const modelOf = createPanelModel()
  const frame = root.ownerDocument.createElement('div')
  const panes = createPanes(loadMore, schedule)
  const stage = createStage(root, frame, panes.more, () => {
    set({ popped: false })
    focus.next()
  })
  const focus = createFocusKeeper(frame)
  /** For the user, who is not to wait. */
  let asked = false
  let drawn = false
  let tick: unknown
  let running = true

  function ask() {
    if (running) frames.ask()
  }
  function schedule() {
    asked = true
    ask()
  }
  const set = (change: Partial<UiState>) => {
    // A promise that somebody waited for may be kept when the panel is gone.
    if (!running) return
    if (change.tab) panes.retry()
    ui = { ...ui, ...change }
    onUi(ui)
    schedule()
  }
  const frames = createFrames(frame, (time) => {
    const before = intake.shown
    const news = intake.take(time)
    if (isAnotherSession(before, intake.shown)) set(NOTHING_PICKED)
    const pane = panes.take()
    if (pane) stage.addStyle(pane.style)
    if (news || asked || pane) render()
    if (intake.waiting || panes.waiting) ask()
  })
  const intake = createIntake(recorder, ask)
  const announcer = createAnnouncer(clock, (said) => set({ said }))
  const act = createActions({
    recorder,
    clock,
    frame,
    stage,
    more: panes.more,
    onClose,
    set,
    ui: () => ui,
    focus: (selector) => {
      focus.next(selector)
      schedule()
    },
  })

  function render() {
    asked = false
    const { records, status } = intake.shown
    const model = modelOf(records, status, ui, clock.now())
    focus.before()
    draw(model)
    // What was drawn tells how much room there is; when that is news, it is drawn again before anybody sees it.
    const width = frame.firstElementChild!.clientWidth
    const measured = { ...ui.measured, width, ...panes.measure(frame, ui) }
    if (!isSame(measured, ui.measured)) {
      ui = { ...ui, measured }
      draw(model)
    }
    focus.after()
    announcer.tell(model, ui)
    if (!drawn) resized.observe(frame.firstElementChild!)
    drawn = true
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
    if (intake.waiting || panes.waiting) ask()
  }
  for (const type of ['keydown', 'pointerdown', 'wheel'])
    frame.addEventListener(type, catchUp, { capture: true, passive: true })

  const moved = moment$.subscribe({
    next(sequence) {
      if (sequence === null) act.look(null)
      else if (Number.isSafeInteger(sequence)) act.look(momentOf(intake.shown.records, sequence))
    },
    // Whoever made the stream hears of it where it was made.
    error: () => {},
  })
  const resized = new ResizeObserver(schedule)
  const onVisible = () => schedule()
  root.ownerDocument.addEventListener('visibilitychange', onVisible)
  root.append(frame)
  // In a frame of its own: until now the browser was busy with the panel's code.
  schedule()

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

const isSame = (a: Measured, b: Measured): boolean =>
  (Object.keys(a) as (keyof Measured)[]).every((name) => a[name] === b[name])
