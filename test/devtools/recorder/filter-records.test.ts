import { filterRecords, type TokenRecord } from 'livekit-token-devtools'
import { describe, expect, it } from 'vitest'
import { scene } from '../../behaviour/setup'
import { failure } from '../../helpers/fetcher'
import { recorded, told } from './setup'

/** A token that came, a refresh that failed, and a second store. */
async function story() {
  const { store, recorder, endpoint, clock, records } = recorded({}, { name: 'rooms' })
  await store.fetch({ roomName: 'Lobby' })
  endpoint.next(failure(503))
  store.refresh({ roomName: 'Lobby' }).catch(() => {})
  await clock.advance(0)
  const other = scene({ name: 'chats' })
  recorder.attach(other.store)
  await other.store.fetch({ roomName: 'Kitchen' })
  return records()
}

const sequences = (records: readonly TokenRecord[]) => records.map(({ sequence }) => sequence)

describe('Filtering records', () => {
  it('without a condition gives them all, the same list', async () => {
    const records = await story()
    expect(filterRecords(records, {})).toBe(records)
    expect(filterRecords(records, { text: '  ', stores: [], types: [], outcomes: [] })).toBe(records)
  })

  it('by words finds what has them all, in any case and any order', async () => {
    const records = await story()
    const found = filterRecords(records, { text: 'LOBBY failed' })
    expect(told(found)).toEqual(['attempt-failed', 'refreshing → valid'])
    expect(filterRecords(records, { text: 'lobby kitchen' })).toEqual([])
    expect(told(filterRecords(records, { text: '503 attempt-failed' }))).toEqual(['attempt-failed'])
  })

  it('by words finds a request by its room, its participant and its agent, though it never had a token', async () => {
    const { store, endpoint, records } = recorded()
    endpoint.usually(failure(403))
    await store
      .fetch({ roomName: 'Atrium', participantIdentity: 'Zoe', agentName: 'helper-9' })
      .catch(() => {})
    for (const text of ['atrium', 'zoe', 'HELPER-9'])
      expect(filterRecords(records(), { text })).toEqual(records())
  })

  it.each([
    [null, '"filter"'],
    [{ text: 5 }, '"text"'],
    [{ stores: 'store-1' }, '"stores"'],
    [{ types: {} }, '"types"'],
    [{ outcomes: 'failure' }, '"outcomes"'],
    [{ outcomes: ['failure', 'bad'] }, '"outcomes" must be a list of success, failure, neutral'],
  ])('by %j is a TypeError that quotes what is wrong', (filter, quoted) => {
    expect(() => filterRecords([], filter as never)).toThrow(TypeError)
    expect(() => filterRecords([], filter as never)).toThrow(quoted)
  })

  it('by store, type and outcome lets through what meets each of them', async () => {
    const records = await story()
    expect(filterRecords(records, { stores: ['store-2'] })).toHaveLength(3)
    expect(told(filterRecords(records, { types: ['attempt'] }))).toEqual(['attempt', 'attempt', 'attempt'])
    expect(told(filterRecords(records, { outcomes: ['failure'] }))).toEqual([
      'attempt-failed',
      'refreshing → valid',
    ])
    expect(told(filterRecords(records, { outcomes: ['success'] }))).toEqual([
      'fetching → valid',
      'fetching → valid',
    ])
    expect(
      sequences(filterRecords(records, { stores: ['store-2'], types: ['state'], outcomes: ['success'] })),
    ).toEqual([records.length])
  })

  it('knows how a room’s connection ended', async () => {
    const [sample] = await story()
    const room = (detail: TokenRecord['detail']): TokenRecord => ({
      ...(sample as TokenRecord),
      type: 'room',
      from: null,
      to: null,
      detail,
    })
    const records = [
      room({ room: 'connected' }),
      room({ room: 'disconnected', roomReason: 'CLIENT_INITIATED' }),
      room({ room: 'disconnected', roomReason: 'ROOM_DELETED' }),
      room({ room: 'disconnected' }),
    ]
    expect(filterRecords(records, { outcomes: ['success'] })).toEqual([records[0]])
    expect(filterRecords(records, { outcomes: ['neutral'] })).toEqual([records[1]])
    expect(filterRecords(records, { outcomes: ['failure'] })).toEqual([records[2], records[3]])
  })
})
