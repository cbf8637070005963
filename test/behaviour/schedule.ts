import { createTokenStore, type TokenEvent, type TokenState } from 'livekit-token-store'
import { BehaviorSubject, Subject } from 'rxjs'
import { settle, simulatedClock } from '../helpers/clock'
import { counted, type Mood, moodyEndpoint, usable } from './moody-endpoint'
import { claims } from './setup'

/** One thing that happens to a store. */
export type Step =
  | { do: 'advance'; ms: number }
  | { do: 'sleep'; ms: number }
  | { do: 'fetch'; room: string; force: boolean; abortable: boolean }
  | { do: 'abort' }
  | { do: 'wake' }
  | { do: 'invalidate'; room: string | null }
  | { do: 'subscribe'; room: string }
  | { do: 'unsubscribe'; room: string }
  | { do: 'online'; online: boolean }
  | ({ do: 'endpoint' } & Mood)
  | { do: 'clock'; setBackMs: number }
  /** Within the next notification. */
  | { do: 'within'; steps: readonly AtOnce[] }

/** What a listener may do. */
export type AtOnce = Extract<
  Step,
  { do: 'fetch' | 'abort' | 'invalidate' | 'subscribe' | 'unsubscribe' | 'wake' | 'online' }
>

export interface Settings {
  keepFresh: 'observed' | 'always' | 'never'
  luck: readonly number[]
  maxLifecycles: number
  maxAttempts: number
}

const DAY = 86_400_000

