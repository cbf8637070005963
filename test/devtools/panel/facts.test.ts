import { describe, expect, it } from 'vitest'
import { changesOf, shownValue } from '../../../devtools/src/panel/inspect/facts'
import { START } from '../../helpers/clock'
import { record, story, view } from '../records'

describe('The diff of a record', () => {
  it('is to the record before it in the same lifecycle', () => {
    const records = [
      record({ sequence: 1, view: view(1) }),
      record({ sequence: 2, lifecycle: '2', view: view(9, 0, { room: 'B' }) }),
      record({ sequence: 3, view: view(2, 0, { grants: { roomJoin: true, room: 'A', canPublish: false } }) }),
    ]
    expect(changesOf(records, records[2]!)).toEqual([
      { field: 'ordinal', before: 1, after: 2 },
      { field: 'grants.canPublish', before: undefined, after: false },
    ])
  })

  it('tells of a first token what it says, and not what it leaves open', () => {
    const records = [record({ sequence: 1 }), record({ sequence: 2, view: view(1, 0, { issuedAt: null }) })]
    const fields = changesOf(records, records[1]!).map(({ field }) => field)
    expect(fields).toContain('expiresAt')
    expect(fields).not.toContain('issuedAt')
  })

  it('is empty for the first of a lifecycle, of which nothing is known to have changed', () => {
    const [first] = story()
    expect(changesOf(story(), first!)).toEqual([])
  })
})

describe('A value', () => {
  it('is a time at its full length, and how far away it is', () => {
    expect(shownValue('expiresAt', START + 5_000, START)).toMatch(/^\d\d:00:05\.000 \(in 5\.0 s\)$/)
    expect(shownValue('notBefore', null, START)).toBe('–')
  })

  it('is words, whatever it is', () => {
    expect(shownValue('grants.canPublishSources', ['camera', 'microphone'], START)).toBe('camera, microphone')
    expect(shownValue('grants.hidden', false, START)).toBe('false')
    expect(shownValue('room', undefined, START)).toBe('–')
  })
})
