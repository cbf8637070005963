import type { Clock } from 'livekit-token-store'
import { systemClock } from '../../clock'
import { checkRecorder } from '../../recorder/check-recorder'
import { isLast, keyOf } from '../../recorder/record'
import type { Recorder } from '../../recorder/types'
import { followRecords } from '../follow-records'
import { checkedAddress, type InspectorAddress } from '../inspector-address'
import { once } from '../once'
import { createSessionIds } from '../session-ids'
import { openWire } from '../wire'
import { Inspection } from './inspection'
import { LifecycleService } from './lifecycle-service'

/**
 * Shows the lifecycles to an inspector that speaks XState 4's protocol, a page or a WebSocket, through
 * `@xstate/inspect` itself: each is a service with the token machine's chart. The inspector asks and is told the
 * present; what happens follows, and what happened while nobody listened does not. Whatever else it or anybody sends
 * is not heard: nothing can be dispatched.
 *
 * @param clock paces the reconnects. Default: the machine's.
 * @returns what takes it back.
 * @throws TypeError that quotes the option which is wrong. Error when the browser blocks the window.
 */
export function connectXStateInspect(
  recorder: Recorder,
  options: InspectorAddress,
  clock: Clock = systemClock,
): () => void {
  checkRecorder(recorder)
  const address = checkedAddress(options)
  const sessionOf = createSessionIds(clock)
  const services = new Map<string, LifecycleService>()
  const inspection = new Inspection((frame) => wire.send(frame))
  const wire = openWire(
    address,
    {
      // Who dialled may speak at once; whoever else listens there asks.
      onOpen: () => inspection.present(),
      onClose: () => {},
      onMessage(data) {
        if (asksForPresent(data)) inspection.present()
      },
    },
    clock,
  )
  const stopFollowing = followRecords(recorder, {
    tell(record) {
      const key = keyOf(record)
      const known = services.get(key)
      const service = known ?? new LifecycleService(record, sessionOf(record))
      if (known) known.tell(record)
      else inspection.register(service)
      services.set(key, service)
      if (!isLast(record)) return
      services.delete(key)
      service.stop()
    },
  })
  return once(() => {
    stopFollowing()
    inspection.end()
    wire.close()
  })
}

const asksForPresent = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'xstate.inspecting'
