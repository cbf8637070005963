import { describe, expect, it } from 'vitest'
import { descendants, family, liveFirst } from '../../../devtools/src/inspector-page/model/family'
import { createFeed, type Feed } from '../../../devtools/src/inspector-page/model/feed'
import { LIMITS } from '../../../devtools/src/inspector-page/model/limits'
import { searched } from '../../../devtools/src/inspector-page/model/search'
import { coarse, thinned, timelineOf } from '../../../devtools/src/inspector-page/model/timeline'
import { canaries } from '../../helpers/printed'
import { signToken } from '../../helpers/tokens'

const AT = 1_700_000_000_000
const TOKEN = signToken({ issuedAt: AT })
const MACHINE = JSON.stringify({ id: 'm', initial: 'a', states: { a: { on: { GO: 'b' } }, b: {} } })

const v5 = {
  actor: (sessionId: string, rest: object = {}) => ({
    type: '@xstate.actor',
    sessionId,
    name: 'm',
    definition: MACHINE,
    snapshot: { status: 'active', value: 'a', context: { n: 1 } },
    _version: '0.7.2',
    createdAt: String(AT),
    ...rest,
  }),
  event: (sessionId: string, type: string, rest: object = {}) => ({
    type: '@xstate.event',
    sessionId,
    event: { type },
    _version: '0.7.2',
    createdAt: String(AT + 10),
    ...rest,
  }),
  snapshot: (sessionId: string, type: string, value: unknown, rest: object = {}) => ({
    type: '@xstate.snapshot',
    sessionId,
    event: { type },
    snapshot: { status: 'active', value, context: { n: 2 }, ...rest },
    _version: '0.7.2',
    createdAt: String(AT + 20),
  }),
}
const v4 = {
  register: (sessionId: string, rest: object = {}) => ({
    type: 'service.register',
    sessionId,
    machine: MACHINE,
    state: JSON.stringify({ value: 'a', context: {}, event: { type: 'xstate.init' } }),
    ...rest,
  }),
  event: (sessionId: string, type: string) => ({
    type: 'service.event',
    sessionId,
    event: JSON.stringify({ name: type, data: { type }, $$type: 'scxml', type: 'external' }),
  }),
  state: (sessionId: string, type: string, value: unknown, rest: object = {}) => ({
    type: 'service.state',
    sessionId,
    state: JSON.stringify({ value, context: {}, event: { type }, ...rest }),
  }),
}

const fed = (messages: readonly unknown[], feed = createFeed()): Feed => {
  for (const [index, message] of messages.entries()) feed.take(message, AT + 100 + index)
  return feed
}
const steps = (feed: Feed, index = 0) =>
  feed.actors[index]?.entries.map(
    ({ type, before, after }) => `${type}: ${String(before)} → ${String(after)}`,
  )

