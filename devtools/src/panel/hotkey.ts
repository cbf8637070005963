/** Whether that key was pressed: modifiers and one key, as in 'alt+shift+d', wherever the keyboard has the letter. */
export function isHotkey(event: KeyboardEvent, hotkey: string): boolean {
  const parts = hotkey.toLowerCase().split('+')
  const key = parts.pop()!
  const meant = [event.key.toLowerCase(), event.code.replace(/^(Key|Digit)/, '').toLowerCase()].includes(key)
  return meant && MODIFIERS.every((name) => event[`${name}Key`] === parts.includes(name))
}

const MODIFIERS = ['alt', 'ctrl', 'meta', 'shift'] as const

/** What is typed into a field is not for us. */
export const isTyping = (event: Event): boolean =>
  (event.composedPath()[0] as Partial<HTMLElement>).isContentEditable === true ||
  /^(INPUT|TEXTAREA|SELECT)$/.test((event.composedPath()[0] as Element).tagName)
