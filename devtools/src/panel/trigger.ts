const CSS = `:host{all:initial}
.trigger{direction:ltr;position:fixed;z-index:2147483001;right:12px;bottom:12px;display:flex;gap:6px;align-items:center;height:32px;padding:0 12px;border:1px solid #6d7786;border-radius:16px;background:#161a21;color:#e9edf3;font:560 12px system-ui}
.trigger::before{content:"●";color:#5fd394}
.trigger:focus-visible{outline:2px solid #82b3ff;outline-offset:2px}`

/** The button that opens the panel, in the host's shadow root. */
export function createTrigger(host: HTMLElement, onPress: () => void): HTMLButtonElement {
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(CSS)
  root.adoptedStyleSheets.push(sheet)
  const trigger = document.createElement('button')
  trigger.className = 'trigger'
  trigger.textContent = 'Tokens'
  trigger.title = 'Token devtools'
  trigger.ariaExpanded = 'false'
  trigger.onclick = onPress
  root.append(trigger)
  return trigger
}
