/** However often it is asked for in a frame, `draw` is called once, by the window that shows `frame`. */
export function createFrames(frame: HTMLElement, draw: (time: number) => void) {
  let request: { view: Window; id: number } | null = null
  const cancel = () => {
    request?.view.cancelAnimationFrame(request.id)
    request = null
  }
  return {
    ask() {
      const view = frame.ownerDocument.defaultView
      if (!view || request?.view === view) return
      // The window it was in may be closed, or hidden, and draws no more.
      cancel()
      request = {
        view,
        id: view.requestAnimationFrame((time) => {
          request = null
          draw(time)
        }),
      }
    },
    cancel,
  }
}
