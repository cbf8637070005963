import { describe, expect, it } from 'vitest'
import { ENVELOPE } from '../../../devtools/src/protocol/messages'
import { parseFrame } from '../../../devtools/src/protocol/parse-frame'
import {
  readCommandId,
  readFromApp,
  readFromViewer,
  readToApp,
} from '../../../devtools/src/protocol/read-messages'
import { record } from '../records'
import { records } from './records'

const app = 'an-app-of-16-to-64'
const hello = { ...ENVELOPE, kind: 'hello', app, allowCommands: false }
const command = { ...ENVELOPE, kind: 'command', id: 1, lifecycle: 'store-1/1', name: 'refresh' }

describe('A frame', () => {
  it('is the object that its text is', () => {
    expect(parseFrame('{"a":1}')).toEqual({ a: 1 })
  })

  it.each(['', 'no JSON', '7', 'null', '"text"', '[1]', undefined, new ArrayBuffer(2)])(
    'is not %s',
    (text) => {
      expect(parseFrame(text)).toBeNull()
    },
  )

  it('has at most a million characters', () => {
    expect(parseFrame(JSON.stringify({ a: 'x'.repeat(999_992) }))).not.toBeNull()
    expect(parseFrame(JSON.stringify({ a: 'x'.repeat(999_993) }))).toBeNull()
  })
})

describe('A message of an app', () => {
  it.each([
    hello,
    { ...ENVELOPE, kind: 'records', records: records(1, 200) },
    { ...ENVELOPE, kind: 'cleared' },
    { ...ENVELOPE, kind: 'result', id: 3, ok: false },
  ])('is taken as it is: $kind', (message) => {
    expect(readFromApp(message)).toEqual(message)
  })

  it('is built anew of the fields that it may have', () => {
    const read = readFromApp({ ...hello, token: 'canary', records: ['canary'] })
    expect(read).toEqual(hello)
    const [kept] =
      (
        readFromApp({
          ...ENVELOPE,
          kind: 'records',
          records: [
            { ...record(), token: 'canary', detail: { attempt: 1, reason: 'initial', token: 'canary' } },
          ],
        }) as { records: unknown[] } | null
      )?.records ?? []
    expect(kept).toEqual(record({ detail: { attempt: 1, reason: 'initial' } }))
  })

  it('loses the records that are none, and keeps the others', () => {
    const strangers = [null, 7, {}, { ...record(), type: 'from-a-newer-version' }, { ...record(), at: 'now' }]
    const read = readFromApp({
      ...ENVELOPE,
      kind: 'records',
      records: [...strangers, record({ sequence: 2 })],
    })
    expect(read).toEqual({ ...ENVELOPE, kind: 'records', records: [record({ sequence: 2 })] })
  })

  it.each([
    ['an unknown kind', { ...ENVELOPE, kind: 'import', records: [] }],
    ['another version', { ...hello, version: 2 }],
    ['another channel', { ...hello, channel: 'somebody-else' }],
    ['a name that is too short', { ...hello, app: 'short' }],
    ['a name that is too long', { ...hello, app: 'x'.repeat(65) }],
    ['a name with other characters', { ...hello, app: `${app}/../` }],
    ['no word on commands', { ...ENVELOPE, kind: 'hello', app }],
    ['too many records', { ...ENVELOPE, kind: 'records', records: records(1, 201) }],
    ['records that are no list', { ...ENVELOPE, kind: 'records', records: { length: 1 } }],
    ['a result for no command', { ...ENVELOPE, kind: 'result', id: -1, ok: true }],
    ['what is no object', 'hello'],
  ])('is nothing with %s', (_what, message) => {
    expect(readFromApp(message)).toBeNull()
  })
})

describe('A message to an app', () => {
  it.each([{ ...ENVELOPE, kind: 'attach', since: 0 }, command])('is taken as it is: $kind', (message) => {
    expect(readToApp(message)).toEqual(message)
  })

  it.each([
    ['a negative place', { ...ENVELOPE, kind: 'attach', since: -1 }],
    ['half a place', { ...ENVELOPE, kind: 'attach', since: 0.5 }],
    ['a command that is not in the list', { ...command, name: 'dispose' }],
    ['a lifecycle that is no text', { ...command, lifecycle: 1 }],
    ['a lifecycle that is a book', { ...command, lifecycle: 'x'.repeat(201) }],
    ['an app’s own kind', hello],
  ])('is nothing with %s', (_what, message) => {
    expect(readToApp(message)).toBeNull()
  })
})

describe('A message of a viewer', () => {
  it.each([
    { ...ENVELOPE, kind: 'watch', since: {} },
    { ...ENVELOPE, kind: 'watch', since: { 'livekit-token-1': 7 } },
    { ...command, source: 'livekit-token-1' },
  ])('is taken as it is: $kind', (message) => {
    expect(readFromViewer(message)).toEqual(message)
  })

  it.each([
    ['no place', { ...ENVELOPE, kind: 'watch' }],
    ['a place that is no number', { ...ENVELOPE, kind: 'watch', since: { a: '7' } }],
    [
      'more places than there are sources',
      {
        ...ENVELOPE,
        kind: 'watch',
        since: Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`s-${index}`, 1])),
      },
    ],
    ['a command to nobody', command],
    ['a command that is not in the list', { ...command, source: 'a', name: 'pause' }],
  ])('is nothing with %s', (_what, message) => {
    expect(readFromViewer(message)).toBeNull()
  })
})

describe('The id of a command', () => {
  it.each([
    ['a command', { ...command, source: 'a' }],
    ['one that is not in the list', { ...command, source: 'a', name: 'pause' }],
    ['one of a lifecycle that is a book', { ...command, source: 'a', lifecycle: 'x'.repeat(201) }],
    ['one without anything', { ...ENVELOPE, kind: 'command', id: 1 }],
  ])('is read of %s', (_what, message) => {
    expect(readCommandId(message)).toBe(1)
  })

  it.each([
    ['another version', { ...command, version: 2 }],
    ['an id that is no number', { ...command, id: '1' }],
    ['another kind', { ...ENVELOPE, kind: 'result', id: 1, ok: true }],
    ['what is no object', 'command'],
  ])('is not there for %s', (_what, message) => {
    expect(readCommandId(message)).toBeNull()
  })
})
