import { inspect } from 'node:util'
import { nextDeadline, type TokenMachineEvent, tokenMachine } from 'livekit-token-store/machine'
import { describe, expect, it } from 'vitest'
import { createActor, transition } from 'xstate'
import { createTestModel } from 'xstate/graph'
import { START } from '../helpers/clock'
import { signToken } from '../helpers/tokens'
import { atWork } from './at-work'
import { answered, failed } from './context'
import {
  after,
  essence,
  type Start,
  steps,
  type TokenSnapshot,
  transitionsOfChart,
  walk,
} from './exploration'
import { broken } from './rules'

const fetch: TokenMachineEvent = { type: 'fetch', caller: 1, force: false, at: START }
const force: TokenMachineEvent = { type: 'fetch', caller: 2, force: true, at: START }
const at = (
  type: 'tick' | 'invalidate' | 'observe' | 'unobserve' | 'abandon',
  ms = 0,
): TokenMachineEvent => ({
  type,
  at: START + ms,
})

/** Places from which everything that can happen is tried: the beginning, and nine attempts in no time. */
const STARTS: Record<string, Start> = {
  'the beginning': after({ maxAttempts: 2 }),
  'the eve of a storm': after(
    { maxAttempts: 2 },
    fetch,
    ...Array.from({ length: 8 }, () => at('invalidate')),
  ),
  'the eve of a storm, without a lead': after(
    { maxAttempts: 2, refreshLeadMs: () => 0 },
    fetch,
    ...Array.from({ length: 8 }, () => at('invalidate')),
  ),
}
const explored = Object.values(STARTS).flatMap(steps)
/** One step to each state. */
const arrivals = [...new Map(explored.map((taken) => [essence(taken.next, taken.event.at), taken])).values()]

describe('The chart', () => {
  it('is named token and has exactly the six states', () => {
    expect(tokenMachine.id).toBe('token')
    expect(Object.keys(tokenMachine.states).sort()).toEqual(
      ['idle', 'fetching', 'valid', 'expiring', 'refreshing', 'failed'].sort(),
    )
    expect(tokenMachine.root.initial.target.map(({ key }) => key)).toEqual(['idle'])
  })

  it('starts without input and without a store, and each state is reached by events sent by hand', () => {
    const actor = createActor(tokenMachine).start()
    const reached = [actor.getSnapshot().value]
    const events: TokenMachineEvent[] = [
      fetch,
      answered(),
      at('tick', 480_000),
      { ...fetch, at: START + 481_000 },
      failed({}, { at: START + 482_000, attemptId: 2 }),
      at('tick', 590_000),
      { ...fetch, at: START + 591_000 },
      failed({ code: 'refused' }, { at: START + 592_000, attemptId: 3 }),
    ]
    for (const event of events) {
      actor.send(event)
      reached.push(actor.getSnapshot().value)
    }
    expect(reached).toEqual([
      'idle',
      'fetching',
      'valid',
      'expiring',
      'refreshing',
      'expiring',
      'idle',
      'fetching',
      'failed',
    ])
  })

  it('can reach every state from idle, and has no transition that nothing can take', () => {
    const never = transitionsOfChart()
    expect(never.size).toBeGreaterThan(70)
    for (const { state, event } of explored)
      for (const definition of tokenMachine.getTransitionData(state, event)) never.delete(definition)
    expect([...never.values()]).toEqual([])
    expect(new Set(explored.map(({ state }) => state.value)).size).toBe(6)
  })
})

describe('In every state that can be reached', () => {
  it('the facts agree with one another', () => {
    expect(explored.length).toBeGreaterThan(10_000)
    expect(explored.flatMap(broken)).toEqual([])
  })

  it('the next deadline is never one that a tick leaves as it is', () => {
    const stuck = arrivals.flatMap(({ event, next }) => {
      const deadline = nextDeadline(next.value, next.context)
      if (deadline === null) return []
      const moment = Math.max(deadline, event.at)
      const [ticked] = transition(tokenMachine, next, { type: 'tick', at: moment })
      const then = nextDeadline(ticked.value, ticked.context)
      const moved = ticked.value !== next.value || then === null || then > moment
      return moved ? [] : [`${next.value} ${inspect(event)} ${deadline} ${then}`]
    })
    expect(stuck).toEqual([])
  })

  it('a chain of ticks at one moment ends', () => {
    for (const { event, next } of arrivals) {
      let state: TokenSnapshot = next
      let ticks = 0
      for (let due = nextDeadline(state.value, state.context); due !== null && due <= event.at; ticks += 1) {
        ;[state] = transition(tokenMachine, state, { type: 'tick', at: event.at })
        due = nextDeadline(state.value, state.context)
        expect(ticks).toBeLessThan(5)
      }
    }
  })

  it('the snapshot is plain data but for the policy’s function, with nothing like a token in it', () => {
    const token = /eyJ[\w-]*\.[\w-]+\.[\w-]+/
    expect(signToken({ issuedAt: START })).toMatch(token)
    for (const { next } of arrivals) {
      const { policy, unusableAt, ...context } = next.context
      const { refreshLeadMs, ...numbers } = policy
      const plain = { value: next.value, context, numbers }
      const text = JSON.stringify(plain)
      expect(JSON.parse(text)).toEqual(plain)
      expect(text).not.toMatch(token)
      expect(unusableAt).toBeTypeOf('number')
      expect(refreshLeadMs).toBeTypeOf('function')
    }
  })
})

