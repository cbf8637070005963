import type { Page } from 'playwright-core'

export interface Sending {
  /** The inspector's address. */
  url: string
  /** Each lies wherever a machine has room for a text. */
  token: string
  payload: string
}

/** Runs in an app of `startAppServer`: `@xstate/inspect` with a machine of XState 4. */
export const tellOfVersion4 = (page: Page, sending: Sending) =>
  page.evaluate(({ url, token, payload }) => {
    const { inspect, createMachine, interpret } = globalThis.v4
    const spoken = { token, [token]: [token], lines: `claims:\n${payload}`, encoded: `%7B%22${payload}%22` }
    inspect({ url, iframe: false })
    const machine = createMachine({
      id: `washer ${payload}`,
      description: token,
      predictableActionArguments: true,
      initial: 'idle',
      context: { note: 'seen', ...spoken },
      states: {
        idle: {
          description: `waits for ${token}`,
          meta: spoken,
          tags: [token],
          entry: token,
          invoke: { id: payload, src: () => new Promise(() => {}) },
          on: { [payload]: { target: payload, cond: token, actions: [token] }, START: payload },
        },
        [payload]: { on: { END: 'done' } },
        done: { type: 'final', data: spoken },
      },
    })
    const options = { guards: { [token]: () => true }, actions: { [token]() {} } }
    const service = interpret(machine.withConfig(options), { devTools: true }).start()
    globalThis.sender = { send: (type) => service.send({ type, ...spoken }) }
  }, sending)

/** Runs in an app of `startAppServer`: `@statelyai/inspect` with a machine of XState 5. */
export const tellOfVersion5 = (page: Page, sending: Sending) =>
  page.evaluate(({ url, token, payload }) => {
    const { createBrowserInspector, createMachine, createActor, fromPromise } = globalThis.v5
    const spoken = { token, [token]: [token], lines: `claims:\n${payload}`, encoded: `%7B%22${payload}%22` }
    const { inspect } = createBrowserInspector({ url })
    const machine = createMachine({
      id: `washer ${payload}`,
      description: token,
      initial: 'idle',
      context: { note: 'seen', ...spoken },
      output: spoken,
      states: {
        idle: {
          description: `waits for ${token}`,
          meta: spoken,
          tags: [token],
          entry: { type: token, params: spoken },
          on: { START: { target: payload, actions: token, description: token } },
        },
        [payload]: {
          invoke: { id: payload, input: spoken, src: fromPromise(async () => spoken) },
          on: { END: 'failing' },
        },
        failing: {
          invoke: {
            src: fromPromise(() => Promise.reject(new Error(token, { cause: token }))),
            onError: 'done',
          },
        },
        done: { type: 'final' },
      },
    })
    const actor = createActor(machine, { inspect }).start()
    globalThis.sender = { send: (type) => actor.send({ type, ...spoken }) }
  }, sending)
