import { describe, expect, it } from 'vitest'
import { attemptsOf } from '../../../devtools/src/panel/timeline/attempts'
import type { TokenRecord } from '../../../devtools/src/recorder/record'
import { START } from '../../helpers/clock'
import { record } from '../records'

const bars = (...records: Partial<TokenRecord>[]) =>
  attemptsOf(
    [{ type: 'attempt' }, ...records].map((one, index) =>
      record({ at: START + index, ...one } as Partial<TokenRecord>),
    ),
  ).map(({ from, to, outcome }) => [from - START, to === null ? null : to - START, outcome])

describe('An attempt', () => {
  it('is in flight until something ends it', () => {
    expect(bars({ type: 'room' })).toEqual([[0, null, 'in-flight']])
  })

  it.each(['fetching', 'refreshing'] as const)('succeeds with the token that came (%s)', (from) => {
    expect(bars({ type: 'state', from, to: 'valid' })).toEqual([[0, 1, 'ok']])
  })

  it('succeeds with a token that is too old to be kept', () => {
    expect(bars({ type: 'expired-on-arrival' })).toEqual([[0, 1, 'ok']])
  })

  it('goes on when the token that it is to replace stops being usable', () => {
    expect(
      bars(
        { type: 'state', from: 'refreshing', to: 'fetching' },
        { type: 'state', from: 'fetching', to: 'valid' },
      ),
    ).toEqual([[0, 2, 'ok']])
  })

  it('fails once, whatever the state does then', () => {
    expect(bars({ type: 'attempt-failed' }, { type: 'state', from: 'refreshing', to: 'valid' })).toEqual([
      [0, 1, 'failed'],
    ])
  })

  it.each(['invalidated', 'evicted', 'disposed'] as const)('is taken back (%s)', (type) => {
    expect(bars({ type })).toEqual([[0, 1, 'aborted']])
  })

  it('is superseded by the next', () => {
    expect(bars({ type: 'attempt' })).toEqual([
      [0, 1, 'aborted'],
      [1, null, 'in-flight'],
    ])
  })
})