describe('A machine at work on every shortest path', () => {
  it.each(Object.entries(STARTS))(
    'from %s has one attempt under way exactly when the machine says so',
    async (_, start) => {
      const paths = createTestModel(tokenMachine, walk(start)).getShortestPaths()
      expect(paths.length).toBeGreaterThan(100)
      let checked = 0
      for (const path of paths) {
        const { running, play, actor } = atWork(start.policy)
        play(...start.events)
        const send = ({ event }: { event: TokenMachineEvent }) => {
          const { context } = play(event)
          expect(running.map(({ attemptId }) => attemptId)).toEqual(
            context.inFlight ? [context.attemptId] : [],
          )
          checked += 1
        }
        const types = path.steps.map(({ event }) => event.type).filter((type) => !type.startsWith('xstate.'))
        await path.test({ events: Object.fromEntries(types.map((type) => [type, send])) })
        actor.stop()
        expect(running).toEqual([])
      }
      expect(checked).toBeGreaterThan(paths.length)
    },
  )
})

describe('An attempt', () => {
  it('is told its number, its reason and whether it is forced', () => {
    const { play, begun, told } = atWork()
    play(at('observe'), fetch, failed({}, { attemptId: 1 }), at('tick', 500))
    play(answered({}, { at: START + 600, attemptId: 2 }), { ...force, at: START + 700 })
    expect(begun).toEqual([
      { attemptId: 1, attempt: 1, reason: 'initial', force: false },
      { attemptId: 2, attempt: 2, reason: 'initial', force: false },
      { attemptId: 3, attempt: 1, reason: 'forced', force: true },
    ])
    expect(told).toContainEqual({ type: 'attempt', attempt: 2, reason: 'initial' })
    expect(told).toContainEqual({ type: 'attempt', attempt: 1, reason: 'forced' })
  })

  it('is stopped when a force supersedes it, and when the token is invalidated', () => {
    const { play, running } = atWork()
    play(fetch)
    expect(running.map(({ attemptId }) => attemptId)).toEqual([1])
    play(force)
    expect(running.map(({ attemptId }) => attemptId)).toEqual([2])
    play(at('invalidate'))
    expect(running.map(({ attemptId }) => attemptId)).toEqual([3])
    play(at('abandon'), at('invalidate'))
    expect(running).toEqual([])
  })

  it('outlives the token’s end: refreshing becomes fetching, and the same attempt goes on', () => {
    const { play, running, begun } = atWork()
    expect(play(fetch, answered(), at('tick', 480_000), { ...fetch, at: START + 589_999 }).value).toBe(
      'refreshing',
    )
    const [attempt] = running
    expect(play(at('tick', 590_000)).value).toBe('fetching')
    expect(running).toEqual([attempt])
    expect(begun).toHaveLength(2)
    const token = { notBefore: START + 591_000, expiresAt: START + 1_191_000 }
    expect(play(answered(token, { at: START + 591_000, attemptId: 2 })).value).toBe('valid')
    expect(running).toEqual([])
  })

  it.each<[string, TokenMachineEvent]>([
    ['answer', answered({}, { attemptId: 1 })],
    ['failure', failed({}, { attemptId: 1 })],
  ])('that was superseded: its late %s is nothing', (_what, late) => {
    const { play, told, running } = atWork()
    const before = play(fetch, force)
    const heard = told.length
    const now = play(late)
    expect({ value: now.value, context: now.context }).toEqual({
      value: before.value,
      context: before.context,
    })
    expect(told).toHaveLength(heard)
    expect(running).toHaveLength(1)
  })

  it('is retried under the same reason, and after an invalidation is an initial one', () => {
    const { play, begun } = atWork({ keepFresh: 'always' })
    play(fetch, answered(), at('tick', 480_000), at('tick', 480_000))
    play(failed({}, { at: START + 480_000, attemptId: 2 }), at('tick', 480_500))
    expect(begun.slice(1).map(({ attempt, reason }) => [attempt, reason])).toEqual([
      [1, 'refresh'],
      [2, 'refresh'],
    ])
    play({ ...fetch, force: true, at: START + 480_600 }, at('invalidate', 480_700))
    expect(begun.at(-1)).toMatchObject({ attempt: 1, reason: 'initial', force: true })
  })
})
