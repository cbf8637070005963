import type { Actions } from './actions'

/** A session file dropped anywhere on the panel is read. */
export function onDrop(frame: HTMLElement, act: Actions): void {
  const over = (event: DragEvent, dropping: boolean) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    act.set({ dropping })
  }
  frame.addEventListener('dragover', (event) => over(event, true))
  frame.addEventListener('dragleave', (event) => over(event, false))
  frame.addEventListener('drop', (event) => {
    over(event, false)
    act.importSession(event.dataTransfer?.files[0])
  })
}
