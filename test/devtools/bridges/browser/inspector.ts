import { createBrowserReceiver } from '@statelyai/inspect'
import { createWindowReceiver } from '../../../../devtools/node_modules/@xstate/inspect'

/** A page with the receivers that others have, and all that was posted to it. */
export const inspector = {
  stately: [] as unknown[],
  xstate: [] as { type: string }[],
  posted: [] as unknown[],
}
Object.assign(globalThis, { inspector })

addEventListener('message', ({ data, origin }) => inspector.posted.push({ data, origin }))
createBrowserReceiver().subscribe((event) => void inspector.stately.push(event))
createWindowReceiver({ window, targetWindow: window.opener }).subscribe((event) => {
  inspector.xstate.push(event)
})
