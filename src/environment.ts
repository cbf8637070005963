import { defer, filter, fromEvent, map, merge, NEVER, type Observable, startWith } from 'rxjs'

interface Surroundings {
  readonly online$: Observable<boolean>
  readonly wake$: Observable<unknown>
}

/** What the browser tells of the network and of waking up; silent where there is no browser. */
export function browserEnvironment(): Surroundings {
  return { online$: defer(browserOnline), wake$: defer(browserWake) }
}

function browserOnline(): Observable<boolean> {
  // Not `window`: a worker has these events too, and React Native has a window without them.
  const { navigator } = globalThis
  // Who is told never that the network is back must not hear that it is gone: Chromium's workers know `onLine`, and
  // have no such events.
  const told = typeof globalThis.addEventListener === 'function' && 'ononline' in globalThis
  if (!told || typeof navigator?.onLine !== 'boolean') return NEVER
  return merge(fromEvent(globalThis, 'online'), fromEvent(globalThis, 'offline')).pipe(
    map(({ type }) => type === 'online'),
    startWith(navigator.onLine),
  )
}

/** A sleeping laptop or a frozen tab fires no timer; these come when it is back. */
function browserWake(): Observable<unknown> {
  if (typeof document === 'undefined' || typeof document.addEventListener !== 'function') return NEVER
  const becameVisible = fromEvent(document, 'visibilitychange').pipe(
    filter(() => document.visibilityState === 'visible'),
  )
  return merge(becameVisible, fromEvent(globalThis, 'pageshow'))
}
