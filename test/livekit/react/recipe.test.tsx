import './page'
import { compileFunction } from 'node:vm'
import * as components from '@livekit/components-react'
import * as client from 'livekit-client'
import * as store from 'livekit-token-store'
import * as livekit from 'livekit-token-store/livekit'
import * as react from 'react'
import * as runtime from 'react/jsx-runtime'
import * as dom from 'react-dom/client'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { fencesOf } from '../../helpers/fences'
import {
  livekitMissing,
  type RunningServer,
  startLiveKit,
  startLiveKitTestServer,
} from '../../helpers/livekit-server'
import { canaries } from '../../helpers/printed'
import { readText } from '../../helpers/repo'
import { rejection } from '../helpers'
import { stubBrowser } from '../room/stub-rtc'
import { eventually, finished, settled, unhandledDuring } from './render'
import { serverToken } from './server-token'
import { muteWarnings } from './setup'

const RECIPES = 'docs/recipes.md'
const TITLE = '## React: `useSession` and `SessionProvider`'

const modules: Record<string, unknown> = {
  '@livekit/components-react': components,
  'livekit-client': client,
  'livekit-token-store': store,
  'livekit-token-store/livekit': livekit,
  react,
  'react-dom/client': dom,
  'react/jsx-runtime': runtime,
}

/** What the recipe's one block exports, run as it stands in the document. */
function recipe(): { showCall(element: Element, roomName: string): () => Promise<void> } {
  const section = readText(RECIPES).split(TITLE)[1]?.split('\n## ')[0] ?? ''
  const [block] = fencesOf(RECIPES, section)
  const { outputText } = ts.transpileModule(block?.text ?? '', {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      jsx: ts.JsxEmit.ReactJSX,
    },
  })
  const exports = {}
  compileFunction(outputText, ['require', 'exports'])((name: string) => modules[name], exports)
  return exports as ReturnType<typeof recipe>
}

/** The user, when `start` asks for the microphone. */
const denies = () => Promise.reject(new DOMException('No.', 'NotAllowedError'))
const hesitates = () => new Promise<never>(() => {})
let microphone: () => Promise<never> = denies

describe.skipIf(livekitMissing)('The recipe of useSession and SessionProvider', () => {
  let server: RunningServer
  beforeAll(async () => {
    stubBrowser()
    client.setLogLevel('silent')
    const mediaDevices = Object.assign(new EventTarget(), { getUserMedia: () => microphone() })
    Object.assign(navigator, { mediaDevices })
    server = await startLiveKitTestServer()
  })
  afterAll(() => server?.stop())

  /** The recipe on a page; `/api/token` answers what `answer` gives, and every other address is the real one. */
  async function onPage(answer: () => Promise<string>, serverUrl = server.url) {
    const bodies: unknown[] = []
    const real = globalThis.fetch
    const fetch = vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
      if (url !== '/api/token') return real(url, init)
      bodies.push(JSON.parse(String(init?.body)))
      return Response.json(
        { server_url: serverUrl, participant_token: await answer() },
        { status: 201, headers: { date: new Date().toUTCString() } },
      )
    })
    const sockets: string[] = []
    const { WebSocket } = globalThis
    class Counted extends WebSocket {
      constructor(url: string) {
        super(url)
        sockets.push(url)
      }
    }
    vi.stubGlobal('WebSocket', Counted)
    const element = document.body.appendChild(document.createElement('div'))
    const leave = await finished(async () => recipe().showCall(element, 'lobby'))
    let left = false
    const signOut = () => {
      left = true
      return finished(leave)
    }
    onTestFinished(async () => {
      if (!left) await signOut()
      await settled()
      element.remove()
      fetch.mockRestore()
      vi.unstubAllGlobals()
      microphone = denies
    })
    return {
      element,
      bodies,
      sockets,
      signOut,
      text: () => element.querySelector('output')?.textContent,
      problem: () => element.querySelector('em')?.textContent,
      click: (label: string) =>
        react.act(async () => {
          const buttons = [...element.querySelectorAll('button')]
          buttons.find(({ textContent }) => textContent === label)?.click()
        }),
    }
  }

  it('joins and leaves: the token’s state is beside the room’s, and the endpoint is asked at the mount and at the end', async () => {
    const page = await onPage(serverToken)
    await eventually(() => expect(page.text()).toBe('room disconnected, token valid'))
    await page.click('Join')
    await eventually(() => expect(page.text()).toBe('room connected, token valid'))
    await eventually(() => expect(page.problem()).toBe('NotAllowedError'))
    expect(page.bodies).toEqual([{ room_name: 'lobby' }])
    await page.click('Leave')
    await eventually(() => expect(page.text()).toBe('room disconnected, token valid'))
    expect(page.bodies).toEqual([{ room_name: 'lobby' }, { room_name: 'lobby' }])
  })

  it('signs out of a connected room, and leaves nothing: no rejection that nobody handled, no page', async () => {
    const page = await onPage(serverToken)
    await page.click('Join')
    await eventually(() => expect(page.text()).toBe('room connected, token valid'))
    expect(await unhandledDuring(page.signOut)).toEqual([])
    expect(page.element.innerHTML).toBe('')
  })

  it('signs out while the token of a start is on its way, and connects nothing when it comes', async () => {
    muteWarnings()
    let send: (token: string) => void = () => {}
    const page = await onPage(() => new Promise((resolve) => (send = resolve)))
    await page.click('Join')
    expect(page.text()).toBe('room disconnected, token fetching')
    const unhandled = await unhandledDuring(async () => {
      await page.signOut()
      send(await serverToken())
      await settled()
    })
    expect(unhandled).toEqual([])
    expect(page.sockets).toEqual([])
  })

  it('shows a refused start by its name: the message, in which the server quotes the token, is nowhere on the page', async () => {
    microphone = hesitates
    const { url, stop } = await startLiveKit()
    onTestFinished(stop)
    const token = await serverToken({ secret: 'forged' })
    expect((await rejection(new client.Room().connect(url, token))).message).toContain(token)
    const page = await onPage(async () => token, url)
    const seen: string[] = []
    const observer = new MutationObserver(() => seen.push(page.element.outerHTML))
    observer.observe(page.element, { childList: true, characterData: true, subtree: true })
    await page.click('Join')
    await eventually(() => expect(page.problem()).toBe('ConnectionError'))
    await eventually(() => expect(page.text()).toBe('room disconnected, token valid'))
    observer.disconnect()
    expect(seen.length).toBeGreaterThan(0)
    for (const canary of canaries(token)) expect(seen.join()).not.toContain(canary)
  })
})

describe('The recipe’s version', () => {
  it('is the one of LiveKit’s components that these tests run with', () => {
    const { version } = JSON.parse(readText('node_modules/@livekit/components-react/package.json'))
    expect(readText(RECIPES).split(TITLE)[1]).toMatch(`\`@livekit/components-react\` ${version}`)
  })
})
