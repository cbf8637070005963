import { describe, expect, it, onTestFinished } from 'vitest'
import { defaultPolicy } from '../machines/default-policy'
import { type AttemptOptions, createTokenActor } from '../src/attempt'
import { isRefusedStatus } from '../src/failure'
import { rememberServerTime } from '../src/server-time'
import { createTimers } from '../src/timers'
import { START, settle, simulatedClock } from './helpers/clock'
import { byHand, httpError, scriptedFetcher } from './helpers/fetcher'
import { credentials, SERVER_URL, signToken } from './helpers/tokens'

function scene(changes: Partial<AttemptOptions> = {}) {
  const clock = simulatedClock()
  const endpoint = scriptedFetcher(clock)
  endpoint.usually(byHand)
  const log: unknown[] = []
  const actor = createTokenActor(defaultPolicy, {
    request: { roomName: 'A' },
    fetchToken: endpoint.fetchToken,
    isRefused: isRefusedStatus,
    timeoutMs: 10_000,
    timers: createTimers(clock),
    random: () => 0.75,
    onAnswer: (answer) => log.push(answer),
    onFailure: (cause) => log.push(cause),
    ...changes,
  })
  actor.start()
  onTestFinished(() => void actor.stop())
  const ask = (force = false) => actor.send({ type: 'fetch', caller: 1, force, at: clock.now() })
  const look = () => actor.getSnapshot()
  return { clock, endpoint, log, actor, ask, look }
}

describe('An attempt', () => {
  it('asks with a copy of the request and what there is to know', () => {
    const { ask, endpoint } = scene()
    ask()
    const { request, context } = endpoint.call(1)
    expect(request).toEqual({ roomName: 'A' })
    expect(context).toMatchObject({ attempt: 1, force: false, reason: 'initial' })
    expect(context.signal.aborted).toBe(false)
  })

  it('tells the credentials to the store and a view of them to the machine', async () => {
    const { ask, endpoint, log, look } = scene()
    ask()
    const answer = endpoint.call(1).succeed({ identity: 'me', room: 'A' })
    await settle()
    expect(log).toEqual([answer])
    expect(look().value).toBe('valid')
    expect(look().context.view).toMatchObject({
      serverUrl: SERVER_URL,
      issuedAt: null,
      notBefore: START,
      expiresAt: START + 600_000,
      room: 'A',
      identity: 'me',
      refreshAt: START + 480_000 - 0.75 * 30_000,
    })
    expect(JSON.stringify(look().context)).not.toContain(answer.participantToken)
  })

  it.each([
    ['wss://user:secret@rooms.example/rtc?access_token=secret#secret', 'wss://rooms.example/rtc'],
    ['wss://rooms.example:7880/rtc?x=1', 'wss://rooms.example:7880/rtc'],
    ['wss://rooms.example', 'wss://rooms.example'],
  ])('shows of the server URL %s only %s', async (serverUrl, shown) => {
    const { ask, endpoint, look, log } = scene()
    ask()
    endpoint.call(1).give({ serverUrl, participantToken: signToken({ issuedAt: START }) })
    await settle()
    expect(look().context.view?.serverUrl).toBe(shown)
    expect(log).toMatchObject([{ serverUrl }])
  })

  it.each([
    ['no video claim', undefined, null, null],
    ['a video claim without a room', { roomJoin: true }, { roomJoin: true }, null],
    ['a room that is no text', { room: 7 }, { room: 7 }, null],
  ])('has null for what is absent: %s', async (_what, video, grants, room) => {
    const { ask, endpoint, look } = scene()
    ask()
    endpoint.call(1).succeed({ claims: { video, sub: undefined } })
    await settle()
    expect(look().context.view).toMatchObject({ grants, room, identity: null })
  })

  it('passes on the server’s time that is tied to the answer', async () => {
    const { ask, endpoint, look } = scene()
    ask()
    const answer = credentials({ issuedAt: START - 3_600_000 })
    const { signal } = endpoint.call(1).context
    rememberServerTime(answer, signal, { now: START - 3_600_000, uncertaintyMs: 500 })
    endpoint.call(1).give(answer)
    await settle()
    expect(look().context.clockOffsetMs).toBe(-3_600_000)
    expect(look().value).toBe('valid')
  })

  it('that answers nonsense fails, with the error of our own as cause', async () => {
    const { ask, endpoint, look, log } = scene()
    ask()
    endpoint.call(1).give({ serverUrl: SERVER_URL })
    await settle()
    expect(look()).toMatchObject({ value: 'failed', context: { failure: { code: 'invalid-response' } } })
    expect(log).toEqual([expect.objectContaining({ name: 'InvalidResponse' })])
  })

  it('that is refused says so; another failure is retried by luck', async () => {
    const { ask, endpoint, look, log } = scene()
    ask()
    const error = httpError(500)
    endpoint.call(1).fail(error)
    await settle()
    expect(log).toEqual([error])
    expect(look().context.retryDueAt).toBe(START + 750)
    ask(true)
    endpoint.call(2).fail(httpError(403))
    await settle()
    expect(look()).toMatchObject({ value: 'failed', context: { failure: { code: 'refused', status: 403 } } })
  })

  it('that throws at once, or gives a plain value, is like any other', async () => {
    const error = httpError(403)
    const throwing = scene({
      fetchToken: () => {
        throw error
      },
    })
    throwing.ask()
    await settle()
    expect(throwing.log).toEqual([error])
    const plain = scene({ fetchToken: () => credentials({ issuedAt: START }) })
    plain.ask()
    await settle()
    expect(plain.look().value).toBe('valid')
  })
})

describe('An attempt that takes too long', () => {
  it('is aborted at its time-out, with a TimeoutError, and its late answer is nothing', async () => {
    const { ask, endpoint, look, log, clock } = scene()
    ask()
    const { signal } = endpoint.call(1).context
    await clock.advance(9_999)
    expect(signal.aborted).toBe(false)
    await clock.advance(1)
    expect(signal.aborted).toBe(true)
    expect(signal.reason).toMatchObject({
      name: 'TimeoutError',
      message: expect.stringContaining('10000 ms'),
    })
    expect(log).toEqual([signal.reason])
    expect(look().context.failure?.code).toBe('timeout')
    endpoint.call(1).succeed()
    await settle()
    expect(log).toHaveLength(1)
    expect(look().value).toBe('fetching')
  })

  it('has no time-out once it has settled', async () => {
    const { ask, endpoint, clock, log } = scene()
    ask()
    endpoint.call(1).succeed()
    await clock.advance(60_000)
    expect(endpoint.call(1).context.signal.aborted).toBe(false)
    expect(clock.pending).toBe(0)
    expect(log).toHaveLength(1)
  })
})

describe('An attempt that is stopped', () => {
  it.each(['answer', 'failure'] as const)(
    'is aborted, has no timer, and its late %s is nothing',
    async (late) => {
      const { ask, endpoint, actor, clock, log } = scene()
      ask()
      actor.stop()
      const { signal } = endpoint.call(1).context
      expect(signal.reason).toMatchObject({ name: 'AbortError' })
      expect(clock.pending).toBe(0)
      if (late === 'answer') endpoint.call(1).succeed()
      else endpoint.call(1).fail()
      await settle()
      expect(log).toEqual([])
    },
  )

  it('by a force is aborted as the next one begins', () => {
    const { ask, endpoint } = scene()
    ask()
    ask(true)
    expect(endpoint.calls.map(({ context }) => context.signal.aborted)).toEqual([true, false])
    expect(endpoint.call(2).context).toMatchObject({ force: true, reason: 'forced' })
  })
})
