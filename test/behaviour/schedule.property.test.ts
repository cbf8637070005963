import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { failure, token } from '../helpers/fetcher'
import { type AtOnce, play, type Step } from './schedule'
import { START, scene, watch } from './setup'

const ms = fc.oneof(
  fc.integer({ min: 0, max: 2_000 }),
  fc.integer({ min: 0, max: 60_000 }),
  fc.integer({ min: 0, max: 700_000 }),
)
const room = fc.constantFrom('A', 'B')

/** What a listener may do too. */
const atOnce: fc.Arbitrary<AtOnce> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('fetch' as const),
      room,
      force: fc.boolean(),
      abortable: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('abort' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('invalidate' as const), room: fc.option(room) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('subscribe' as const), room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unsubscribe' as const), room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('online' as const), online: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wake' as const) }) },
)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 13, arbitrary: atOnce },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('advance' as const), ms }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep' as const), ms }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('within' as const),
      steps: fc.array(atOnce, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('endpoint' as const),
      mood: fc.constantFrom(
        ...([
          'good',
          'good',
          'down',
          'refuses',
          'limits',
          'hangs',
          'nonsense',
          'stale',
          'same',
          'throws',
        ] as const),
      ),
      latencyMs: fc.constantFrom(0, 0, 30, 2_000, 9_000, 15_000),
      lifetimeMs: fc.constantFrom(2_000, 15_000, 60_000, 600_000, 86_400_000),
    }),
  },
)

const luck = fc.array(fc.double({ min: 0, max: 0.999_999, noNaN: true }), { minLength: 1, maxLength: 7 })

/** `random` that gives these by turns. */
const turns = (of: readonly number[]) => {
  let turn = 0
  return () => of[turn++ % of.length] ?? 0
}

const options = fc.record({
  keepFresh: fc.constantFrom(...(['observed', 'always', 'never'] as const)),
  luck,
  maxLifecycles: fc.constantFrom(1, 100),
  maxAttempts: fc.constantFrom(1, 4),
})

describe('Whatever happens in whatever order', () => {
  it('breaks no rule of a token’s life', async () => {
    await fc.assert(
      fc.asyncProperty(
        options,
        fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }),
        async (settings, steps) => {
          const broken = await play(settings, steps)
          expect(broken).toEqual([])
        },
      ),
      { numRuns: 3_000 },
    )
  }, 300_000)
  it('renews an observed token early enough, never before its lead and jitter, by a healthy endpoint', async () => {
    await fc.assert(
      fc.asyncProperty(luck, fc.integer({ min: 20, max: 7_200 }), async (numbers, seconds) => {
        const { store, endpoint, clock } = scene({ random: turns(numbers) })
        const lifetimeMs = seconds * 1_000
        endpoint.usually(token({ lifetimeMs }))
        await store.fetch()
        store.subscribe((state) =>
          expect(['valid', 'expiring', 'refreshing', 'idle']).toContain(state.status),
        )
        await clock.advance(5 * lifetimeMs)
        const lead = Math.min(Math.max(lifetimeMs / 5, 10_000), 120_000, lifetimeMs / 2)
        const jitter = Math.min(lifetimeMs / 10, 30_000)
        const ages = endpoint.times.slice(1).map((time, index) => time - (endpoint.times[index] ?? 0))
        expect(ages.length).toBeGreaterThanOrEqual(5)
        for (const age of ages) {
          // A timer waits for whole ms, and a short-lived token for the least time between refreshes.
          expect(age).toBeGreaterThanOrEqual(lifetimeMs - lead - jitter)
          expect(age).toBeLessThanOrEqual(Math.max(lifetimeMs - lead, 5_000) + 1)
        }
      }),
      { numRuns: 100 },
    )
  }, 300_000)

  it('fails nobody while the endpoint is down for 100 s from the moment when a refresh is due', async () => {
    const latency = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2_000 }))
    await fc.assert(
      fc.asyncProperty(luck, latency, fc.boolean(), async (numbers, latencyMs, observed) => {
        const { store, endpoint, clock, until } = scene({ random: turns(numbers) })
        await store.fetch()
        const due = store.getSnapshot().token?.refreshAt ?? START
        endpoint.usually((call, time) => {
          const answer = call.at < due + 100_000 ? failure(503) : token()
          return new Promise((resolve) => time.setTimeout(() => resolve(answer(call, time)), latencyMs))
        })
        if (observed) store.subscribe()
        await until(due)
        const callers = []
        for (let second = 0; second < 150; second += 1) {
          callers.push(watch(store.fetch()))
          await settle()
          // Who comes while the last try is under way may have to wait for what it brings.
          if (latencyMs === 0) expect(callers.at(-1)?.status).toBe('fulfilled')
          await clock.advance(1_000)
        }
        expect(callers.filter((caller) => caller.status !== 'fulfilled')).toEqual([])
        expect(store.getSnapshot()).toMatchObject({ status: 'valid', error: null, token: { ordinal: 2 } })
      }),
      { numRuns: 100 },
    )
  }, 300_000)
})
