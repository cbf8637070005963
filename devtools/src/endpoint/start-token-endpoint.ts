import type { Clock } from 'livekit-token-store'
import { systemClock } from '../clock'
import { listenOnLoopback } from '../loopback/listen'
import { type Faults, noFaults, withFaults } from './faults'
import { tokenEndpoint } from './handler'

export interface TokenEndpointOptions {
  /** Default: 0, any free port. */
  port?: number | undefined
  /** What clients are told to connect to: `ws:`, `wss:`, `http:` or `https:`. Default: 'ws://127.0.0.1:7880'. */
  serverUrl?: string | undefined
  /** Default: 'devkey', as `livekit-server --dev` has it. */
  apiKey?: string | undefined
  /** Default: 'secret', as `livekit-server --dev` has it. */
  apiSecret?: string | undefined
  /** Faults in force from the start; a request's query wins over them. Default: none. */
  faults?: Partial<Faults> | undefined
  /** Default: the machine's. Waits are never over 60 s. */
  clock?: Clock | undefined
  /** 0 ≤ x < 1, for `failure` and for invented names. Default: `Math.random`. */
  random?: (() => number) | undefined
}

export interface TokenEndpoint {
  /** What a client POSTs to; append a query to order faults for one request. */
  readonly url: string
  /** The faults in force; a frozen copy. */
  readonly faults: Readonly<Faults>
  /**
   * Changes the faults named, for the requests that come from now on.
   * @throws {TypeError} that begins with the name of the fault, and then changes nothing.
   */
  setFaults(changes: Partial<Faults>): void
  /** Resolves when the port is free again; hanging and waiting requests are cut off. May be called more than once. */
  close(): Promise<void>
}

/**
 * A token endpoint for development, in LiveKit's standard endpoint format, with faults to order. Real HS256 tokens
 * for anybody on this machine who asks: never give it the key of a server that matters.
 *
 * @throws {TypeError} that begins with the option's name.
 * @throws {Error} with `code: 'EADDRINUSE'` when the port is taken.
 */
export async function startTokenEndpoint(options: TokenEndpointOptions = {}): Promise<TokenEndpoint> {
  if (typeof options !== 'object' || options === null) throw new TypeError('options must be an object')
  const { port, serverUrl = 'ws://127.0.0.1:7880', apiKey = 'devkey', apiSecret = 'secret' } = options
  const { clock = systemClock, random = Math.random } = options
  if (!isServerUrl(serverUrl)) throw new TypeError('serverUrl must be a ws:, wss:, http: or https: URL')
  if (!isFilled(apiKey)) throw new TypeError('apiKey must be a string that is not empty')
  if (!isFilled(apiSecret)) throw new TypeError('apiSecret must be a string that is not empty')
  if (!isClock(clock)) throw new TypeError('clock must be an object with now, setTimeout and clearTimeout')
  if (typeof random !== 'function') throw new TypeError('random must be a function that returns 0 ≤ x < 1')
  let faults = withFaults(noFaults, options.faults ?? {})
  const server = await listenOnLoopback(
    tokenEndpoint({ serverUrl, apiKey, apiSecret, clock, random, faults: () => faults }),
    port,
  )
  return {
    url: `${server.origin}/token`,
    get faults() {
      return faults
    },
    setFaults(changes) {
      faults = withFaults(faults, changes)
    },
    close: server.close,
  }
}

const isFilled = (value: unknown) => typeof value === 'string' && value !== ''

const isServerUrl = (value: string) =>
  URL.canParse(value) && ['ws:', 'wss:', 'http:', 'https:'].includes(new URL(value).protocol)

const isClock = (value: Clock | null) =>
  [value?.now, value?.setTimeout, value?.clearTimeout].every((part) => typeof part === 'function')
