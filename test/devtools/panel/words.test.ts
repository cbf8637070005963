import { describe, expect, it } from 'vitest'
import { noteOf, sentence } from '../../../devtools/src/panel/model/words'
import { heightOf } from '../../../devtools/src/panel/timeline/timeline-paths'
import { record } from '../records'

const FAILED = { code: 'fetch-failed', status: 503 } as const

describe('A record in words', () => {
  it('tells of a failure where it was met, not where the next attempt begins', () => {
    const into = (to: 'refreshing' | 'fetching' | 'valid' | 'failed') =>
      noteOf(record({ type: 'state', from: 'valid', to, detail: FAILED }))
    expect(into('failed')).toBe('fetch-failed 503')
    expect(into('valid')).toContain('fetch-failed 503')
    expect(into('refreshing')).toBe('')
    expect(into('fetching')).toBe('')
    expect(sentence(record({ type: 'state', from: 'valid', to: 'refreshing', detail: FAILED }))).toBe(
      'valid to refreshing',
    )
  })
})

describe('A bar of the timeline', () => {
  it('is lower without a usable token, and stands on the foot of its band', () => {
    expect(heightOf('state', 'valid')).toBe(20)
    expect(heightOf('state', 'failed')).toBe(11)
    expect(heightOf('attempt', 'ok')).toBe(6)
  })
})
