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
