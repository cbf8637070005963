import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { play, type Step } from './schedule'

const ms = fc.oneof(
  fc.integer({ min: 0, max: 2_000 }),
  fc.integer({ min: 0, max: 60_000 }),
  fc.integer({ min: 0, max: 700_000 }),
)
const room = fc.constantFrom('A', 'B')

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('advance' as const), ms }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep' as const), ms }) },
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

const options = fc.record({
  keepFresh: fc.constantFrom(...(['observed', 'always', 'never'] as const)),
  luck: fc.array(fc.double({ min: 0, max: 0.999_999, noNaN: true }), { minLength: 1, maxLength: 7 }),
  maxLifecycles: fc.constantFrom(1, 100),
  maxAttempts: fc.constantFrom(1, 4),
})

describe('Whatever happens in whatever order', () => {
  it('breaks no rule of a token’s life', async () => {
    await fc.assert(
      fc.asyncProperty(options, fc.array(step, { minLength: 1, maxLength: 40 }), async (settings, steps) => {
        const broken = await play(settings, steps)
        expect(broken).toEqual([])
      }),
      { numRuns: 400 },
    )
  }, 120_000)
})
