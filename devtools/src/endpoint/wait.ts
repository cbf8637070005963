import type { ServerResponse } from 'node:http'
import type { Clock } from 'livekit-token-store'

/** Resolves true after `delayMs`, or false as soon as there is nobody left to answer; leaves no timer behind. */
export function wait(clock: Clock, delayMs: number, response: ServerResponse): Promise<boolean> {
  if (response.closed || delayMs === 0) return Promise.resolve(!response.closed)
  return new Promise((resolve) => {
    const leave = () => {
      clock.clearTimeout(timer)
      resolve(false)
    }
    const timer = clock.setTimeout(() => {
      response.off('close', leave)
      resolve(true)
    }, delayMs)
    response.once('close', leave)
  })
}
