import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkedRequest, copyRequest, frozenCopy, plainlyEqual, requestKey } from '../src/request'
import type { TokenRequest } from '../src/types'

const same = (a: TokenRequest, b: TokenRequest) => requestKey(a) === requestKey(b)
const cyclic = () => {
  const value: Record<string, unknown> = { name: 'A' }
  value.self = value
  return { extra: value }
}
const symbol = Symbol('one')
const work = () => 1
class Instance {}
const instance = new Instance()

describe('The key', () => {
  it('of no request and of an empty one is the same', () => {
    expect(requestKey(undefined)).toBe(requestKey({}))
  })

  it.each<[string, TokenRequest, TokenRequest]>([
    ['key order', { roomName: 'A', agentName: 'B' }, { agentName: 'B', roomName: 'A' }],
    ['nested key order', { extra: { a: 1, b: 2 } }, { extra: { b: 2, a: 1 } }],
    ['undefined', { roomName: undefined }, {}],
    ['nested undefined', { extra: { a: undefined } }, { extra: {} }],
    ['empty attributes', { participantAttributes: {} }, {}],
    ['attributes that are all undefined', { participantAttributes: { a: undefined } } as never, {}],
    ['a prototype of another realm', { extra: runInNewContext('({ a: 1 })') }, { extra: { a: 1 } }],
    ['no prototype', { extra: Object.assign(Object.create(null), { a: 1 }) }, { extra: { a: 1 } }],
    ['minus zero', { extra: -0 }, { extra: 0 }],
    ['equal dates', { extra: new Date(5) }, { extra: new Date(5) }],
    ['equal shapes of a ring', cyclic(), cyclic()],
    ['the same symbol', { extra: symbol }, { extra: symbol }],
    ['the same function', { extra: work }, { extra: work }],
    ['the same instance', { extra: instance }, { extra: instance }],
  ])('does not depend on %s', (_what, a, b) => {
    expect(same(a, b)).toBe(true)
  })

  it.each<[string, TokenRequest, TokenRequest]>([
    ['an empty object that is no attributes', { extra: {} }, {}],
    ['null and absent', { extra: null }, {}],
    ['a number and its text', { extra: 1 }, { extra: '1' }],
    ['a bigint and a number', { extra: 1n }, { extra: 1 }],
    ['a boolean and its text', { extra: true }, { extra: 'true' }],
    ['an array and an object', { extra: ['a'] }, { extra: { 0: 'a' } }],
    ['the order of an array', { extra: ['a', 'b'] }, { extra: ['b', 'a'] }],
    ['undefined within an array', { extra: [undefined] }, { extra: [] }],
    ['dates', { extra: new Date(5) }, { extra: new Date(6) }],
    ['symbols of one name', { extra: Symbol('one') }, { extra: symbol }],
    ['functions', { extra: () => 1 }, { extra: work }],
    ['instances', { extra: new Instance() }, { extra: instance }],
    ['a text that looks like more keys', { roomName: 'A","x":"y' }, { roomName: 'A', x: 'y' }],
    ['a key that looks like two', { 'a":"b","c': 'd' }, { a: 'b', c: 'd' }],
    ['a null’s text', { extra: null }, { extra: 'null' }],
    ['NaN and null', { extra: Number.NaN }, { extra: null }],
  ])('tells apart %s', (_what, a, b) => {
    expect(same(a, b)).toBe(false)
  })

  it('is the same just for equal JSON values, whatever they are', () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 })
    fc.assert(
      fc.property(json, json, (a, b) => {
        const equal = fc.stringify(a) === fc.stringify(b)
        if (equal) expect(same(a, b)).toBe(true)
        expect(same(a, copyRequest(a))).toBe(true)
        expect(same(a, Object.fromEntries(Object.entries(a).reverse()))).toBe(true)
        expect(same({ ...a, marker: 1 }, { ...a, marker: 2 })).toBe(false)
      }),
    )
  })
})

