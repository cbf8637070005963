import { abortReason } from './abort-reason'
import type { Credentials } from './types'

interface Caller {
  readonly force: boolean
  readonly resolve: (credentials: Credentials) => void
  readonly reject: (reason: unknown) => void
  /** Whether the machine has let it in to wait; until then it is on its way. */
  waits: boolean
}

interface CallersOptions {
  /** Somebody came or went. */
  readonly onChange: () => void
  /** The last gave up waiting. */
  readonly onAbandoned: () => void
}

/** Those who called `fetch` and have no answer yet. */
export class Callers {
  readonly #callers = new Map<number, Caller>()
  readonly #options: CallersOptions
  #lastId = 0

  constructor(options: CallersOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#callers.size
  }

  /** Whether one of them has been let in to wait. */
  get someoneWaits(): boolean {
    for (const { waits } of this.#callers.values()) if (waits) return true
    return false
  }

  /** `ask` is called with the new caller's id. The signal ends this caller's wait and nothing else. */
  add(force: boolean, signal: AbortSignal | undefined, ask: (id: number) => void): Promise<Credentials> {
    return this.#enter({ force, waits: false }, signal, ask)
  }

  /** One more who waits for what others wait for already. */
  join(signal: AbortSignal | undefined): Promise<Credentials> {
    return this.#enter({ force: false, waits: true }, signal)
  }

  #enter(
    caller: Pick<Caller, 'force' | 'waits'>,
    signal: AbortSignal | undefined,
    ask?: (id: number) => void,
  ): Promise<Credentials> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId
      const leave = () => {
        signal?.removeEventListener('abort', abort)
        this.#callers.delete(id)
        this.#options.onChange()
      }
      const abort = () => {
        const waited = this.#callers.get(id)?.waits
        leave()
        if (signal) reject(abortReason(signal))
        if (waited) this.#tellIfAbandoned()
      }
      signal?.addEventListener('abort', abort)
      this.#callers.set(id, {
        ...caller,
        resolve: (credentials) => {
          leave()
          // A copy each: what one caller does to it is nothing to the next.
          resolve({ ...credentials })
        },
        reject: (reason) => {
          leave()
          reject(reason)
        },
      })
      this.#options.onChange()
      ask?.(id)
    })
  }

  /** Lets a caller in to wait, if it has not gone in the meantime. */
  admit(id: number): void {
    const caller = this.#callers.get(id)
    if (caller) caller.waits = true
    else this.#tellIfAbandoned()
  }

  resolve(id: number, credentials: Credentials): void {
    this.#callers.get(id)?.resolve(credentials)
  }

  reject(id: number, reason: unknown): void {
    this.#callers.get(id)?.reject(reason)
  }

  /** Those who wait get an answer each. */
  settle(each: (caller: Pick<Caller, 'force' | 'resolve' | 'reject'>) => void): void {
    for (const caller of [...this.#callers.values()]) if (caller.waits) each(caller)
  }

  rejectAll(reason: unknown): void {
    for (const caller of [...this.#callers.values()]) caller.reject(reason)
  }

  /** Who is still on the way in will be let in, or go in turn. */
  #tellIfAbandoned(): void {
    if (this.#callers.size === 0) this.#options.onAbandoned()
  }
}
