import { onTestFinished, vi } from 'vitest'

interface HandSocket {
  readonly sent: readonly string[]
  readyState: number
  /** Tells the bridge of it. */
  say(type: 'open' | 'close'): void
}

/** The machine's WebSocket, moved by hand: it opens and ends when a test says so. The sockets, in order. */
export function handSockets(): readonly HandSocket[] {
  const sockets: HandSocket[] = []
  vi.stubGlobal(
    'WebSocket',
    class {
      readonly sent: string[] = []
      readyState = 0
      readonly #target = new EventTarget()

      constructor() {
        sockets.push(this)
      }

      send(text: string): void {
        this.sent.push(text)
      }

      close(): void {
        this.readyState = 2
      }

      addEventListener(type: string, listener: () => void): void {
        this.#target.addEventListener(type, listener)
      }

      say(type: 'open' | 'close'): void {
        this.readyState = type === 'open' ? 1 : 3
        this.#target.dispatchEvent(new Event(type))
      }
    },
  )
  onTestFinished(() => void vi.unstubAllGlobals())
  return sockets
}
