import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../devtools/src/inspector-page/model/limits'
import { tame, tameJson, tameText } from '../../../devtools/src/inspector-page/model/plain'
import { canaries } from '../../helpers/printed'
import { signToken } from '../../helpers/tokens'

const TOKEN = signToken({ issuedAt: 1_700_000_000_000 })

describe('What a stranger sent, made safe to keep', () => {
  it('is the same data when it is plain data', () => {
    const data = { a: [1, 'two', null, true], b: { c: {} } }
    expect(JSON.parse(JSON.stringify(tame(data).value))).toEqual(data)
  })

  it('has no token in it, in a text, a key, a JSON text or beside other words', () => {
    const { value } = tame({
      jwt: TOKEN,
      [TOKEN]: 1,
      text: `Bearer ${TOKEN}, please`,
      nested: [{ body: JSON.stringify({ token: TOKEN }) }],
    })
    const told = JSON.stringify(value)
    for (const canary of canaries(TOKEN)) expect(told).not.toContain(canary)
    expect(told).toContain('Bearer [token], please')
  })

  it('has no part of a token that lies where a long text is cut off', () => {
    const told = tameText(`${' '.repeat(LIMITS.text - 30)}${TOKEN}`)
    expect(told.length).toBeLessThan(LIMITS.text + 10)
    expect(told).not.toContain(TOKEN.slice(0, 20))
    expect(tameText(`${TOKEN} ${'x'.repeat(LIMITS.maskedText)}`)).toMatch(/^\[a text of \d+ characters\]$/)
  })

  it('keeps a key like __proto__ as a key, and nobody’s prototype is touched', () => {
    const { value } = tame(
      JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
    )
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
    expect(Object.getPrototypeOf(value)).toBeNull()
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor'])
  })

  it('ends where the data is circular, too deep, or too much', () => {
    const circle: Record<string, unknown> = { name: 'circle' }
    circle.self = circle
    expect(JSON.stringify(tame(circle).value)).toBe('{"name":"circle","self":"[circular]"}')

    let deep: unknown = 'bottom'
    for (let level = 0; level < 50_000; level += 1) deep = [deep]
    expect(JSON.stringify(tame(deep).value)).toContain('[list]')

    const many = tame(Array.from({ length: 100_000 }, () => ({ a: 1 })))
    expect(JSON.stringify(many.value).length).toBeLessThan(LIMITS.values * 20)
    expect(JSON.stringify(many.value)).toMatch(/\d+ more\]/)
  })

  it('runs no getter, and says in a word what is no data', () => {
    let ran = 0
    const data = {
      get trap() {
        ran += 1
        return 1
      },
      map: new Map([[1, TOKEN]]),
      when: new Date(0),
      bad: Number.NaN,
      big: 10n,
      act: () => TOKEN,
    }
    expect({ ...(tame(data).value as object) }).toEqual({
      map: '[Map]',
      when: '1970-01-01T00:00:00.000Z',
      bad: 'NaN',
      big: '[bigint]',
      act: '[function]',
    })
    expect(ran).toBe(0)
  })

  it('is nothing when a text is no JSON, or too long to be looked at', () => {
    expect(tameJson('{')).toBeNull()
    expect(tameJson(7)).toBeNull()
    expect(tameJson(`"${'x'.repeat(LIMITS.jsonText)}"`)).toBeNull()
    expect(tameJson('[1]')?.value).toEqual([1])
  })
})
