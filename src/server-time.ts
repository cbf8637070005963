/** What an answer told of the server's clock. */
export interface ServerTime {
  /** The server's ms since the epoch at the moment that the answer was handed over. */
  readonly now: number
  /** It may be wrong by as much, ms, either way. */
  readonly uncertaintyMs: number
}

/**
 * The memory hangs on a registered symbol of the global object, so that a store of the ESM build sees what an
 * adapter of the CJS build wrote. It is a WeakMap and not a hidden property of the answer, because an answer may
 * be frozen, an abort signal is not ours to write on, and no inspector or comparison ever sees a WeakMap's entry.
 */
const DOOR = Symbol.for('livekit-token-store.server-times')

type Memory = WeakMap<object, ServerTime>

let ours: Memory | undefined

function memory(): Memory {
  const scope = globalThis as { [DOOR]?: Memory }
  if (scope[DOOR] !== undefined) return scope[DOOR]
  ours ??= new WeakMap()
  try {
    Object.defineProperty(scope, DOOR, { value: ours })
  } catch {
    // A frozen global object: each build keeps a memory of its own.
  }
  return ours
}

/**
 * Ties the time to the answer itself, so that a fetcher wrapped in another keeps it, and to the attempt's signal,
 * for a wrapper that copies the answer.
 */
export function rememberServerTime(answer: object, signal: AbortSignal, serverTime: ServerTime): void {
  memory().set(answer, serverTime)
  memory().set(signal, serverTime)
}

export function serverTimeOf(answer: unknown, signal: AbortSignal): ServerTime | undefined {
  const known = typeof answer === 'object' && answer !== null ? memory().get(answer) : undefined
  return known ?? memory().get(signal)
}