/** Plays the steps and says which rules were broken. */
export async function play(settings: Settings, steps: readonly Step[]): Promise<string[]> {
  const broken: string[] = []
  const rule = (holds: boolean, text: string) => {
    if (!holds) broken.push(`${text} (at ${clock.now() - began} ms)`)
  }
  const clock = simulatedClock()
  const began = clock.now()
  const timers = counted(clock)
  const endpoint = moodyEndpoint(clock)
  const online$ = new BehaviorSubject(true)
  const wake$ = new Subject<void>()
  let turn = 0
  const store = createTokenStore({
    clock: timers.clock,
    environment: { online$, wake$ },
    random: () => settings.luck[turn++ % settings.luck.length] ?? 0,
    keepFresh: settings.keepFresh,
    maxLifecycles: settings.maxLifecycles,
    retry: { maxAttempts: settings.maxAttempts },
    fetchToken(request, context) {
      for (const call of endpoint.calls) {
        if (call.request.roomName !== request.roomName) continue
        rule(endpoint.settled.has(call) || call.context.signal.aborted, 'two attempts under way')
      }
      return endpoint.fetchToken(request, context)
    },
  })
  const events: TokenEvent[] = []
  store.events$.subscribe((event) => events.push(event))
  const told = new Map<string, TokenState>()
  const stops = new Map<string, () => void>()
  const waits = new Set<object>()
  const controllers: AbortController[] = []
  const armed: (readonly AtOnce[])[] = []

  const fetch = (step: Extract<Step, { do: 'fetch' }>) => {
    const wait = {}
    waits.add(wait)
    const controller = new AbortController()
    if (step.abortable) controllers.push(controller)
    const request = { roomName: step.room }
    store.fetch(request, { force: step.force, signal: controller.signal }).then(
      (credentials) => {
        waits.delete(wait)
        rule(
          usable(credentials, clock.now()) || endpoint.justCame(credentials),
          'handed over what is not usable',
        )
        rule((claims(credentials).video as { room: string }).room !== undefined, 'handed over nonsense')
      },
      (error: unknown) => {
        waits.delete(wait)
        if (controller.signal.aborted && error === controller.signal.reason) return
        const code = (error as { code?: string } | null)?.code
        rule(code !== undefined, `rejected with ${String(error)}`)
        if (code === 'throttled') {
          const recent = endpoint.calls.filter(
            (call) => call.request.roomName === step.room && clock.now() - call.at < 30_000,
          )
          rule(recent.length >= 10, `throttled after ${recent.length} attempts`)
        }
        if (code === 'disposed' || step.force) return
        rule(
          store.lifecycle(request).getSnapshot().token === null,
          `rejected with ${code} though a token is usable`,
        )
      },
    )
  }

  const observe = (room: string) => {
    const handle = store.lifecycle({ roomName: room })
    const stop = handle.subscribe((state) => {
      told.set(room, state)
      rule(handle.getSnapshot() === state, 'getSnapshot is not the state being told')
    })
    stops.set(room, stop)
  }

  const leave = (room: string) => {
    stops.get(room)?.()
    stops.delete(room)
    told.delete(room)
  }

  const act = async (step: Step) => {
    switch (step.do) {
      case 'advance':
        return clock.advance(step.ms)
      case 'sleep':
        return clock.sleep(step.ms)
      case 'fetch':
        return fetch(step)
      case 'abort':
        for (const controller of controllers.splice(0)) controller.abort()
        return
      case 'wake':
        return wake$.next()
      case 'invalidate':
        return store.invalidate(step.room === null ? undefined : { roomName: step.room })
      case 'online':
        return online$.next(step.online)
      case 'endpoint':
        return endpoint.turn(step)
      case 'unsubscribe':
        return leave(step.room)
      case 'subscribe':
        leave(step.room)
        return observe(step.room)
      case 'clock':
        return clock.jump(-step.setBackMs)
      case 'within':
        return void armed.push(step.steps)
    }
  }
  store.events$.subscribe(() => {
    for (const step of armed.shift() ?? []) act(step)
  })

  const check = (timersRan: boolean) => {
    for (const roomName of ['A', 'B']) {
      const handle = store.lifecycle({ roomName })
      const state = handle.getSnapshot()
      rule(handle.getSnapshot() === state, 'getSnapshot is another each time')
      if (told.has(roomName)) rule(told.get(roomName) === state, 'getSnapshot is not what was told')
      rule(
        (state.token !== null) === ['valid', 'expiring', 'refreshing'].includes(state.status),
        'token, status',
      )
      rule(
        state.attempt === 0 || !['idle', 'failed'].includes(state.status),
        'an attempt though nothing happens',
      )
      if (!timersRan || !state.token) continue
      const { issuedAt, notBefore, expiresAt } = state.token
      const lifetime = expiresAt - (issuedAt ?? notBefore ?? state.token.receivedAt)
      rule(clock.now() < expiresAt - Math.min(10_000, lifetime / 10), 'a token that is not usable')
      if (state.status === 'valid') rule(clock.now() < state.token.refreshAt, 'valid though due')
    }
  }

  for (const step of steps) {
    const before = { now: clock.now(), asked: timers.asked }
    await act(step)
    await settle()
    check(step.do === 'advance')
    const seconds = (clock.now() - before.now) / 1_000
    rule(timers.asked - before.asked <= 40 + 20 * seconds, `spins: ${timers.asked - before.asked} timers`)
  }

  // In the end all is well again, and everybody has an answer within the hour.
  armed.length = 0
  online$.next(true)
  endpoint.turn({ mood: 'good', latencyMs: 0, lifetimeMs: DAY })
  await clock.advance(3_700_000)
  check(true)
  rule(waits.size === 0, `${waits.size} callers wait for ever`)
  fetch({ do: 'fetch', room: 'A', force: false, abortable: false })
  await settle()
  rule(waits.size === 0, 'a fetch waits though all is well')
  rule(store.lifecycle({ roomName: 'A' }).getSnapshot().token !== null, 'has not recovered')

  // An evicted lifecycle starts anew, its count of attempts too.
  for (const roomName of settings.maxLifecycles > 1 ? ['A', 'B'] : []) {
    const times = endpoint.calls.filter((call) => call.request.roomName === roomName).map((call) => call.at)
    times.forEach((time, index) => {
      rule(time - (times[index - 10] ?? -DAY) >= 30_000, 'more than ten attempts in 30 s')
    })
  }
  const statuses = new Map<string, string>()
  for (const event of events) {
    if (event.type !== 'state') continue
    rule(
      (statuses.get(event.lifecycle) ?? 'idle') === event.from,
      `a gap before ${event.from} to ${event.to}`,
    )
    rule(event.from !== event.to, `${event.from} to itself`)
    statuses.set(event.lifecycle, event.to)
  }

  fetch({ do: 'fetch', room: 'B', force: true, abortable: false })
  store.dispose()
  await settle()
  rule(waits.size === 0, 'callers wait after dispose')
  rule(timers.waiting.size === 0, 'timers wait after dispose')
  const calls = endpoint.calls.length
  await clock.advance(DAY / 24)
  rule(endpoint.calls.length === calls, 'asked after dispose')
  return broken
}
