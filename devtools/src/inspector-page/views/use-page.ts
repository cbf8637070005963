import { useEffect, useReducer } from 'preact/hooks'
import type { Page } from '../page'

/** ms between two renders: a flood of events is not worth drawing more often than anybody can read. */
const LEAST_MS = 100

/** Renders anew when something happened: at once after a while of quiet, and now and then while much happens. */
export function usePage(page: Page): void {
  const [, render] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const { clock } = page
    let frame = 0
    let timer: unknown
    let last = Number.NEGATIVE_INFINITY
    const inNextFrame = () => {
      timer = undefined
      frame = requestAnimationFrame(() => {
        frame = 0
        last = clock.now()
        render(undefined)
      })
    }
    const stop = page.subscribe(() => {
      if (frame || timer !== undefined) return
      const wait = last + LEAST_MS - clock.now()
      // A clock that was set back makes nobody wait for it.
      if (wait <= 0) inNextFrame()
      else timer = clock.setTimeout(inNextFrame, Math.min(wait, LEAST_MS))
    })
    // What happened between the first render and this effect.
    render(undefined)
    return () => {
      stop()
      clock.clearTimeout(timer)
      cancelAnimationFrame(frame)
    }
  }, [page])
}
