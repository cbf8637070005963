import fc from 'fast-check'
import { createRecorder } from 'livekit-token-devtools'
import { describe, expect, it } from 'vitest'
import { readRecord } from '../../../devtools/src/recorder/record-schema'
import { writeSession } from '../../../devtools/src/recorder/session-file'
import { START } from '../../behaviour/setup'
import { simulatedClock } from '../../helpers/clock'
import { failure, value } from '../../helpers/fetcher'
import { signToken } from '../../helpers/tokens'
import { record, view } from '../records'
import { present, recorded } from './setup'

const encoded = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url')
/** As a server of one's own may sign whatever it likes. */
const signClaims = (claims: object) =>
  `${encoded({ alg: 'HS256' })}.${encoded(claims)}.${encoded({ of: 'nobody' })}`

/** A session of one token's life, as a file. */
async function session() {
  const at = recorded()
  await at.store.fetch({ roomName: 'A' })
  return { ...at, text: at.recorder.export() }
}

describe('A session file', () => {
  it('is JSON of a format, a version and the records', async () => {
    const { text, records } = await session()
    expect(JSON.parse(text)).toEqual({ format: 'livekit-token-session', version: 1, records: records() })
    expect(Object.keys(JSON.parse(text))).toEqual(['format', 'version', 'records'])
  })

  it('imported elsewhere is shown as it was recorded, and exported is the same file again', async () => {
    const { text, records } = await session()
    const elsewhere = createRecorder()
    elsewhere.import(text)
    expect(present(elsewhere)).toEqual(records())
    expect(elsewhere.export()).toBe(text)
  })

  it('is readable whatever a store is given: long names are cut, and times end where calendars end', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer({ min: 1_990, max: 5_000 }).map((length) => 'x'.repeat(length)),
    )
    // JSON has no -0.
    const number = fc.double().map((any) => any + 0)
    const seconds = fc.option(fc.double({ noNaN: true, max: 8e12, min: -1e300 }))
    await fc.assert(
      fc.asyncProperty(name, name, name, seconds, seconds, number, number, async (...given) => {
        const [store, roomName, room, iat, nbf, status, retryAt] = given
        const at = recorded({}, { name: store || 'tokens' })
        const claims = {
          sub: roomName,
          exp: START / 1_000 + 600,
          iat: iat ?? undefined,
          nbf: nbf ?? undefined,
        }
        const parts = signClaims(claims).split('.')
        const participantToken = signClaims({
          ...claims,
          video: { room, canPublishSources: [room, roomName, ...parts, parts.join('.')] },
        })
        at.endpoint.usually(
          value({ serverUrl: `wss://rooms.example/${'y'.repeat(room.length)}`, participantToken }),
        )
        await at.store.fetch({ roomName, agentName: room }).catch(() => {})
        at.endpoint.usually(failure(status, { retryAt }))
        const failed = at.store.refresh({ roomName, agentName: room }).catch(() => {})
        await at.clock.advance(0)
        at.store.dispose()
        await failed
        const elsewhere = createRecorder()
        elsewhere.import(at.recorder.export())
        expect(present(elsewhere)).toEqual(at.records())
        expect(at.records().length).toBeGreaterThan(2)
      }),
    )
  })

  it('is readable though a clock of one’s own tells no time', async () => {
    const at = recorded()
    await at.store.fetch({ roomName: 'A' })
    const recorder = createRecorder({ clock: { ...simulatedClock(), now: () => Number.NaN } })
    recorder.attach(at.store)
    const elsewhere = createRecorder()
    elsewhere.import(recorder.export())
    expect(present(elsewhere)).toMatchObject([{ type: 'attached', at: 0 }])
  })

  it('has the newest records in it, where all would be more than one may have', () => {
    const canPublishSources = Array.from({ length: 1_000 }, () => 'x'.repeat(2_000))
    const big = view(1, 0, { grants: { canPublishSources } })
    const records = Array.from({ length: 30 }, (_, index) => record({ sequence: index + 1, view: big }))
    const recorder = createRecorder()
    recorder.import(writeSession(records))
    expect(present(recorder)).toEqual(records.slice(6))
    expect(writeSession(records).length).toBeLessThanOrEqual(50_000_000)
  })

  it('is shown until clear; what happens meanwhile is kept and shown then', async () => {
    const { store, recorder, records, text } = await session()
    const statuses: boolean[] = []
    recorder.status$.subscribe(({ imported }) => statuses.push(imported))
    recorder.import(text)
    store.invalidate()
    expect(records()).toHaveLength(3)
    recorder.clear()
    expect(records()).toHaveLength(5)
    expect(statuses).toEqual([false, true, false])
  })

  it('takes no command: there is no store behind it', async () => {
    const { text, store } = await session()
    const recorder = createRecorder({ allowCommands: true })
    recorder.attach(store)
    recorder.import(text)
    expect(() => recorder.command('1', 'refresh')).toThrow('imported session')
  })

  it('brings no field that is not known, and no token', async () => {
    const { text } = await session()
    const canary = signToken({ issuedAt: START })
    const file = JSON.parse(text)
    Object.assign(file.records[2], { token: canary, store: canary })
    Object.assign(file.records[2].view, { participantToken: canary })
    Object.assign(file.records[2].view.grants, { secret: canary, room: canary })
    Object.assign(file.records[2].request, { participantMetadata: canary, roomName: canary })
    Object.assign(file.records[2].detail, { message: canary })
    const recorder = createRecorder()
    recorder.import(JSON.stringify(file))
    const shown = JSON.stringify(present(recorder))
    for (const part of canary.split('.')) expect(shown).not.toContain(part)
    expect(shown).not.toMatch(/secret|message|Metadata|participantToken/)
  })

  it('pollutes no prototype', () => {
    const recorder = createRecorder()
    const text =
      '{"format":"livekit-token-session","version":1,"records":[],"__proto__":{"polluted":1},"constructor":{}}'
    recorder.import(text)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  const good = {
    at: 1,
    mono: 1,
    sequence: 1,
    storeId: 's',
    store: 's',
    lifecycle: '1',
    type: 'state',
    from: 'idle',
    to: 'fetching',
    view: null,
    request: {},
    detail: {},
  }
  const file = (record: object) =>
    JSON.stringify({ format: 'livekit-token-session', version: 1, records: [good, record] })

  it.each([
    ['', 'not JSON'],
    ['{"secret words', 'not JSON'],
    ['null', '"format"'],
    ['[]', '"format"'],
    ['{"format":"other","version":1,"records":[]}', '"format"'],
    ['{"format":"livekit-token-session","version":2,"records":[]}', '"version"'],
    ['{"format":"livekit-token-session","version":"1","records":[]}', '"version"'],
    ['{"format":"livekit-token-session","records":[]}', '"version"'],
    ['{"format":"livekit-token-session","version":1}', '"records"'],
    ['{"format":"livekit-token-session","version":1,"records":{}}', '"format"'],
    [file({}), 'Record 1'],
    [file({ ...good, at: 'secret words' }), '"at"'],
    [file({ ...good, at: null }), '"at"'],
    // No calendar goes as far.
    [file({ ...good, at: 9e15 }), '"at"'],
    [file({ ...good, view: { ...view(1), expiresAt: 1e300 } }), '"view.expiresAt"'],
    [file({ ...good, view: { ...view(1), notBefore: -9e15 } }), '"view.notBefore"'],
    [file({ ...good, detail: { nextAt: 1e300 } }), '"detail.nextAt"'],
    [file({ ...good, sequence: -1 }), '"sequence"'],
    [file({ ...good, type: 'secret words' }), '"type"'],
    [file({ ...good, to: 'secret words' }), '"to"'],
    [file({ ...good, view: {} }), '"view.ordinal"'],
    [file({ ...good, detail: { code: 'secret words' } }), '"detail.code"'],
    [file({ ...good, store: 'x'.repeat(3_000) }), '"store"'],
    [undefined, 'text'],
    [new Uint8Array(3), 'text'],
  ])('that is %.60s is a TypeError that tells where and repeats nothing', async (text, told) => {
    const { recorder, records } = await session()
    const before = records()
    let error: unknown
    try {
      recorder.import(text as string)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(TypeError)
    expect((error as Error).message).toContain(told)
    expect((error as Error).message).not.toContain('secret')
    expect(records()).toBe(before)
  })

  it('that is huge is refused before it is read', () => {
    expect(() => createRecorder().import(' '.repeat(50_000_001))).toThrow('too big')
  })
})

describe('A record that another app tells', () => {
  it.each([
    ['as it should', record({ view: view(1) }), true],
    ['of a time that no calendar has', record({ at: 9e15 }), false],
    ['of a token older than all calendars', record({ view: view(1, 0, { issuedAt: -1e303 }) }), false],
    ['of a retry after all calendars', record({ detail: { nextAt: 1e300 } }), false],
    ['with a name that nobody has', record({ store: 'x'.repeat(2_001) }), false],
  ])('%s is one: %#', (_, told, good) => {
    expect(readRecord(told)).toEqual(good ? told : null)
  })
})
