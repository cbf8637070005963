import type { CallerOutcome } from '../machines/events'
import type { TokenFailure } from '../machines/vocabulary'
import type { Callers } from './callers'
import { TokenError } from './errors'
import type { Credentials } from './types'

/** A token in hand; `revoked` once it was invalidated. */
interface Held {
  readonly credentials: Credentials
  revoked: boolean
}

/**
 * The one place where raw tokens rest. The machine decides and never sees them; this hands them to the callers
 * as it was decided.
 */
export class Custody {
  readonly #callers: Callers
  #held: Held | null = null
  /** The latest attempt's outcome, until the machine has judged it. */
  #answer: Credentials | null = null
  #cause: unknown

  constructor(callers: Callers) {
    this.#callers = callers
  }

  get credentials(): Credentials | null {
    return this.#held?.credentials ?? null
  }

  receive(answer: Credentials): void {
    this.#answer = answer
  }

  receiveFailure(cause: unknown): void {
    this.#cause = cause
  }

  /** The token ended: nobody gets it any more. */
  drop(): void {
    this.#held = null
  }

  /** The token was invalidated: not even who has a lease gets it. */
  revoke(): void {
    if (this.#held) this.#held.revoked = true
    this.drop()
  }

  /** Remembers the token in hand, beyond `drop`, as long as `usable` says so. */
  lease(usable: () => boolean): () => Credentials | null {
    const held = this.#held
    return () => (held && !held.revoked && usable() ? { ...held.credentials } : null)
  }

  carryOut(outcome: CallerOutcome): void {
    switch (outcome.type) {
      case 'caller.waits':
        this.#callers.admit(outcome.caller)
        break
      case 'caller.served':
        if (this.#held) this.#callers.resolve(outcome.caller, this.#held.credentials)
        break
      case 'caller.refused':
        this.#callers.reject(outcome.caller, new TokenError(outcome.failure))
        break
      case 'callers.answered':
        this.#answered(outcome.keep)
        break
      case 'callers.failed': {
        const error = this.#errorWithCause(outcome.failure)
        this.#callers.settle((caller) => caller.reject(error))
        break
      }
      case 'callers.kept': {
        const error = this.#errorWithCause(outcome.failure)
        const kept = this.credentials
        this.#callers.settle(({ force, resolve, reject }) => {
          if (force || !kept) reject(error)
          else resolve(kept)
        })
        break
      }
      default: {
        outcome satisfies never
      }
    }
  }

  #answered(keep: boolean): void {
    const answer = this.#answer
    if (!answer) return
    this.#answer = null
    this.#cause = undefined
    if (keep) this.#held = { credentials: answer, revoked: false }
    this.#callers.settle(({ resolve }) => resolve(answer))
  }

  /** One error for all who wait. The cause of a limit of our own is what was tried in vain before it, and told to nobody. */
  #errorWithCause(failure: TokenFailure): TokenError {
    const cause = this.#cause
    this.#cause = undefined
    return new TokenError(failure, cause === undefined ? undefined : { cause })
  }
}
