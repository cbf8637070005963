import { BehaviorSubject, type Observable } from 'rxjs'
import type { Actor } from 'xstate'
import type { TokenContext } from '../machines/context'
import { nextDeadline } from '../machines/deadline'
import type { TokenFact, TokenMachineEmitted, TokenMachineEvent } from '../machines/events'
import type { tokenMachine } from '../machines/token-machine'
import type { TokenStatus } from '../machines/vocabulary'
import { abortReason } from './abort-reason'
import { createTokenActor } from './attempt'
import { Callers } from './callers'
import { Custody } from './custody'
import { TokenError } from './errors'
import { disposed } from './failure'
import type { Options } from './options'
import { type Alarm, createTimers, type Timers } from './timers'
import { idleState, nextAt, tokenState } from './token-state'
import type { Credentials, FetchOptions, FetchToken, TokenEvent, TokenRequest, TokenState } from './types'

type Without<Event, Key extends PropertyKey> = Event extends unknown ? Omit<Event, Key> : never

/** What happened, before the store stamps it. */
export type Report = Without<TokenEvent, 'at' | 'lifecycle'>

export interface LifecycleOptions {
  readonly request: TokenRequest
  readonly options: Options
  readonly online: boolean
  /** The state that everything begins in; shared, so that nothing seems to change when a lifecycle is born. */
  readonly initial: TokenState
  readonly report: (event: Report) => void
}

/**
 * One request's token at work: runs the machine, drives it by the clock, and tells what happens. Everything that
 * anybody is told goes through one queue, the machine's mailbox, so a subscriber may call back as it likes.
 */
export class Lifecycle {
  readonly request: TokenRequest
  readonly #report: (event: Report) => void
  readonly #timers: Timers
  readonly #alarm: Alarm
  readonly #callers: Callers
  readonly #custody: Custody
  #online: boolean
  #heldOffline = false
  readonly #actor: Actor<typeof tokenMachine>
  readonly #states: BehaviorSubject<TokenState>
  /** What devtools put between this and its fetcher. */
  over = (fetchToken: FetchToken): FetchToken => fetchToken
  #facts: TokenFact[] = []
  #stopped = false
  /** By how much the clock has been set back in all, for who remembers a moment. */
  #setBackMs = 0
  #observers = 0
  /** Until then the token in hand is handed over without asking the machine. */
  #answersUntil = Number.NEGATIVE_INFINITY
  /** Calls of `invalidate` that the machine has yet to see, when one came from within a notification. */
  #invalidating = 0