describe('A feed', () => {
  it('puts an event and the snapshot it led to together, in either protocol', () => {
    const newer = fed([v5.actor('x:0'), v5.event('x:0', 'GO'), v5.snapshot('x:0', 'GO', 'b')])
    const older = fed([v4.register('x:0'), v4.event('x:0', 'GO'), v4.state('x:0', 'GO', 'b')])
    for (const feed of [newer, older]) {
      expect(steps(feed)).toEqual([': a → a', 'GO: a → b'])
      expect(feed.actors[0]?.chart?.states.map(({ key }) => key)).toEqual(['m', 'a', 'b'])
      expect(feed.actors[0]?.entries[1]?.snapshot).toMatchObject({ value: 'b' })
    }
  })

  it('takes the sender’s time where it is plausible, else the time of arrival', () => {
    const feed = fed([v5.actor('x:0'), v5.event('x:0', 'A'), v5.event('x:0', 'B', { createdAt: '9e99' })])
    const late = v5.event('x:0', 'C', { createdAt: String(AT + 1_000_000) })
    feed.take(late, AT + 500)
    expect(feed.actors[0]?.entries.map(({ at }) => at - AT)).toEqual([0, 10, 102, 500])
  })

  it('knows a service that is told again, as XState 4 does whenever an inspector connects', () => {
    const feed = fed([v4.register('x:0', { id: 'mine' }), v4.register('x:1', { id: 'child', parent: 'x:0' })])
    fed([v4.register('x:0'), v4.register('x:1')], feed)
    expect(feed.actors.map(({ name, parent }) => [name, parent])).toEqual([
      ['mine', null],
      ['child', feed.actors[0]?.key],
    ])
    expect(feed.actors.map(({ entries }) => entries.length)).toEqual([1, 1])
  })

  it('takes a session of the same id for another actor once the first one has stopped or is lost', () => {
    const feed = fed([
      v4.register('x:0'),
      { type: 'service.stop', sessionId: 'x:0' },
      v4.register('x:0'),
      { type: 'xstate.disconnect' },
      v4.register('x:0'),
    ])
    expect(feed.actors.map(({ status }) => status)).toEqual(['stopped', 'lost', 'active'])
    expect(new Set(feed.actors.map(({ key }) => key)).size).toBe(3)
  })

  it('shows an actor without a machine, who sent its events, and how it ended', () => {
    const feed = fed([
      v5.actor('x:0', { name: 'parent' }),
      v5.actor('x:1', {
        name: 'fetcher',
        parentId: 'x:0',
        definition: '{"id":"fetcher"}',
        snapshot: { status: 'active', input: 1 },
      }),
      v5.event('x:0', 'xstate.done.actor.fetcher', { sourceId: 'x:1' }),
      { ...v5.snapshot('x:1', 'xstate.promise.resolve', undefined, { status: 'done', output: 7 }) },
    ])
    const [parent, child] = feed.actors
    expect(child).toMatchObject({ name: 'fetcher', chart: null, status: 'done', parent: parent?.key })
    expect(parent?.entries.at(-1)?.source).toBe('fetcher')
    expect(child?.entries.at(-1)?.snapshot).toMatchObject({ output: 7 })
  })

  it('tells of an actor whose beginning it missed', () => {
    const feed = fed([v5.event('x:9', 'A'), v5.snapshot('x:9', 'A', 'b')])
    expect(feed.actors).toMatchObject([{ name: 'x:9', chart: null }])
    expect(steps(feed)).toEqual(['A: b → b'])
  })

  it('holds no token, wherever one was', () => {
    const feed = fed([
      v5.actor('x:0', {
        definition: JSON.stringify({
          id: 'm',
          context: { jwt: TOKEN },
          states: { [TOKEN]: { on: { [TOKEN]: 'b' } }, b: {} },
        }),
        snapshot: { status: 'active', value: TOKEN, context: { [TOKEN]: TOKEN }, input: { jwt: TOKEN } },
      }),
      v5.actor(TOKEN, { name: TOKEN, parentId: TOKEN }),
      v5.event('x:0', TOKEN, { sourceId: TOKEN, event: { type: TOKEN, output: { jwt: TOKEN } } }),
      v5.snapshot('x:0', TOKEN, 'b', { output: TOKEN, error: `401: ${TOKEN}` }),
      v4.register('y:0', { id: TOKEN }),
      v4.event('y:0', TOKEN),
      v4.state('y:0', TOKEN, TOKEN, { context: { jwt: TOKEN } }),
    ])
    const told = JSON.stringify(feed.actors)
    expect(told).toContain('[token]')
    for (const canary of canaries(TOKEN)) expect(told).not.toContain(canary)
  })

  it.each([
    null,
    7,
    'service.state',
    [],
    {},
    { type: 7 },
    { type: 'service.unknown', sessionId: 'x:0' },
    { type: 'service.register', sessionId: '' },
    { type: 'service.state', sessionId: 'x:0', state: '{' },
    { type: 'service.state', sessionId: 'x:0', state: '7' },
    { type: 'service.event', sessionId: 'x:0', event: { type: 'no text' } },
    { type: '@xstate.event', sessionId: 'x:0', event: { type: 'A' } },
    { type: '@xstate.event', _version: 5, sessionId: 'x:0', event: { type: 'A' } },
    { type: '@xstate.microstep', _version: '0.7.2', sessionId: 'x:0' },
    { type: '@xstate.event', _version: '0.7.2', sessionId: { text: 'x:0' } },
  ])('ignores %j', (message) => {
    const feed = createFeed()
    expect(feed.take(message, AT)).toBe(false)
    expect(feed.actors).toEqual([])
    expect(feed.ignored).toBe(1)
  })

  it('keeps a bounded number of entries for each actor, and says how many were dropped', () => {
    const feed = createFeed({ ...LIMITS, actorEntries: 3 })
    fed([v5.actor('x:0'), ...['A', 'B', 'C', 'D'].map((type) => v5.event('x:0', type))], feed)
    expect(feed.actors[0]?.entries.map(({ type }) => type)).toEqual(['B', 'C', 'D'])
    expect(feed.actors[0]?.dropped).toBe(2)
  })

  it('keeps a bounded number and size in all: the oldest of whichever actor make room', () => {
    const counted = createFeed({ ...LIMITS, sourceEntries: 4 })
    fed([v5.actor('x:0'), v5.actor('x:1'), ...['A', 'B', 'C'].map((type) => v5.event('x:1', type))], counted)
    expect(counted.actors.map(({ entries, dropped }) => [entries.length, dropped])).toEqual([
      [0, 1],
      [4, 0],
    ])

    const sized = createFeed({ ...LIMITS, sourceSize: 10_000 })
    const big = { event: { type: 'BIG', text: 'x y '.repeat(900) } }
    fed([v5.actor('x:0'), ...Array.from({ length: 50 }, () => v5.event('x:0', 'BIG', big))], sized)
    expect(sized.actors[0]?.entries.length).toBeLessThan(4)
    expect(sized.actors[0]?.entries.length).toBeGreaterThan(0)
  })

  it('keeps a bounded number of actors: one that has ended makes room, else the new one is left out', () => {
    const feed = createFeed({ ...LIMITS, actors: 2 })
    fed([v4.register('a'), v4.register('b'), v4.register('c')], feed)
    expect(feed.actors.map(({ session }) => session)).toEqual(['a', 'b'])
    expect(feed.ignored).toBe(1)
    fed([{ type: 'service.stop', sessionId: 'a' }, v4.register('c')], feed)
    expect(feed.actors.map(({ session }) => session)).toEqual(['b', 'c'])
  })

  it('counts the actors that it has no room for, each once, until they are there or it is cleared', () => {
    const feed = createFeed({ ...LIMITS, actors: 1, turnedAway: 3 })
    fed([v4.register('a'), v4.register('b'), v4.event('b', 'GO'), v4.event('c', 'GO')], feed)
    expect(feed.turnedAway).toBe(2)
    fed([{ type: 'service.stop', sessionId: 'a' }, v4.register('b')], feed)
    expect(feed.turnedAway).toBe(1)
    for (const session of ['d', 'e', 'f', 'g']) fed([v4.register(session)], feed)
    expect(feed.turnedAway).toBe(3)
    feed.clear()
    expect(feed.turnedAway).toBe(0)
  })

  it('keeps what a lost connection told: nobody has stopped, and what it said before that can still arrive', () => {
    const feed = fed([v5.actor('a'), v5.actor('b'), v5.snapshot('b', 'GO', 'b', { status: 'done' })])
    feed.lose(AT + 500)
    fed([v5.event('a', 'GO'), v5.snapshot('a', 'GO', 'b')], feed)
    expect(feed.actors.map(({ status, endedAt }) => [status, endedAt && endedAt - AT])).toEqual([
      ['lost', 500],
      ['done', 20],
    ])
    expect(steps(feed)?.at(-1)).toBe('GO: a → b')
  })

  it('forgets what has ended when it is cleared, and where the others were it still knows', () => {
    const feed = fed([v4.register('a'), v4.register('b'), v4.event('b', 'GO'), v4.state('b', 'GO', 'b')])
    fed([{ type: 'service.stop', sessionId: 'a' }], feed)
    feed.clear()
    expect(feed.actors.map(({ session, entries }) => [session, entries.length])).toEqual([['b', 1]])
    fed([v4.event('b', 'BACK'), v4.state('b', 'BACK', 'a')], feed)
    expect(steps(feed)?.at(-1)).toBe('BACK: b → a')
  })
})

