import { BehaviorSubject, distinctUntilChanged, map } from 'rxjs'

export type Fault = 'offline' | 'down' | 'slow' | 'limited'

/** What the development endpoint is told for a fault. Being offline is not the endpoint's fault: nothing is sent. */
const ORDERS: Readonly<Record<Exclude<Fault, 'offline'>, Readonly<Record<string, string>>>> = {
  down: { status: '503' },
  slow: { latency: '3000' },
  limited: { status: '429', retryAfter: '10' },
}

/** On one's own machine an answer takes no time at all, and nobody would see it fetched. */
const USUAL_LATENCY = { latency: '700' }

/** The way to the endpoint, with faults to order and a count of what was sent. */
export function createNetwork() {
  const faults = new BehaviorSubject<ReadonlySet<Fault>>(new Set())
  const requests = new BehaviorSubject(0)
  const ordered = () =>
    Object.assign(
      {},
      USUAL_LATENCY,
      ...[...faults.value].map((fault) => (fault === 'offline' ? {} : ORDERS[fault])),
    ) as Record<string, string>

  const urlWithFaults = (url: string) => {
    const asked = new URL(url)
    for (const [name, value] of Object.entries(ordered())) asked.searchParams.set(name, value)
    return asked.href
  }

  const send: typeof fetch = async (input, init) => {
    if (faults.value.has('offline')) throw new TypeError('The page plays that it is offline')
    requests.next(requests.value + 1)
    return fetch(urlWithFaults(String(input)), init)
  }

  return {
    fetch: send,
    faults$: faults.asObservable(),
    /** How many requests have been sent. */
    requests$: requests.asObservable(),
    get requests() {
      return requests.value
    },
    online$: faults.pipe(
      map((present) => !present.has('offline')),
      distinctUntilChanged(),
    ),
    set(fault: Fault, on: boolean) {
      const next = new Set(faults.value)
      if (on) next.add(fault)
      else next.delete(fault)
      // An answer has one status.
      if (on && fault === 'down') next.delete('limited')
      if (on && fault === 'limited') next.delete('down')
      faults.next(next)
    },
  }
}

export type Network = ReturnType<typeof createNetwork>
