import { describe, expect, it } from 'vitest'
import { Callers } from '../src/callers'
import { Custody } from '../src/custody'
import { TokenError } from '../src/errors'
import { settle } from './helpers/clock'
import { failureWith } from './machines/context'

const first = { serverUrl: 'wss://rooms.example', participantToken: 'a.b.1' }
const second = { serverUrl: 'wss://rooms.example', participantToken: 'a.b.2' }

function scene() {
  const callers = new Callers({ onChange: () => {}, onAbandoned: () => {} })
  const custody = new Custody(callers)
  const outcomes: unknown[] = []
  const come = (force = false, waits = true) => {
    let caller = 0
    callers
      .add(force, undefined, (id) => {
        caller = id
      })
      .then(
        (value) => outcomes.push(value),
        (error) => outcomes.push(error),
      )
    if (waits) custody.carryOut({ type: 'caller.waits', caller })
    return caller
  }
  const keep = (answer = first) => {
    custody.receive(answer)
    custody.carryOut({ type: 'callers.answered', keep: true })
  }
  return { callers, custody, come, keep, outcomes }
}

describe('An answer', () => {
  it('is in custody only once the machine has kept it', () => {
    const { custody } = scene()
    custody.receive(first)
    expect(custody.credentials).toBeNull()
    custody.carryOut({ type: 'callers.answered', keep: true })
    expect(custody.credentials).toBe(first)
  })

  it('goes to who waits and not to who is on the way', async () => {
    const { come, keep, outcomes, callers } = scene()
    come()
    come(true)
    come(false, false)
    keep()
    await settle()
    expect(outcomes).toEqual([first, first])
    expect(callers.size).toBe(1)
  })

  it('that is handed over once leaves what was in hand', async () => {
    const { custody, come, keep, outcomes } = scene()
    keep()
    come()
    custody.receive(second)
    custody.carryOut({ type: 'callers.answered', keep: false })
    await settle()
    expect(outcomes).toEqual([second])
    expect(custody.credentials).toBe(first)
  })

  it('is handed over once: nothing is told of it twice', async () => {
    const { custody, come, keep, outcomes } = scene()
    keep()
    custody.drop()
    come()
    custody.carryOut({ type: 'callers.answered', keep: true })
    await settle()
    expect(outcomes).toEqual([])
    expect(custody.credentials).toBeNull()
  })
})

describe('A caller who is served', () => {
  it('gets a copy of the token in hand', async () => {
    const { custody, come, keep, outcomes } = scene()
    keep()
    custody.carryOut({ type: 'caller.served', caller: come(false, false) })
    await settle()
    expect(outcomes).toEqual([first])
    expect(outcomes[0]).not.toBe(first)
  })

  it('or refused is told the failure, without a cause', async () => {
    const { custody, come, outcomes } = scene()
    custody.receiveFailure(new Error('secret'))
    const failure = failureWith({ code: 'throttled', retryAt: 7 })
    custody.carryOut({ type: 'caller.refused', caller: come(), failure })
    await settle()
    expect(outcomes[0]).toBeInstanceOf(TokenError)
    expect(outcomes[0]).toMatchObject({ code: 'throttled', retryAt: 7 })
    expect('cause' in (outcomes[0] as object)).toBe(false)
  })
})

describe('A failure', () => {
  it('is one error with the fetcher’s own as its cause, for all who wait', async () => {
    const { custody, come, outcomes } = scene()
    come()
    come(true)
    const cause = new Error('the fetcher’s')
    custody.receiveFailure(cause)
    custody.carryOut({ type: 'callers.failed', failure: failureWith() })
    await settle()
    expect(outcomes).toHaveLength(2)
    expect(outcomes[0]).toBe(outcomes[1])
    expect((outcomes[0] as TokenError).cause).toBe(cause)
  })

  it('of our own has the cause of what was tried before it, and none that was told already', async () => {
    const { custody, come, outcomes } = scene()
    come()
    const cause = new Error('the fetcher’s')
    custody.receiveFailure(cause)
    custody.carryOut({ type: 'callers.failed', failure: failureWith({ code: 'throttled' }) })
    await settle()
    come()
    custody.carryOut({ type: 'callers.failed', failure: failureWith({ code: 'throttled' }) })
    await settle()
    expect((outcomes[0] as TokenError).cause).toBe(cause)
    expect((outcomes[1] as TokenError).cause).toBeUndefined()
  })

  it('has no cause of an attempt before the last success', async () => {
    const { custody, come, keep, outcomes } = scene()
    custody.receiveFailure(new Error('an older one'))
    keep()
    come()
    custody.carryOut({ type: 'callers.failed', failure: failureWith() })
    await settle()
    expect((outcomes[0] as TokenError).cause).toBeUndefined()
  })

  it('with a token kept is told to who forced; the others get the token', async () => {
    const { custody, come, keep, outcomes } = scene()
    keep()
    come(true)
    come(false)
    custody.carryOut({ type: 'callers.kept', failure: failureWith() })
    await settle()
    expect(outcomes).toEqual([expect.objectContaining({ code: 'fetch-failed' }), first])
  })

  it('is told to all when the token went meanwhile', async () => {
    const { custody, come, keep, outcomes } = scene()
    keep()
    custody.drop()
    come(false)
    custody.carryOut({ type: 'callers.kept', failure: failureWith() })
    await settle()
    expect(outcomes).toEqual([expect.objectContaining({ code: 'fetch-failed' })])
  })
})

describe('A lease', () => {
  it('is of the token in hand, beyond its drop, as long as it is usable', () => {
    const { custody, keep } = scene()
    keep()
    let usable = true
    const lease = custody.lease(() => usable)
    keep(second)
    custody.drop()
    expect(lease()).toEqual(first)
    expect(lease()).not.toBe(first)
    usable = false
    expect(lease()).toBeNull()
  })

  it('ends with the token’s invalidation', () => {
    const { custody, keep } = scene()
    keep()
    const lease = custody.lease(() => true)
    custody.revoke()
    expect(lease()).toBeNull()
    expect(custody.credentials).toBeNull()
  })

  it('of nothing is nothing', () => {
    const { custody, keep } = scene()
    const lease = custody.lease(() => true)
    custody.revoke()
    keep()
    expect(lease()).toBeNull()
  })
})
