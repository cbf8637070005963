import { setText } from './dom'

/** States pass quickly: only the ones that stay are worth interrupting a listener for. */
const SETTLED_AFTER_MS = 800

/** Tells a polite live region about each room, once it has settled. */
export function createAnnouncer(region: HTMLElement) {
  const news = new Map<string, string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  return (room: string, text: string) => {
    news.set(room, text)
    clearTimeout(timer)
    timer = setTimeout(() => {
      setText(region, [...news.values()].join(' '))
      news.clear()
    }, SETTLED_AFTER_MS)
  }
}
