import type { FetchToken, TokenStore, TokenStoreOptions } from 'livekit-token-store'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'
import { signToken } from '../helpers/tokens'
import { bundleOf } from './bundle'
import { expectWholeLife, startEndpoint } from './endpoint'
import type { Life } from './life'
import { metroBundle, reactNative } from './react-native'

interface Store {
  createTokenStore(options: TokenStoreOptions): TokenStore
  live(fetchToken: FetchToken, options?: Partial<TokenStoreOptions>): Promise<Life>
}
interface WithLiveKit extends Store {
  fromEndpoint(url: string, init?: object): FetchToken
}

let store: string
let withLiveKit: string
beforeAll(async () => {
  store = await metroBundle(`export { createTokenStore } from 'livekit-token-store'
export { live } from './life'`)
  withLiveKit = await metroBundle(`export { createTokenStore } from 'livekit-token-store'
export { fromEndpoint } from 'livekit-token-store/livekit'
export { live } from './life'`)
}, 60_000)

describe('In React Native', () => {
  it('as the tests have it, there is no page, and nothing of Node', () => {
    const { global } = reactNative('0.86')
    const absent = [
      'document',
      'location',
      'addEventListener',
      'DOMException',
      'structuredClone',
      'crypto',
      'process',
    ]
    for (const name of absent) expect(global(name)).toBeUndefined()
    expect(global('window')).toBe(global('globalThis'))
  })

  it('0.86 a store lives its whole life by itself, over the app’s own fetcher', async () => {
    const { origin, made } = await startEndpoint()
    const native = reactNative('0.86')
    const { live } = native.load<Store>(store)
    expectWholeLife(await live(() => ask(`${origin}/token`)))
    expect(made()).toBe(2)
  })

  it.each(['0.76', '0.86'] as const)(
    '%s with LiveKit’s SDK a store lives its whole life over fromEndpoint and that fetch',
    async (version) => {
      const { origin, made } = await startEndpoint()
      const native = reactNative(version)
      native.importLiveKit()
      const { live, fromEndpoint } = native.load<WithLiveKit>(withLiveKit)
      // An app's modules are loaded, and make their store, before the app calls `registerGlobals`.
      const fetchToken = fromEndpoint(`${origin}/token`, { headers: { Authorization: 'Bearer 1' } })
      native.registerGlobals()
      expectWholeLife(await live(fetchToken))
      expect(made()).toBe(2)
    },
  )

  it.each(['0.76', '0.86'] as const)('%s a URL is checked as elsewhere', (version) => {
    const native = reactNative(version)
    native.importLiveKit()
    const { fromEndpoint } = native.load<WithLiveKit>(withLiveKit)
    for (const url of ['https://api.example.com/token?app=1', 'http://10.0.2.2:3000/api/token']) {
      expect(() => fromEndpoint(url)).not.toThrow()
    }
    expect(() => fromEndpoint('wss://api.example.com')).toThrow('"url"')
    expect(() => fromEndpoint('https://me:secret@api.example.com')).toThrow('user name')
    expect(() => fromEndpoint('api/token')).toThrow('"url"')
    expect(() => fromEndpoint('')).toThrow('"url"')
  })

  it('0.86 an answer is checked as elsewhere', async () => {
    const { createTokenStore } = reactNative('0.86').load<Store>(store)
    const participantToken = signToken({ issuedAt: Date.now() })
    const answers = (serverUrl: string) =>
      createTokenStore({ fetchToken: () => ({ serverUrl, participantToken }) }).fetch()
    for (const serverUrl of ['ws://10.0.2.2:7880', 'wss://rooms.example', 'https://rooms.example/sfu']) {
      expect(await answers(serverUrl)).toEqual({ serverUrl, participantToken })
    }
    for (const serverUrl of ['not a url', '/rtc', 'ftp://rooms.example', '']) {
      await expect(answers(serverUrl)).rejects.toMatchObject({ code: 'invalid-response' })
    }
  })

  it('an attempt that takes too long ends, though its abort has no reason', async () => {
    const { createTokenStore } = reactNative('0.86').load<Store>(store)
    const signals: AbortSignal[] = []
    const slow = createTokenStore({
      attemptTimeoutMs: 20,
      retry: { maxAttempts: 1 },
      fetchToken: (_, { signal }) => {
        signals.push(signal)
        return new Promise(() => {})
      },
    })
    await expect(slow.fetch()).rejects.toMatchObject({ code: 'timeout' })
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
    slow.dispose()
  })

  it('0.76 has no TextDecoder, so that nothing can be loaded before LiveKit’s SDK', () => {
    expect(() => reactNative('0.76').load(store)).toThrow('TextDecoder is not defined')
    const native = reactNative('0.76')
    native.importLiveKit()
    expect(() => native.load(store)).not.toThrow()
  })
})

describe.each([
  ['livekit-token-store', ['document']],
  ['livekit-token-store/livekit', []],
])('What %s and what it depends on take from their surroundings', (entry, lookedFor) => {
  it('is in React Native, but for what is looked for before it is used', async () => {
    const { global } = reactNative('0.86')
    const script = await bundleOf(`export * from '${entry}'`, {
      platform: 'neutral',
      format: 'esm',
      external: ['livekit-client'],
    })
    const names = freeNames(script)
    expect(names).toEqual(expect.arrayContaining(['AbortController', 'URL', 'setTimeout']))
    expect(names.filter((name) => global(name) === undefined)).toEqual(lookedFor)
  })
})

const ask = async (url: string) => {
  const { server_url: serverUrl, participant_token: participantToken } = (await (
    await fetch(url, { method: 'POST' })
  ).json()) as Record<string, string>
  return { serverUrl: serverUrl!, participantToken: participantToken! }
}

/** The names that a script uses and neither declares nor finds in the language. */
function freeNames(script: string): string[] {
  const name = '/bundle.js'
  const options: ts.CompilerOptions = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    lib: ['lib.es2022.d.ts'],
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const { fileExists, getSourceFile } = host
  host.fileExists = (path) => path === name || fileExists(path)
  host.getSourceFile = (path, ...rest) =>
    path === name ? ts.createSourceFile(path, script, rest[0]) : getSourceFile.call(host, path, ...rest)
  const program = ts.createProgram({ rootNames: [name], options, host })
  const source = program.getSourceFile(name)
  const found = program
    .getSemanticDiagnostics(source)
    .filter(({ messageText }) => /^Cannot find name/.test(ts.flattenDiagnosticMessageText(messageText, ' ')))
    .map(({ start = 0, length = 0 }) => script.slice(start, start + length))
  return [...new Set(found)].sort()
}
