import { describe, expect, it } from 'vitest'
import { readXState4, readXState5 } from '../../../devtools/src/protocol/read-xstate-frames'

const register = {
  type: 'service.register',
  sessionId: 'x:1',
  id: 'light',
  parent: 'x:0',
  machine: '{"id":"light"}',
  state: '{"value":"green"}',
}
const inspection = {
  sessionId: 'x:1',
  rootId: 'x:0',
  createdAt: '1767225600000',
  _version: '0.7.2',
  id: null,
}
const actor = {
  type: '@xstate.actor',
  ...inspection,
  name: 'light',
  definition: '{"id":"light"}',
  parentId: 'x:0',
  snapshot: { value: 'green' },
}

describe('A frame of @xstate/inspect', () => {
  it.each([
    register,
    { type: 'service.register', sessionId: 'x:1', machine: '{}', state: 'null' },
    { type: 'service.event', sessionId: 'x:1', event: '{"name":"NEXT"}' },
    { type: 'service.state', sessionId: 'x:1', state: '{"value":"red"}' },
    { type: 'service.stop', sessionId: 'x:1' },
  ])('is taken as it is: $type', (frame) => {
    expect(readXState4({ ...frame, more: 'unknown' })).toEqual(frame)
  })

  it('is written anew, so that nothing hides behind an escape', () => {
    expect(readXState4({ ...register, machine: '{ "id": "\\u0065yJ" }' })).toMatchObject({
      machine: '{"id":"eyJ"}',
    })
  })

  it('is shown by the beginning of its name where that is a book, and matched by its session as before', () => {
    const id = `${'x'.repeat(198)}yz${'!'.repeat(100)}`
    expect(readXState4({ ...register, id })).toEqual({ ...register, id: `${'x'.repeat(198)}y…` })
    const whole = 'x'.repeat(200)
    expect(readXState4({ ...register, id: whole })).toEqual({ ...register, id: whole })
  })

  it.each([
    ['no session', { ...register, sessionId: undefined }],
    ['a machine that is no JSON', { ...register, machine: '{' }],
    ['a machine that is no text', { ...register, machine: {} }],
    ['a session that is a book', { ...register, sessionId: 'x'.repeat(201) }],
    ['an unknown type', { type: 'service.eval', sessionId: 'x:1' }],
    ['the other protocol', actor],
    ['what is no object', null],
  ])('is nothing with %s', (_what, frame) => {
    expect(readXState4(frame)).toBeNull()
  })
})

describe('A frame of @statelyai/inspect', () => {
  it.each([
    actor,
    { type: '@xstate.actor', ...inspection, name: 'promise' },
    { type: '@xstate.event', ...inspection, event: { type: 'NEXT', more: 1 }, sourceId: 'x:0' },
    { type: '@xstate.snapshot', ...inspection, event: { type: 'NEXT' }, snapshot: { value: 'red' } },
  ])('is taken as it is: $type', (frame) => {
    expect(readXState5({ ...frame, more: 'unknown' })).toEqual(frame)
  })

  it('is shown by the beginning of its names where they are books, and matched by its session as before', () => {
    const long = `0.machine.${'a-state.'.repeat(40)}`
    const cut = `${long.slice(0, 199)}…`
    expect(readXState5({ ...actor, name: long, id: long })).toEqual({ ...actor, name: cut, id: cut })
  })

  it('is nothing when what it is matched by is a book', () => {
    for (const field of ['sessionId', 'rootId', 'parentId'])
      expect(readXState5({ ...actor, [field]: 'x'.repeat(201) })).toBeNull()
  })

  it.each([
    ['no version', { ...actor, _version: undefined }],
    ['a definition that is no JSON', { ...actor, definition: 'light' }],
    ['an event without a type', { type: '@xstate.event', ...inspection, event: {} }],
    ['an unknown type', { ...actor, type: '@xstate.microstep' }],
    ['the other protocol', register],
  ])('is nothing with %s', (_what, frame) => {
    expect(readXState5(frame)).toBeNull()
  })
})
