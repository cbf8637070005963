import { useEffect, useReducer } from 'preact/hooks'
import type { Page } from '../page'

/** Renders anew when something happened, at most once a frame: a machine may step a thousand times in one. */
export function usePage(page: Page): void {
  const [, render] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    let frame = 0
    const stop = page.subscribe(() => {
      frame ||= requestAnimationFrame(() => {
        frame = 0
        render(undefined)
      })
    })
    // What happened between the first render and this effect.
    render(undefined)
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [page])
}
