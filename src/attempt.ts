import { type Actor, createActor, fromCallback, type NonReducibleUnknown } from 'xstate'
import type { TokenPolicy } from '../machines/context'
import type { AnsweredToken, AttemptInput, TokenMachineEvent } from '../machines/events'
import { withObeyedRetryAt } from '../machines/limits'
import { tokenMachine } from '../machines/token-machine'
import type { TokenFailure } from '../machines/vocabulary'
import { readCredentials } from './credentials'
import { failureOf, timedOut } from './failure'
import { copyRequest } from './request'
import { serverTimeOf } from './server-time'
import type { Timers } from './timers'
import type { Credentials, FetchToken, TokenRequest } from './types'

export interface AttemptOptions {
  readonly request: TokenRequest
  readonly fetchToken: FetchToken
  readonly isRefused: (error: unknown) => boolean
  readonly timeoutMs: number
  readonly timers: Timers
  readonly random: () => number
  /** Told just before the machine is: the credentials go past it. */
  readonly onAnswer: (credentials: Credentials) => void
  readonly onFailure: (cause: unknown) => void
}

/** What each lifecycle's attempts need, by its actor system: the machine is built once, not once a lifecycle. */
const attempts = new WeakMap<object, AttemptOptions>()

/** Creates a lifecycle's actor, whose attempts ask for real. */
export function createTokenActor(policy: TokenPolicy, options: AttemptOptions): Actor<typeof tokenMachine> {
  const actor = createActor(asking, { input: policy })
  attempts.set(actor.system, options)
  return actor
}

/** A user's function that throws, or gives what is no chance, must not stop a token's life. */
function chance(random: () => number): number {
  try {
    const drawn = random()
    return drawn >= 0 && drawn < 1 ? drawn : 0.5
  } catch {
    return 0.5
  }
}

/** One call of the fetcher: ends once, by an answer, a failure, its timeout, or by being stopped. */
const attemptLogic = fromCallback<{ type: string }, AttemptInput & NonReducibleUnknown>(
  ({ input, sendBack, system }) => {
    const options = attempts.get(system)
    if (!options) return
    const { timers } = options
    const { attemptId, attempt, force, reason } = input
    const controller = new AbortController()
    let open = true

    const close = () => {
      open = false
      alarm.set(null)
    }
    const tell = (event: TokenMachineEvent) => sendBack(event)
    const fail = (failure: TokenFailure, cause: unknown) => {
      if (!open) return
      close()
      options.onFailure(cause)
      const at = timers.now()
      const told = withObeyedRetryAt(failure, at)
      tell({ type: 'attempt.failed', at, attemptId, failure: told, random: chance(options.random) })
    }
    const answer = (value: unknown) => {
      if (!open) return
      let read: ReturnType<typeof readCredentials>
      try {
        read = readCredentials(value)
      } catch (error) {
        return fail(failureOf(error, options.isRefused), error)
      }
      close()
      options.onAnswer(read.credentials)
      tell({
        type: 'attempt.answered',
        at: timers.now(),
        attemptId,
        token: answeredToken(read.credentials.serverUrl, read.claims),
        serverTime: serverTimeOf(value, controller.signal),
        random: chance(options.random),
      })
    }

    const alarm = timers.alarm(() => {
      const error = abortError('TimeoutError', `The attempt took longer than ${options.timeoutMs} ms.`)
      // Before it is told: whoever is told may begin the next attempt, and this one must have ended by then.
      controller.abort(error)
      fail(timedOut(options.timeoutMs), error)
    })
    alarm.set(timers.now() + options.timeoutMs)

    // The executor turns a synchronous throw, a plain value and a foreign thenable into the same promise.
    new Promise<unknown>((resolve) => {
      const context = { signal: controller.signal, attempt, force, reason }
      resolve(options.fetchToken(copyRequest(options.request), context))
    }).then(answer, (error) => fail(failureOf(error, options.isRefused), error))

    return () => {
      if (!open) return
      close()
      controller.abort(abortError('AbortError', 'The attempt is no longer wanted.'))
    }
  },
)

const asking = tokenMachine.provide({ actors: { attempt: attemptLogic } })

/** Not a DOMException: React Native has none. */
const abortError = (name: string, message: string) => Object.assign(new Error(message), { name })

function answeredToken(
  serverUrl: string,
  claims: ReturnType<typeof readCredentials>['claims'],
): AnsweredToken {
  const ms = (seconds: number | undefined) => (seconds === undefined ? null : seconds * 1000)
  const grants = (claims.video ?? null) as Record<string, unknown> | null
  return {
    serverUrl: shownUrl(serverUrl),
    issuedAt: ms(claims.iat),
    notBefore: ms(claims.nbf),
    expiresAt: ms(claims.exp),
    room: typeof grants?.room === 'string' ? grants.room : null,
    identity: claims.sub ?? null,
    grants,
  }
}

/**
 * A URL may carry a password or a token of its own, which is nobody's to see. By hand: React Native's own URL knows no
 * part of a ws(s) one.
 */
const shownUrl = (serverUrl: string): string =>
  serverUrl
    .replace(/[\t\r\n]/g, '')
    .replace(/^(\s*[a-z]+:[/\\]*)[^/\\?#]*@/i, '$1')
    .replace(/[?#].*/s, '')
