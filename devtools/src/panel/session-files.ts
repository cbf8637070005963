import type { Clock } from 'livekit-token-store'
import { MAX_SESSION_BYTES } from '../recorder/bounds'

/** By then the browser has begun to save it. */
const KEPT_MS = 10_000

export function download(frame: HTMLElement, session: string, clock: Clock): void {
  const url = URL.createObjectURL(new Blob([session], { type: 'application/json' }))
  const link = frame.ownerDocument.createElement('a')
  link.href = url
  link.download = `token-session-${clock.now()}.json`
  frame.append(link)
  link.click()
  link.remove()
  clock.setTimeout(() => URL.revokeObjectURL(url), KEPT_MS)
}

/** @throws {Error} when it is too big to be one. */
export async function read(file: File): Promise<string> {
  if (file.size > MAX_SESSION_BYTES) throw new Error('This file is too big for a session')
  return file.text()
}

/** @throws {Error} when the browser does not let it. */
export async function copy(frame: HTMLElement, text: string): Promise<void> {
  try {
    await frame.ownerDocument.defaultView?.navigator.clipboard.writeText(text)
  } catch {
    throw new Error('The browser did not let it be copied.')
  }
}
