import { describe, expect, it } from 'vitest'
import { isHotkey } from '../../../devtools/src/panel/hotkey'

const press = (key: string, code: string, held: string[] = []) =>
  ({
    key,
    code,
    ...Object.fromEntries(
      ['alt', 'ctrl', 'meta', 'shift'].map((name) => [`${name}Key`, held.includes(name)]),
    ),
  }) as unknown as KeyboardEvent

describe('A hotkey', () => {
  it('is its key with exactly its modifiers', () => {
    expect(isHotkey(press('D', 'KeyD', ['alt', 'shift']), 'alt+shift+d')).toBe(true)
    expect(isHotkey(press('d', 'KeyD', ['alt']), 'alt+shift+d')).toBe(false)
    expect(isHotkey(press('D', 'KeyD', ['alt', 'shift', 'ctrl']), 'alt+shift+d')).toBe(false)
    expect(isHotkey(press('E', 'KeyE', ['alt', 'shift']), 'alt+shift+d')).toBe(false)
  })

  it('is found where a modifier makes another letter of it', () => {
    expect(isHotkey(press('Î', 'KeyD', ['alt', 'shift']), 'Alt+Shift+D')).toBe(true)
  })

  it('may be a key without a letter', () => {
    expect(isHotkey(press('F9', 'F9'), 'f9')).toBe(true)
  })
})
