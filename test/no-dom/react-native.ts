import { createContext, runInContext } from 'node:vm'
import { bundleOf } from './bundle'

/** How React Native loads a package: nothing is shaken off, and there is no condition of Node's or of a browser's. */
export const metroBundle = (text: string): Promise<string> =>
  bundleOf(text, {
    platform: 'neutral',
    mainFields: ['react-native', 'browser', 'module', 'main'],
    conditions: ['react-native', 'import'],
    // Its Babel preset takes private fields apart in the same way.
    target: 'es2017',
    treeShaking: false,
    ignoreAnnotations: true,
  })

export type ReactNativeVersion = '0.76' | '0.86'

/**
 * A realm with the language and what that version of React Native adds to it, under Hermes, and nothing else: no
 * `document`, `location`, `addEventListener`, `DOMException`, `structuredClone`, `crypto` or `Buffer`. 0.76 has no
 * `TextDecoder` either, and a `URL` that throws when it is asked for a part; 0.86 has one that knows http(s) alone.
 * Both abort without a reason.
 */
export function reactNative(version: ReactNativeVersion) {
  const globals: Record<string, unknown> = {
    console,
    setTimeout: (run: () => void, ms: number) => Number(setTimeout(run, ms)),
    clearTimeout: (id: number) => clearTimeout(id),
    queueMicrotask,
    atob,
    btoa,
    TextEncoder,
    ...(version === '0.86' ? { TextDecoder } : {}),
    URL: version === '0.76' ? SilentUrl : HttpUrl,
    AbortController: OldAbortController,
    Headers: PolyfilledHeaders,
    Request: PolyfilledRequest,
    fetch: polyfilledFetch,
    navigator: { product: 'ReactNative' },
  }
  const context = createContext(globals)
  runInContext('globalThis.window = globalThis.self = globalThis.global = globalThis', context)
  runInContext(`for (const name of ${JSON.stringify(NOT_IN_HERMES)}) delete globalThis[name]`, context)
  return {
    /** Runs a bundle; what it exports. */
    load: <Exports>(bundle: string): Exports => runInContext(`${bundle};bundle`, context),
    /** What `import '@livekit/react-native'` adds: whatever of these is missing. */
    importLiveKit() {
      globals.TextDecoder ??= TextDecoder
      globals.DOMException ??= DOMException
    },
    /** What its `registerGlobals()` does besides WebRTC: it replaces the URL by a whole one. */
    registerGlobals() {
      globals.URL = URL
    },
    global: (name: string): unknown => runInContext(`globalThis[${JSON.stringify(name)}]`, context),
  }
}

const NOT_IN_HERMES = ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry']

/** As abort-controller 3: an abort has no reason. */
class OldAbortController {
  readonly signal = new OldAbortSignal()
  abort(): void {
    this.signal.abort()
  }
}

class OldAbortSignal {
  aborted = false
  onabort: (() => void) | null = null
  readonly #listeners = new Set<() => void>()
  addEventListener(_: string, listener: () => void): void {
    this.#listeners.add(listener)
  }
  removeEventListener(_: string, listener: () => void): void {
    this.#listeners.delete(listener)
  }
  abort(): void {
    if (this.aborted) return
    this.aborted = true
    this.onabort?.()
    for (const listener of [...this.#listeners]) listener()
  }
}

/** Takes any text, and says nothing of it but the whole. */
class SilentUrl {
  readonly #text: string
  constructor(text: string, base?: string) {
    this.#text = base ? base.replace(/\/$/, '') + text : text
    if (!this.#text.endsWith('/')) this.#text += '/'
  }
  get href(): string {
    return this.#text
  }
  toString(): string {
    return this.#text
  }
}
const PARTS = [
  'hash',
  'host',
  'hostname',
  'origin',
  'password',
  'pathname',
  'port',
  'protocol',
  'search',
  'username',
]
for (const part of PARTS) {
  Object.defineProperty(SilentUrl.prototype, part, {
    get() {
      throw new Error(`URL.${part} is not implemented`)
    },
  })
}

/** Takes any text too, and sees no host, path, user or password in a ws(s) one. */
class HttpUrl {
  readonly #text: string
  constructor(text: string, base?: string) {
    this.#text = base ? base.replace(/\/$/, '') + text : text
  }
  #part(pattern: RegExp): string {
    return pattern.exec(this.#text)?.[1] ?? ''
  }
  get href(): string {
    return this.#text
  }
  toString(): string {
    return this.#text
  }
  get protocol(): string {
    return this.#part(/^([a-z][a-z\d+.-]*:)/i)
  }
  get origin(): string {
    return this.#part(/^(https?:\/\/[^/]+)/)
  }
  get host(): string {
    return this.#part(/^https?:\/\/(?:[^@]+@)?([^/?#]+)/)
  }
  get pathname(): string {
    return this.#part(/^https?:\/\/[^/]+(\/[^?#]*)/) || '/'
  }
  get username(): string {
    return this.#part(/^https?:\/\/([^:@/]+)(?::[^@]*)?@/)
  }
  get password(): string {
    return this.#part(/^https?:\/\/[^:@/]*:([^@]*)@/)
  }
  get search(): string {
    return this.#part(/(\?[^#]*)/)
  }
  get hash(): string {
    return this.#part(/(#.*)/)
  }
}

/** As whatwg-fetch has them: enough of the interface, none of the streams. */
class PolyfilledHeaders {
  readonly #values = new Map<string, string>()
  constructor(given?: Record<string, string> | PolyfilledHeaders) {
    const entries = given instanceof PolyfilledHeaders ? given.#values : Object.entries(given ?? {})
    for (const [name, value] of entries) this.set(name, value)
  }
  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null
  }
  has(name: string): boolean {
    return this.#values.has(name.toLowerCase())
  }
  set(name: string, value: string): void {
    if (/[^\w!#$%&'*+.^`|~-]/.test(name)) throw new TypeError('Invalid character in header field name')
    this.#values.set(name.toLowerCase(), String(value))
  }
  forEach(each: (value: string, name: string) => void): void {
    for (const [name, value] of this.#values) each(value, name)
  }
}

class PolyfilledRequest {
  readonly method: string
  constructor(_: string, { method = 'GET', body }: { method?: string; body?: unknown } = {}) {
    this.method = method
    if (method === 'GET' && body) throw new TypeError('Body not allowed for GET or HEAD requests')
  }
}

interface PolyfilledInit {
  method: string
  body: string
  headers: PolyfilledHeaders
  signal: OldAbortSignal
}

/** A real request; an answer whose body is read whole, and which an abort ends with an AbortError. */
function polyfilledFetch(url: string, { method, body, headers, signal }: PolyfilledInit): Promise<unknown> {
  const sent: Record<string, string> = {}
  headers.forEach((value, name) => {
    sent[name] = value
  })
  return new Promise((resolve, reject) => {
    const real = new AbortController()
    signal.addEventListener('abort', () => {
      real.abort()
      reject(Object.assign(new Error('Aborted'), { name: 'AbortError' }))
    })
    fetch(url, { method, body, headers: sent, signal: real.signal })
      .then(async (response) => {
        const text = await response.text()
        const answered = new PolyfilledHeaders()
        response.headers.forEach((value, name) => {
          answered.set(name, value)
        })
        resolve({ ok: response.ok, status: response.status, headers: answered, text: async () => text })
      })
      .catch(() => reject(new TypeError('Network request failed')))
  })
}
