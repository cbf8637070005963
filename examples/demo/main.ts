import { BehaviorSubject, EMPTY, switchMap } from 'rxjs'
import { createAnnouncer } from './announcer'
import { loadConfig } from './config'
import { byId, setText } from './dom'
import { createNetwork } from './network'
import { ordinalOf, roomState$ } from './room-state'
import { ROOMS } from './rooms'
import { createTokens } from './tokens'
import { createConditions } from './view/conditions'
import { createExcerpt } from './view/excerpt'
import { createHistory } from './view/history'
import { createRoomCard } from './view/room-card'
import { createSourcePanel } from './view/source-panel'

/** The state shows what came of it; a rejection nobody waits for is not news. */
const letStateTell = (asked: Promise<unknown>) => void asked.catch(() => {})

async function start(): Promise<void> {
  const { endpoint, ttlSeconds } = await loadConfig(location.search)
  const network = createNetwork()
  const { store, source, lifecycles } = createTokens(endpoint, network)
  const announce = createAnnouncer(byId('announcements'))
  const history = createHistory(ROOMS)

  setText(byId('endpoint'), new URL(endpoint).origin)
  setText(byId('ttl'), `${ttlSeconds} s`)
  byId('conditions').append(createConditions(network))
  byId('history').append(history.element)
  byId('source').append(createSourcePanel(source, ROOMS, network))
  byId('excerpt').append(createExcerpt())

  store.events$.subscribe((event) => {
    const room = lifecycles.find(({ lifecycle }) => ordinalOf(store, lifecycle) === event.lifecycle)?.room
    if (!room) return
    history.add(event, room)
    if (event.type === 'state') announce(room.name, `${room.title} is ${event.to}.`)
  })

  for (const { room, lifecycle } of lifecycles) {
    const observed$ = new BehaviorSubject(true)
    const card = createRoomCard(room, {
      fetch: () => letStateTell(lifecycle.fetch()),
      refresh: () => letStateTell(lifecycle.refresh()),
      invalidate: () => lifecycle.invalidate(),
      observe: (on) => observed$.next(on),
    })
    byId('rooms').append(card.element)
    // The one subscription that counts: while it is there, the token is kept fresh.
    observed$.pipe(switchMap((observed) => (observed ? lifecycle.state$ : EMPTY))).subscribe()
    roomState$(store, lifecycle, observed$).subscribe(card.render)
    letStateTell(lifecycle.fetch())
  }
}

start().catch((error: unknown) => {
  const told = byId('trouble')
  told.hidden = false
  setText(
    told,
    `The demo could not start: ${error instanceof Error ? error.message : 'the reason is unknown'}.`,
  )
})