describe('The copy', () => {
  it('is deep where it is plain, and passes on what belongs to the app', () => {
    const map = new Map()
    const request = { roomName: 'A', extra: { list: [{ a: 1 }], map, work, instance } }
    const copy = copyRequest(request) as typeof request
    expect(copy).toEqual(request)
    expect(copy.extra).not.toBe(request.extra)
    expect(copy.extra.list[0]).not.toBe(request.extra.list[0])
    expect(copy.extra.map).toBe(map)
    expect(copy.extra.instance).toBe(instance)
  })

  it('keeps a ring a ring, and what is shared shared', () => {
    const { extra } = copyRequest(cyclic()) as ReturnType<typeof cyclic>
    expect(extra.self).toBe(extra)
    const part = {}
    const copy = copyRequest({ a: part, b: part })
    expect(copy.a).toBe(copy.b)
    expect(copy.a).not.toBe(part)
  })

  it('takes a key named __proto__ as any other', () => {
    const copy = copyRequest(JSON.parse('{"__proto__":{"polluted":true}}'))
    expect(Object.keys(copy)).toEqual(['__proto__'])
    expect((copy as { polluted?: unknown }).polluted).toBeUndefined()
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('reads a getter once and makes it a value', () => {
    let reads = 0
    const copy = copyRequest({
      get roomName() {
        reads += 1
        return 'A'
      },
    })
    expect([copy.roomName, copy.roomName, reads]).toEqual(['A', 'A', 1])
  })

  it('that is frozen cannot be changed to the bottom, and its original can', () => {
    const request = { participantAttributes: { a: '1' }, extra: [{ b: 1 }], ring: cyclic() }
    const copy = frozenCopy(request) as typeof request
    expect(() => Object.assign(copy.participantAttributes, { a: '2' })).toThrow(TypeError)
    expect(() => Object.assign(copy.extra[0] ?? {}, { b: 2 })).toThrow(TypeError)
    expect(() => Object.assign(copy, { roomName: 'B' })).toThrow(TypeError)
    request.participantAttributes.a = '2'
    expect(copy.participantAttributes.a).toBe('1')
  })

  it('that is frozen leaves the app’s own objects unfrozen', () => {
    frozenCopy({ extra: instance })
    expect(Object.isFrozen(instance)).toBe(false)
  })
})

describe('A request that is none', () => {
  it.each([null, 'lobby', 1, ['lobby'], undefined])('%j is a TypeError that quotes it', (request) => {
    expect(() => checkedRequest(request as never)).toThrow(/"request" must be an object/)
  })

  it('is not what an object is', () => {
    const request = { roomName: 'A' }
    expect(checkedRequest(request)).toBe(request)
  })
})

describe('Two requests are plainly equal', () => {
  const known = { roomName: 'A', participantAttributes: { seat: '12', row: 'b' }, tenant: 7 }

  it.each([
    ['written inline', { roomName: 'A', participantAttributes: { seat: '12', row: 'b' }, tenant: 7 }],
    ['in another order', { tenant: 7, participantAttributes: { row: 'b', seat: '12' }, roomName: 'A' }],
  ])('when %s', (_, request) => {
    expect(plainlyEqual(request, known)).toBe(true)
  })

  it.each<[string, TokenRequest]>([
    ['one field differs', { ...known, roomName: 'B' }],
    ['one field is missing', { roomName: 'A', tenant: 7 }],
    ['one field is more', { ...known, agentName: 'a' }],
    ['an attribute differs', { ...known, participantAttributes: { seat: '12', row: 'c' } }],
    ['an attribute is missing', { ...known, participantAttributes: { seat: '12' } }],
    ['an attribute is more', { ...known, participantAttributes: { seat: '12', row: 'b', door: '1' } }],
    ['a number is a text', { ...known, tenant: '7' }],
    [
      'a field that is undefined stands for one that is missing',
      { ...known, tenant: undefined, agentName: 'a' },
    ],
    [
      'another field is undefined in its place',
      { roomName: 'A', participantAttributes: { seat: '12', row: 'b' }, agentName: undefined },
    ],
    ['a field is what every object has', { ...known, tenant: undefined, constructor: Object }],
  ])('not when %s', (_, request) => {
    expect(plainlyEqual(request, known)).toBe(false)
  })

  it('never when their keys differ, and leaves what it cannot see at a glance to the keys', () => {
    const field = fc.constantFrom('roomName', 'participantAttributes', 'tenant', 'agentName', 'constructor')
    const leaf = fc.constantFrom<unknown>(
      'A',
      '',
      7,
      null,
      undefined,
      Number.NaN,
      {},
      { seat: '1' },
      [],
      ['1'],
    )
    const request = fc.dictionary(field, leaf) as fc.Arbitrary<TokenRequest>
    fc.assert(
      fc.property(request, request, (one, other) => {
        if (plainlyEqual(one, other)) expect(requestKey(one)).toBe(requestKey(other))
      }),
      { numRuns: 20_000 },
    )
  })
})
