import { isObservable, type Observable } from 'rxjs'
import type { TokenPolicy } from '../machines/context'
import { defaultPolicy } from '../machines/default-policy'
import { type Clock, systemClock } from './clock'
import { browserEnvironment } from './environment'
import { isRefusedStatus } from './failure'
import type { FetchToken, TokenStoreOptions } from './types'

/** The options, checked and filled: nothing downstream checks again. */
export interface Options {
  readonly fetchToken: FetchToken
  readonly name: string
  readonly policy: TokenPolicy
  readonly attemptTimeoutMs: number
  readonly isRefused: (error: unknown) => boolean
  readonly maxLifecycles: number
  readonly clock: Clock
  readonly random: () => number
  readonly online$: Observable<boolean>
  readonly wake$: Observable<unknown>
}

const DEFAULT_ATTEMPT_TIMEOUT_MS = 10_000
const DEFAULT_MAX_LIFECYCLES = 100

/** @throws TypeError that quotes the option which is wrong and says what it must be. */
export function checkedOptions(options: TokenStoreOptions): Options {
  if (typeof options !== 'object' || options === null)
    throw new TypeError('createTokenStore takes an object of options with a "fetchToken" function')
  const { retry = {}, environment = {} } = options
  check('retry', isObject(retry), 'an object')
  check('environment', isObject(environment), 'an object')
  check('fetchToken', typeof options.fetchToken === 'function', 'a function that asks the token endpoint')
  const browser = browserEnvironment()
  return {
    fetchToken: options.fetchToken,
    name: option('name', options.name, 'tokens', isName, 'a string that is not empty'),
    policy: checkedPolicy(options, retry),
    attemptTimeoutMs: option(
      'attemptTimeoutMs',
      options.attemptTimeoutMs,
      DEFAULT_ATTEMPT_TIMEOUT_MS,
      isPositive,
      'a positive number of ms',
    ),
    isRefused: option('isRefused', options.isRefused, isRefusedStatus, isFunction, 'a function of the error'),
    maxLifecycles: option(
      'maxLifecycles',
      options.maxLifecycles,
      DEFAULT_MAX_LIFECYCLES,
      isCount,
      'a whole number from 1',
    ),
    clock: option(
      'clock',
      options.clock,
      systemClock,
      isClock,
      'an object with now, setTimeout and clearTimeout',
    ),
    random: option('random', options.random, Math.random, isFunction, 'a function that returns 0 ≤ x < 1'),
    online$: option(
      'environment.online$',
      environment.online$,
      browser.online$,
      isObservable,
      'an Observable',
    ),
    wake$: option('environment.wake$', environment.wake$, browser.wake$, isObservable, 'an Observable'),
  }
}

function checkedPolicy(
  options: TokenStoreOptions,
  retry: NonNullable<TokenStoreOptions['retry']>,
): TokenPolicy {
  const ms = (name: string, value: number | undefined, fallback: number) =>
    option(name, value, fallback, isDuration, 'a number of ms from 0')
  const lead = option(
    'refreshLeadMs',
    options.refreshLeadMs,
    defaultPolicy.refreshLeadMs,
    (value) => isFunction(value) || isDuration(value),
    'a number of ms from 0, or a function of the lifetime in ms',
  )
  return {
    keepFresh: option(
      'keepFresh',
      options.keepFresh,
      defaultPolicy.keepFresh,
      (value) => value === 'observed' || value === 'always' || value === 'never',
      "'observed', 'always' or 'never'",
    ),
    refreshLeadMs: typeof lead === 'function' ? lead : () => lead,
    refreshJitterMs: ms('refreshJitterMs', options.refreshJitterMs, defaultPolicy.refreshJitterMs),
    minValidityMs: ms('minValidityMs', options.minValidityMs, defaultPolicy.minValidityMs),
    maxAttempts: option(
      'retry.maxAttempts',
      retry.maxAttempts,
      defaultPolicy.maxAttempts,
      isCount,
      'a whole number from 1',
    ),
    retryBaseMs: option(
      'retry.baseMs',
      retry.baseMs,
      defaultPolicy.retryBaseMs,
      isPositive,
      'a positive number of ms',
    ),
    retryCapMs: option(
      'retry.capMs',
      retry.capMs,
      defaultPolicy.retryCapMs,
      isPositive,
      'a positive number of ms',
    ),
  }
}

function option<Value>(
  name: string,
  value: Value | undefined,
  fallback: Value,
  holds: (value: unknown) => boolean,
  expected: string,
): Value {
  if (value === undefined) return fallback
  check(name, holds(value), expected)
  return value
}

function check(name: string, holds: boolean, expected: string): void {
  if (!holds) throw new TypeError(`"${name}" must be ${expected}`)
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null
const isFunction = (value: unknown) => typeof value === 'function'
const isName = (value: unknown) => typeof value === 'string' && value.trim() !== ''
const isDuration = (value: unknown) => typeof value === 'number' && Number.isFinite(value) && value >= 0
const isPositive = (value: unknown) => isDuration(value) && value !== 0
const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 1
const isClock = (value: unknown) =>
  isObject(value) &&
  ['now', 'setTimeout', 'clearTimeout'].every((name) => isFunction((value as Record<string, unknown>)[name]))
