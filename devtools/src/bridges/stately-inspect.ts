import type { Clock } from 'livekit-token-store'
import { systemClock } from '../clock'
import { checkRecorder } from '../recorder/check-recorder'
import { isLast, type TokenRecord } from '../recorder/record'
import type { Recorder } from '../recorder/types'
import { followRecords } from './follow-records'
import { checkedAddress, type InspectorAddress } from './inspector-address'
import { LifecycleHistory } from './lifecycle-history'
import { type LifecycleState, stateBefore } from './lifecycle-state'
import { once } from './once'
import { createSessionIds } from './session-ids'
import { actorMessage, recordMessages } from './stately-messages'
import { openWire } from './wire'

/** How many records wait for an inspector; two messages each, so as many as upstream keeps. */
const KEPT_RECORDS = 100

/**
 * Shows the lifecycles to an inspector that speaks XState 5's inspection protocol (`@statelyai/inspect`), a page or
 * a WebSocket. What happens before it is there waits, at most 100 records; each is told once, also when the inspector
 * is reloaded or comes back: then the lifecycles are introduced again as they are by then.
 *
 * @param clock paces the reconnects. Default: the machine's.
 * @returns what takes it back.
 * @throws TypeError that quotes the option which is wrong. Error when the browser blocks the window.
 */
export function connectStatelyInspect(
  recorder: Recorder,
  options: InspectorAddress,
  clock: Clock = systemClock,
): () => void {
  checkRecorder(recorder)
  const address = checkedAddress(options)
  const sessionOf = createSessionIds(clock)
  const history = new LifecycleHistory(KEPT_RECORDS)
  const introduced = new Set<string>()
  let connected = false

  const introduce = (record: TokenRecord, state: LifecycleState) => {
    const session = sessionOf(record)
    introduced.add(session)
    wire.send(actorMessage(record, state, session))
  }

  const tellWaiting = () => {
    history.drain((record, state) => {
      const session = sessionOf(record)
      if (!introduced.has(session)) introduce(record, stateBefore(record))
      if (isLast(record)) introduced.delete(session)
      for (const message of recordMessages(record, state, session)) wire.send(message)
    })
  }

  const onOpen = () => {
    connected = true
    for (const { record, state } of history.before.values()) introduce(record, state)
    tellWaiting()
  }

  const wire = openWire(
    address,
    {
      onOpen,
      onClose() {
        connected = false
      },
      onMessage(data) {
        // A page says that it is there. Over a socket nothing is awaited, so nothing is heard.
        if (!address.socket && typeOf(data) === '@statelyai.connected') onOpen()
      },
    },
    clock,
  )
  const stopFollowing = followRecords(recorder, {
    tell(record) {
      history.add(record)
      if (connected && wire.open) tellWaiting()
    },
  })
  return once(() => {
    stopFollowing()
    if (connected) wire.send({ type: '@statelyai.disconnected' })
    wire.close()
  })
}

const typeOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined
