import { setLogLevel } from 'livekit-client'
import { BehaviorSubject, distinctUntilChanged, EMPTY, map, skip, switchMap } from 'rxjs'
import { createAnnouncer } from './announcer'
import { createCall } from './call/call'
import { callSummary } from './call/summary'
import { loadConfig } from './config'
import { mountDevtools } from './devtools'
import { byId, setText } from './dom'
import { createNetwork } from './network'
import { personOfThisTab } from './person'
import { ordinalOf, roomState$ } from './room-state'
import { roomsOf } from './rooms'
import { createTokens } from './tokens'
import { createCallPanel } from './view/call-panel'
import { createConditions } from './view/conditions'
import { createExcerpts } from './view/excerpt'
import { createHistory } from './view/history'
import { createLiveKitHelp } from './view/livekit-help'
import { createNoCall } from './view/no-call'
import { createRoomCard } from './view/room-card'
import { createSourcePanel } from './view/source-panel'

/** The state shows what came of it; a rejection nobody waits for is not news. */
const letStateTell = (asked: Promise<unknown>) => void asked.catch(() => {})

async function start(): Promise<void> {
  // Its log quotes the token that a server refused, and all else that it has to tell is on the page.
  setLogLevel('silent')
  const { endpoint, livekit, inspector, ttlSeconds } = await loadConfig(location.search)
  const person = await personOfThisTab()
  const rooms = roomsOf(person)
  const network = createNetwork()
  const { store, source, lifecycles } = createTokens(endpoint, network, rooms)
  mountDevtools(store, inspector)
  const announce = createAnnouncer(byId('announcements'))
  const history = createHistory(rooms)

  setText(byId('endpoint'), new URL(endpoint).origin)
  setText(byId('livekit'), livekit ?? 'none')
  setText(byId('ttl'), `${ttlSeconds} s`)
  byId('conditions').append(createConditions(network))
  byId('history').append(history.element)
  byId('source').append(createSourcePanel(source, rooms, network))
  byId('excerpt').append(createExcerpts())
  if (livekit === null) byId('rooms').after(createLiveKitHelp())

  store.events$.subscribe((event) => {
    const room = lifecycles.find(({ lifecycle }) => ordinalOf(store, lifecycle) === event.lifecycle)?.room
    if (!room) return
    history.add(event, room)
    if (event.type === 'state') announce(room.name, `${room.title} is ${event.to}.`)
  })

  for (const { room, lifecycle } of lifecycles) {
    const observed$ = new BehaviorSubject(true)
    const call = createCall(store, room, person)
    const callPanel = livekit === null ? null : createCallPanel(room, call, person)
    const actions = {
      fetch: () => letStateTell(lifecycle.fetch()),
      refresh: () => letStateTell(lifecycle.refresh()),
      invalidate: () => lifecycle.invalidate(),
      observe: (on: boolean) => observed$.next(on),
    }
    const card = createRoomCard(room, actions, callPanel?.element ?? createNoCall(room))
    byId('rooms').append(card.element)
    // The one subscription that counts: while it is there, the token is kept fresh.
    observed$.pipe(switchMap((observed) => (observed ? lifecycle.state$ : EMPTY))).subscribe()
    roomState$(store, lifecycle, observed$).subscribe(card.render)
    call.state$.subscribe((state) => {
      card.renderCall(state)
      callPanel?.render(state)
    })
    call.state$
      .pipe(
        map((state) => callSummary(room.title, state)),
        distinctUntilChanged(),
        skip(1),
      )
      .subscribe((text) => announce(`${room.name}, the room`, text))
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
