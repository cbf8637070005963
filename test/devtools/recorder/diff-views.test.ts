import { diffViews } from 'livekit-token-devtools'
import type { TokenView } from 'livekit-token-store'
import { describe, expect, it } from 'vitest'

const view: TokenView = {
  ordinal: 1,
  serverUrl: 'wss://rooms.example',
  issuedAt: null,
  notBefore: 1,
  expiresAt: 2,
  receivedAt: 1,
  refreshAt: 2,
  room: 'A',
  identity: 'me',
  grants: { roomJoin: true, canPublishSources: ['camera'] },
}

describe('The difference of two views', () => {
  it('is nothing when they say the same', () => {
    expect(diffViews(view, { ...view, grants: { roomJoin: true, canPublishSources: ['camera'] } })).toEqual(
      [],
    )
    expect(diffViews(null, null)).toEqual([])
  })

  it('is each field that changed, grants by their own names', () => {
    const after = { ...view, ordinal: 2, grants: { canPublishSources: ['microphone'], hidden: true } }
    expect(diffViews(view, after)).toEqual([
      { field: 'ordinal', before: 1, after: 2 },
      { field: 'grants.roomJoin', before: true, after: undefined },
      { field: 'grants.canPublishSources', before: ['camera'], after: ['microphone'] },
      { field: 'grants.hidden', before: undefined, after: true },
    ])
  })

  it('to and from no token is the whole view', () => {
    expect(diffViews(null, view)).toHaveLength(11)
    expect(diffViews(view, null).every(({ after }) => after === undefined)).toBe(true)
  })
})
