import { inspect } from '@xstate/inspect/lib/server.js'
import type { Inspector } from '@xstate/inspect/lib/types'
import type { LifecycleService } from './lifecycle-service'
import { type Frame, OneClientServer } from './one-client-server'
import { lendRegistry, ServiceRegistry } from './service-registry'

/**
 * One run of `@xstate/inspect`, which writes the frames. Its server side is used for both kinds of wire: its browser
 * side takes orders from every window that has a reference to the page, and forwards what they send.
 */
export class Inspection {
  readonly #registry = new ServiceRegistry()
  readonly #server: OneClientServer
  readonly #inspector: Inspector

  constructor(send: (frame: Frame) => void) {
    this.#server = new OneClientServer((frame) => send(this.#named(frame)))
    this.#inspector = lendRegistry(this.#registry, () => inspect({ server: this.#server.asServer() }))
  }

  register(service: LifecycleService): void {
    this.#registry.register(service)
  }

  /** Tells an inspector who is there; from then on it is told what happens. */
  present(): void {
    this.#server.receive({ type: 'xstate.inspecting' })
  }

  end(): void {
    this.#inspector.send({ type: 'unload' })
    this.#inspector.disconnect()
    this.#registry.clear()
  }

  /** When it tells the present, the package leaves out what a service is called. */
  #named(frame: Frame): Frame {
    if (frame.type !== 'service.register') return frame
    const service = [...this.#registry.services].find(({ sessionId }) => sessionId === frame.sessionId)
    return service ? { ...frame, id: service.id } : frame
  }
}
