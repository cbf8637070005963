import type { Clock } from 'livekit-token-store'
import { keyOf } from '../recorder/record'
import type { Recorder } from '../recorder/types'
import type { Actions } from './actions'
import { onDrop } from './drop'
import { onPanelKey } from './keys'
import type { Panes } from './panes'
import type { Stage } from './stage'
import type { UiState } from './ui-state'

export interface ActionsSetup {
  readonly recorder: Recorder
  readonly clock: Clock
  readonly frame: HTMLElement
  readonly stage: Stage
  readonly more: Panes['more']
  readonly ui: () => UiState
  readonly set: Actions['set']
  readonly focus: Actions['focus']
  readonly onClose: () => void
}

/** What the views ask for, carried out. What fails is said in the panel, in our own words. */
export function createActions({
  recorder,
  clock,
  frame,
  stage,
  more,
  ui,
  set,
  focus,
  onClose,
}: ActionsSetup): Actions {
  const attempt = async (work: () => unknown, done = '') => {
    try {
      await work()
      set({ notice: done })
    } catch (error) {
      set({ notice: (error as Error).message })
    }
  }
  const act: Actions = {
    set,
    focus,
    select: (record) => set({ selected: record.sequence, life: keyOf(record), stick: false }),
    show(record) {
      act.select(record)
      set({ reveal: ui().reveal + 1 })
    },
    look: (moment) => set({ moment: moment && { sequence: moment.sequence, at: moment.at }, selected: null }),
    command: (lifecycle, name) => attempt(() => recorder.command(lifecycle, name)),
    pause: (paused) => (paused ? recorder.pause() : recorder.resume()),
    clear() {
      set({ moment: null, selected: null, notice: '', stick: true, droppedHidden: false })
      recorder.clear()
    },
    exportSession: () =>
      attempt(async () => {
        const session = recorder.export()
        const { download } = await more()
        download(frame, session, clock)
      }, 'The session was exported.'),
    importSession: (file) =>
      void (file && attempt(async () => recorder.import(await (await more()).read(file)))),
    copy: (text) => attempt(async () => (await more()).copy(frame, text), 'Copied.'),
    prepare: () => void more().catch(() => {}),
    popOut: () =>
      attempt(async () => {
        await stage.popOut()
        if (!stage.popped) return
        set({ popped: true })
        focus()
      }),
    dock: () => stage.dock(),
    close: onClose,
  }
  frame.addEventListener('keydown', (event) => onPanelKey(event, ui(), act))
  onDrop(frame, act)
  // An app's own shortcuts hear of a key in here as one in this element, and not in a field.
  for (const type of ['keydown', 'keypress', 'keyup'])
    frame.addEventListener(type, (event) => {
      if ((event.target as Element).matches('input, select')) event.stopPropagation()
    })
  return act
}
