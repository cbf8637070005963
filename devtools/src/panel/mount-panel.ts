import type { Recorder } from '../recorder/types'
import { isHotkey, isTyping } from './hotkey'
import type { PanelOptions } from './panel-options'
import type { TokenDevtools } from './token-devtools'
import { createTrigger } from './trigger'

/**
 * Puts a button into `target` that opens the panel; the panel itself is loaded when it is first opened. Returns what
 * takes both away again. It never touches a store: it shows what `recorder` keeps.
 */
export function mountPanel(
  recorder: Recorder,
  target: Element = document.body,
  { open = false, position, tab, theme, hotkey = 'alt+shift+d', clock, moment$ }: PanelOptions = {},
): () => void {
  const host = document.createElement('token-devtools')
  if (position) host.setAttribute('position', position)
  if (tab) host.setAttribute('tab', tab)
  if (theme) host.setAttribute('theme', theme)
  const trigger = createTrigger(host, toggle)
  let loaded = false

  async function toggle() {
    const opening = host.toggleAttribute('open')
    trigger.ariaExpanded = String(opening)
    if (loaded || !opening) return
    try {
      const { defineTokenDevtools } = await import('./token-devtools')
      if (loaded) return
      loaded = true
      defineTokenDevtools()
      Object.assign(host as TokenDevtools, clock && { clock }, moment$ && { moment$ }, { recorder })
    } catch {
      // Offline, or a new deployment: the next press tries again.
      host.removeAttribute('open')
      trigger.ariaExpanded = 'false'
      trigger.title = 'The panel could not be loaded'
    }
  }

  const onKey = (event: KeyboardEvent) => {
    if (!hotkey || isTyping(event) || !isHotkey(event, hotkey)) return
    event.preventDefault()
    trigger.focus()
    toggle()
  }
  document.addEventListener('keydown', onKey)
  target.append(host)
  if (open) toggle()
  return () => {
    loaded = true
    document.removeEventListener('keydown', onKey)
    host.remove()
  }
}
