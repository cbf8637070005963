import type { inspect } from '@xstate/inspect/lib/server.js'

type Server = Parameters<typeof inspect>[0]['server']
type Listener = (...given: never[]) => void

/** What the package sends. */
export type Frame = { readonly type: string } & Readonly<Record<string, unknown>>

/** A WebSocket server as `@xstate/inspect` uses one, whose only client is the inspector at the end of a wire. */
export class OneClientServer {
  readonly #send: (frame: Frame) => void
  #onMessage: ((data: string, isBinary: boolean) => void) | null = null

  constructor(send: (frame: Frame) => void) {
    this.#send = send
  }

  receive(message: object): void {
    this.#onMessage?.(JSON.stringify(message), false)
  }

  asServer(): Server {
    const client = {
      OPEN: 1,
      readyState: 1,
      send: (text: string) => this.#send(JSON.parse(text)),
      on: (_type: 'message', listener: (data: string, isBinary: boolean) => void) => {
        this.#onMessage = listener
      },
      terminate() {},
    }
    const server = {
      clients: new Set([client]),
      on(type: string, listener: Listener) {
        if (type === 'connection') (listener as (of: typeof client) => void)(client)
      },
      close() {},
    }
    return server as unknown as Server
  }
}