describe('A family of actors', () => {
  it('has each child after its parent, and ends where parents go round in a circle', () => {
    const feed = fed([
      v5.actor('a', { name: 'a' }),
      v5.actor('b', { name: 'b' }),
      v5.actor('c', { name: 'c', parentId: 'a' }),
      v5.actor('d', { name: 'd', parentId: 'c' }),
    ])
    const told = (feed_: Feed) => family(feed_.actors).map(({ actor, depth }) => `${depth} ${actor.name}`)
    expect(told(feed)).toEqual(['0 a', '1 c', '2 d', '0 b'])
    fed([v5.actor('a', { parentId: 'd' })], feed)
    expect(told(feed).length).toBe(4)
  })

  it('has what is going on before what has ended, and then what ended last', () => {
    const feed = fed([
      v5.actor('root', { name: 'root' }),
      ...['a', 'b', 'c', 'd'].map((name) => v5.actor(name, { name, parentId: 'root' })),
    ])
    for (const [index, sessionId] of ['a', 'c', 'b'].entries()) {
      feed.take({ type: 'service.stop', sessionId }, AT + 1_000 + index)
    }
    const names = feed.actors.slice(1)
    expect(liveFirst(names).map(({ name }) => name)).toEqual(['d', 'b', 'c', 'a'])
    expect(family(feed.actors).map(({ actor }) => actor.name)).toEqual(['root', 'd', 'b', 'c', 'a'])
    expect(descendants(feed.actors, feed.actors[0]!.key).length).toBe(5)
  })
})

