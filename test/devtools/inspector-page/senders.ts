import type { Page } from 'playwright-core'

// biome-ignore lint/suspicious/noExplicitAny: two versions of XState in one page; the packages' types cannot both be here
type Package = any
declare global {
  var v4: Package
  var v5: Package
  var sender: { send(type: string): void }
  var received: unknown[]
}

export interface Sending {
  /** The inspector's address. */
  url: string
  form: 'popup' | 'iframe'
  /** Lies in the context, in an event, and in a promise's result. */
  token: string
}

/** Runs in the app: `@xstate/inspect` with a machine of XState 4, one with a child machine. */
export const sendWithVersion4 = (page: Page, sending: Sending) =>
  page.evaluate(({ url, form, token }) => {
    const { inspect, createMachine, interpret } = globalThis.v4
    globalThis.received = []
    window.addEventListener('message', ({ data }) => globalThis.received.push(data))
    inspect({ url, iframe: form === 'popup' ? false : document.querySelector('iframe') })
    const child = createMachine({
      id: 'pump',
      predictableActionArguments: true,
      initial: 'off',
      states: { off: { on: { ON: 'on' } }, on: {} },
    })
    const machine = createMachine({
      id: 'washer',
      predictableActionArguments: true,
      initial: 'idle',
      context: { jwt: token },
      on: { RESET: '.idle' },
      states: {
        idle: { on: { START: 'washing' } },
        washing: {
          initial: 'filling',
          invoke: { id: 'pump', src: child },
          states: { filling: { on: { FULL: 'spinning' } }, spinning: { type: 'final' } },
          onDone: 'done',
        },
        done: { type: 'final' },
      },
    })
    const service = interpret(machine, { devTools: true }).start()
    globalThis.sender = { send: (type) => service.send({ type, token }) }
  }, sending)

/** Runs in the app: `@statelyai/inspect` with a parallel machine of XState 5, and a promise that it invokes. */
export const sendWithVersion5 = (page: Page, sending: Sending) =>
  page.evaluate(({ url, form, token }) => {
    const { createBrowserInspector, createMachine, createActor, fromPromise } = globalThis.v5
    globalThis.received = []
    window.addEventListener('message', ({ data }) => globalThis.received.push(data))
    const iframe = form === 'popup' ? undefined : document.querySelector('iframe')
    const { inspect } = createBrowserInspector({ url, iframe })
    const machine = createMachine({
      id: 'checkout',
      initial: 'browsing',
      context: { jwt: token },
      states: {
        browsing: { on: { CHECKOUT: 'paying' } },
        paying: {
          type: 'parallel',
          states: {
            card: {
              initial: 'entering',
              states: {
                entering: { on: { SUBMIT: 'authorizing' } },
                authorizing: {
                  invoke: { id: 'authorize', src: fromPromise(async () => ({ jwt: token })), onDone: 'paid' },
                },
                paid: { type: 'final' },
              },
            },
            delivery: {
              initial: 'choosing',
              states: { choosing: { on: { CHOOSE: 'chosen' } }, chosen: { type: 'final' } },
            },
          },
          onDone: 'confirmed',
        },
        confirmed: { type: 'final' },
      },
    })
    const actor = createActor(machine, { inspect }).start()
    globalThis.sender = { send: (type) => actor.send({ type, token }) }
  }, sending)

export const send = (page: Page, type: string) => page.evaluate((name) => globalThis.sender.send(name), type)

/** What was posted to the app's window. */
export const receivedBy = (page: Page) => page.evaluate(() => globalThis.received)
