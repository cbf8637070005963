import { distinctUntilChanged, map, Observable } from 'rxjs'
import type { TokenStatus } from '../machines/vocabulary'
import type { Lifecycle } from './lifecycle'
import type { Timers } from './timers'
import type { TokenState, Unsubscribe } from './types'

/** A lifecycle's states, present value first. Its subscribers count as observers. */
export const observedStates = (lifecycle: Lifecycle): Observable<TokenState> =>
  new Observable((subscriber) => {
    if (lifecycle.stopped) {
      subscriber.next(lifecycle.state)
      return subscriber.complete()
    }
    // Subscribed before it is observed: what observing sets off is then told too.
    const subscription = lifecycle.states$.subscribe(subscriber)
    const leave = lifecycle.observe()
    return () => {
      subscription.unsubscribe()
      leave()
    }
  })

export const statuses = (states$: Observable<TokenState>): Observable<TokenStatus> =>
  states$.pipe(
    map((state) => state.status),
    distinctUntilChanged(),
  )

/** ms to the token's end: at once, on each change, and every so often. Only looks. */
export function remaining(alive: () => Lifecycle, timers: Timers, everyMs: number): Observable<number> {
  if (!(Number.isFinite(everyMs) && everyMs > 0))
    throw new TypeError('"everyMs" must be a positive number of ms')
  return new Observable<number>((subscriber) => {
    const lifecycle = alive()
    const tell = () => subscriber.next(lifecycle.remainingMs)
    const alarm = timers.alarm(() => {
      alarm.set(timers.now() + everyMs)
      tell()
    })
    const subscription = lifecycle.states$.subscribe({ next: tell, complete: () => subscriber.complete() })
    alarm.set(timers.now() + everyMs)
    return () => {
      alarm.set(null)
      subscription.unsubscribe()
    }
  }).pipe(distinctUntilChanged())
}

/** A listener in the form of React, Svelte and Solid. One that throws is reported and breaks nothing. */
export function subscribeTo<Value>(
  values$: Observable<Value>,
  next: ((value: Value) => void) | undefined,
): Unsubscribe {
  const subscription = values$.subscribe((value) => {
    try {
      next?.(value)
    } catch (error) {
      console.error(error)
    }
  })
  const unsubscribe = () => subscription.unsubscribe()
  return Object.assign(unsubscribe, { unsubscribe })
}