describe('The search', () => {
  it('wants every word, in the event, its data or the states', () => {
    const feed = fed([
      v5.actor('x:0'),
      v5.event('x:0', 'ADD', { event: { type: 'ADD', what: 'Apple' } }),
      v5.event('x:0', 'GO'),
    ])
    const found = (text: string) => searched(feed.actors[0]!.entries, text).map(({ type }) => type)
    expect(found('apple add')).toEqual(['ADD'])
    expect(found('go')).toEqual(['GO'])
    expect(found('pear')).toEqual([])
    expect(found('  ')).toEqual(['', 'ADD', 'GO'])
  })
})

describe('The timeline', () => {
  it('is the stretches of each state up to now, or up to the end', () => {
    const feed = fed([v5.actor('x:0'), v5.event('x:0', 'GO'), v5.snapshot('x:0', 'GO', 'b')])
    const told = (now: number) =>
      timelineOf(feed.actors, now).lanes[0]?.segments.map(({ label, from, to }) => [
        label,
        from - AT,
        to - AT,
      ])
    expect(told(AT + 500)).toEqual([
      ['a', 0, 10],
      ['b', 10, 500],
    ])
    feed.lose(AT + 300)
    expect(told(AT + 900)?.at(-1)).toEqual(['b', 10, 300])
  })

  it('has a mark for each place that can be told apart, and the chosen one among them', () => {
    const events = Array.from({ length: 900 }, (_, index) => {
      return v5.event('x:0', `E${index}`, { createdAt: String(AT + (index < 890 ? 0 : index)) })
    })
    const feed = fed([v5.actor('x:0'), ...events])
    const { lanes, ...span } = timelineOf(feed.actors, AT + 2_000)
    const told = (chosen: number | null) =>
      [...thinned(lanes[0]!.ticks, span, chosen, 10).values()].map(({ entry }) => entry.type)
    expect(told(null)).toEqual(['E889', 'E899'])
    expect(told(feed.actors[0]!.entries[5]!.sequence)).toEqual(['E4', 'E899'])
  })

  it('has a stretch for each place that can be told apart, and no gap between them', () => {
    const segments = ['a', 'b', 'c', 'd'].map((label, index) => ({
      label,
      from: AT + [0, 3, 9, 60][index]!,
      to: AT + [3, 9, 60, 100][index]!,
    }))
    const span = { from: AT, to: AT + 100 }
    expect(coarse(segments, span, 100)).toEqual(segments)
    expect(coarse(segments, span, 10)).toEqual([
      { label: 'c', from: AT, to: AT + 60 },
      { label: 'd', from: AT + 60, to: AT + 100 },
    ])
  })

  it('is as long as it was when a clock is set back', () => {
    const feed = fed([v5.actor('x:0'), v5.snapshot('x:0', 'GO', 'b', {})])
    const { from, to, lanes } = timelineOf(feed.actors, AT - 10_000)
    expect(to).toBeGreaterThan(from)
    for (const { from: start, to: end } of lanes[0]!.segments) expect(end).toBeGreaterThanOrEqual(start)
  })
})