  constructor({ request, options, online, initial, report }: LifecycleOptions) {
    this.request = request
    this.#report = report
    this.#timers = createTimers(options.clock, (byMs) => this.#clockSetBack(byMs))
    this.#alarm = this.#timers.alarm(() => this.#send({ type: 'tick' }))
    this.#callers = new Callers({
      onChange: () => this.#timers.hold(this.#callers.size > 0),
      onAbandoned: () => this.#send({ type: 'abandon' }, () => this.#callers.size === 0),
    })
    this.#custody = new Custody(this.#callers)
    this.#online = online
    this.#states = new BehaviorSubject(initial)
    this.#actor = createTokenActor(options.policy, {
      request,
      fetchToken: (request, context) => this.over(options.fetchToken)(request, context),
      isRefused: options.isRefused,
      timeoutMs: options.attemptTimeoutMs,
      timers: this.#timers,
      random: options.random,
      onAnswer: (credentials) => {
        this.#catchUp(this.#timers.now())
        this.#custody.receive(credentials)
      },
      onFailure: (cause) => {
        this.#catchUp(this.#timers.now())
        this.#custody.receiveFailure(cause)
      },
    })
    this.#actor.on('*', (emitted) => this.#onEmitted(emitted))
    this.#actor.subscribe(({ value, context }) => this.#onSnapshot(value, context))
    this.#actor.start()
    if (!online) this.#send({ type: 'offline' })
  }

  /** Present value first. Subscribing changes nothing; `observe` says that somebody looks. */
  get states$(): Observable<TokenState> {
    return this.#states
  }

  /** Whether it was evicted or disposed of. */
  get stopped(): boolean {
    return this.#stopped
  }

  get state(): TokenState {
    return this.#states.value
  }

  /** The state's own, already while its causes are told. */
  get nextAt(): number | null {
    return nextAt(this.#context)
  }

  /** ms to the token's end by the corrected clock; 0 without one. */
  get remainingMs(): number {
    const { token } = this.state
    return token ? Math.max(0, token.expiresAt - this.#timers.now() - this.#context.clockOffsetMs) : 0
  }

  /** Whether somebody would miss it. */
  get inUse(): boolean {
    const { armed, inFlight, policy } = this.#context
    const kept = policy.keepFresh === 'always' && armed
    return kept || inFlight || this.#callers.size > 0 || this.#states.observed
  }

  get #context(): TokenContext {
    return this.#actor.getSnapshot().context
  }

  /** null when it was stopped, be it by whom the clock that it looks at is corrected for. */
  fetch(options?: FetchOptions): Promise<Credentials> | null {
    const force = options?.force ?? false
    const signal = options?.signal
    const hit = force ? null : this.#hit()
    if (this.#stopped) return null
    if (signal?.aborted) return Promise.reject(abortReason(signal))
    if (hit) return Promise.resolve({ ...hit })
    if (!force && this.#othersWait) return this.#callers.join(signal)
    return this.#callers.add(force, signal, (caller) => this.#send({ type: 'fetch', caller, force }))
  }

  invalidate(): void {
    this.#invalidating += 1
    this.#send({ type: 'invalidate' })
  }

  wake(): void {
    this.#send({ type: 'wake' })
  }

  setOnline(online: boolean): void {
    this.#online = online
    const type = this.#connected ? 'online' : 'offline'
    this.#send({ type }, () => type === (this.#connected ? 'online' : 'offline'))
  }

  get #connected(): boolean {
    return this.#online && !this.#heldOffline
  }

  /** As if there were no network, whatever there is. */
  holdOffline(held: boolean): void {
    this.#heldOffline = held
    this.setOnline(this.#online)
  }

  /** The token in hand counts as ended from now on. */
  expire(): void {
    this.#send({ type: 'expire' })
  }

  /** Somebody looks, so the token is kept fresh until they leave. */
  observe(): () => void {
    this.#observers += 1
    if (this.#observers === 1) this.#send({ type: 'observe' }, () => this.#observers > 0)
    return () => {
      this.#observers -= 1
      if (this.#observers === 0) this.#send({ type: 'unobserve' }, () => this.#observers === 0)
    }
  }

  /** Remembers the token in hand and tells, without asking for anything, whether it is still usable; even after `stop`. */
  lease(): () => Credentials | null {
    const { unusableAt } = this.#context
    const before = this.#setBackMs
    return this.#custody.lease(() => {
      const at = this.#timers.now()
      return at < unusableAt - (this.#setBackMs - before)
    })
  }

  /** The end: the attempt is aborted, who waits is told, the timers go. */
  stop(why: 'evicted' | 'disposed'): void {
    this.#stopped = true
    this.#actor.stop()
    this.#alarm.set(null)
    this.#custody.drop()
    this.#callers.rejectAll(new TokenError(disposed))
    if (this.state.status !== 'idle') this.#states.next(idleState(this.#timers.now()))
    this.#report({ type: why })
    this.#states.complete()
  }

  /** A token that needs no question: valid, trusted, and not due by the clock either. */
  #hit(): Credentials | null {
    const at = this.#timers.now()
    return at < this.#answersUntil && this.#invalidating === 0 ? this.#custody.credentials : null
  }

  /** Whether callers wait for a first token already: one more is nothing new to the machine. */
  get #othersWait(): boolean {
    const { waiting, inFlight } = this.#context
    const known = this.state.status === 'fetching' && waiting && inFlight && this.#invalidating === 0
    // The last of them may have left, and the machine has yet to hear of it.
    return known && this.#callers.someoneWaits
  }

  /** What the time has brought comes first; who is told of that may make an event untrue before it is its turn. */
  #send(event: Without<TokenMachineEvent, 'at'>, isStillTrue = () => true): void {
    if (this.#stopped) return
    const at = this.#timers.now()
    if (event.type !== 'tick') this.#catchUp(at)
    if (!this.#stopped && isStillTrue()) this.#actor.send({ ...event, at })
  }

  #clockSetBack(byMs: number): void {
    this.#setBackMs += byMs
    this.#send({ type: 'clock.set-back', byMs })
  }

  /** A timer may be late, as after a sleep. */
  #catchUp(at: number): void {
    const { value, context } = this.#actor.getSnapshot()
    const deadline = nextDeadline(value, context)
    if (deadline !== null && deadline <= at) this.#actor.send({ type: 'tick', at })
  }

  #onEmitted(emitted: TokenMachineEmitted): void {
    switch (emitted.type) {
      case 'attempt':
      case 'attempt-failed':
      case 'expired-on-arrival':
      case 'no-expiry':
      case 'clock-corrected':
        this.#facts.push(emitted)
        return
      case 'invalidated':
        this.#invalidating -= 1
        this.#custody.revoke()
        this.#facts.push(emitted)
        return
      default:
        this.#custody.carryOut(emitted)
    }
  }

  #onSnapshot(status: TokenStatus, context: TokenContext): void {
    if (!context.view) this.#custody.drop()
    const trusted = status === 'valid' && !context.distrusted
    this.#answersUntil = trusted && context.view ? context.view.refreshAt : Number.NEGATIVE_INFINITY
    const at = this.#timers.now()
    this.#tell(tokenState(this.state, status, context, at))
    if (this.#stopped) return
    const deadline = nextDeadline(status, context)
    // A deadline that has passed is ticked at once, as an event of its own, so that every state is told.
    if (deadline !== null && deadline <= at) this.#actor.send({ type: 'tick', at })
    else this.#alarm.set(deadline)
  }

  /** Causes first, then the state, then the attempt that it began. */
  #tell(next: TokenState): void {
    const previous = this.state
    const facts = this.#facts.splice(0)
    for (const fact of facts) if (fact.type !== 'attempt') this.#report(fact)
    if (next !== previous) this.#states.next(next)
    if (next.status !== previous.status) {
      const { token: view, error } = next
      this.#report({ type: 'state', from: previous.status, to: next.status, view, error })
    }
    for (const fact of facts) if (fact.type === 'attempt') this.#report(fact)
  }
}
