import { describe, expect, it } from 'vitest'
import { byLife } from '../../../devtools/src/panel/model/by-life'
import { lifeAfter } from '../../../devtools/src/panel/model/lives'
import { perLife } from '../../../devtools/src/panel/model/per-life'
import type { TokenRecord } from '../../../devtools/src/recorder/record'
import { START } from '../../helpers/clock'
import { record, story, view } from '../records'

const livesOf = (records: readonly TokenRecord[]) => perLife(lifeAfter)(byLife(records))

const life = (...records: Partial<TokenRecord>[]) =>
  [
    ...livesOf(
      records.map((one, index) => record({ at: START + index, sequence: index + 1, ...one })),
    ).values(),
  ][0]!

describe('A lifecycle, as its records leave it', () => {
  it('has the state it was found in or went to last, since it went there', () => {
    expect(life({ type: 'attached', to: 'valid', view: view(1) })).toMatchObject({
      status: 'valid',
      since: START,
    })
    const moved = [
      { type: 'state', from: 'idle', to: 'fetching' },
      { type: 'attempt' },
      { type: 'state', from: 'fetching', to: 'valid', view: view(1) },
      { type: 'room', view: view(1), detail: { room: 'connecting' } },
    ] as const
    expect(life(...moved)).toMatchObject({ status: 'valid', since: START + 2, room: 'connecting' })
  })

  it('is valid when all that is known of it is that it has a token', () => {
    expect(life({ type: 'room', view: view(1) }).status).toBe('valid')
    expect(life({ type: 'room' }).status).toBe('idle')
  })

  it('has the error and the next try that its last state had, until they are made good', () => {
    const failed = {
      type: 'attempt-failed',
      detail: { code: 'fetch-failed', status: 503, nextAt: START + 9 },
    } as const
    expect(life(failed)).toMatchObject({ error: 'fetch-failed 503', nextAt: START + 9 })
    expect(life(failed, { type: 'attempt' })).toMatchObject({ error: 'fetch-failed 503', nextAt: null })
    expect(life(failed, { type: 'state', from: 'fetching', to: 'valid' })).toMatchObject({
      error: null,
      nextAt: null,
    })
  })

  it('keeps its name when the token that told it is gone', () => {
    const gone = [{ view: view(1) }, { type: 'state', from: 'valid', to: 'idle', view: null }] as const
    expect(life(...gone).label).toBe('A · me')
    expect(life({ request: {} }).label).toBe('lifecycle 1')
    expect(life({ request: { agentName: 'helper' } }).label).toBe('helper')
  })

  it('is offline, and ahead of its clock, as it was told last', () => {
    const told = [
      { type: 'command', detail: { on: true } },
      { type: 'clock-corrected', detail: { byMs: 5 } },
    ] as const
    expect(life(...told)).toMatchObject({ offline: true, clockOffset: 5 })
    expect(life(...told, { type: 'command', detail: { on: false } })).toMatchObject({
      offline: false,
      clockOffset: 5,
    })
  })

  it('ends with an eviction and with its store, without a state or an error to show', () => {
    const ended = life({ type: 'attempt-failed', detail: { code: 'timeout' } }, { type: 'disposed' })
    expect(ended).toMatchObject({ ended: true, status: 'idle', error: null })
    expect(life({ type: 'evicted' }).ended).toBe(true)
  })

  it('is told from the others of a whole session', () => {
    const lives = livesOf(story())
    expect([...lives.keys()]).toEqual(['store-1/1', 'store-1/2'])
    expect(lives.get('store-1/1')).toMatchObject({ ended: true })
  })
})
