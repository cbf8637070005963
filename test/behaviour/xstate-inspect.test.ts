import { createTokenStore } from 'livekit-token-store'
import { tokenMachine } from 'livekit-token-store/machine'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type ActorOptions, type AnyActorLogic, createActor, type InspectionEvent } from 'xstate'
import { START, settle, simulatedClock } from '../helpers/clock'
import { failure, scriptedFetcher, token } from '../helpers/fetcher'
import { canaries, printed } from '../helpers/printed'

const { heard, DEPTH } = vi.hoisted(() => ({ heard: [] as string[], DEPTH: 5 }))

// The store creates its own actors and gives nobody a hook: so every actor here is made with one.
vi.mock('xstate', async (original) => {
  const xstate = await original<typeof import('xstate')>()
  // Printed at once: what an inspector shows of an actor is what it is at that moment. All of an actor, to the
  // bottom, is the same system over and over.
  const hear = (event: InspectionEvent) => void heard.push(printed(event, DEPTH))
  const withHook = (logic: AnyActorLogic, options?: ActorOptions<AnyActorLogic>) =>
    xstate.createActor(logic, { ...options, inspect: hear })
  return { ...xstate, createActor: withHook as typeof xstate.createActor }
})

afterEach(() => {
  heard.length = 0
})

describe('XState’s own inspect hook', () => {
  it('hears of the store’s actors, and never of a token', async () => {
    const clock = simulatedClock()
    const endpoint = scriptedFetcher(clock)
    const store = createTokenStore({ clock, fetchToken: endpoint.fetchToken, random: () => 0.5 })
    store.subscribe()
    const secrets: string[] = []
    const keep = async (fetched: ReturnType<typeof store.fetch>) =>
      secrets.push(...canaries((await fetched).participantToken))

    await keep(store.fetch())
    endpoint.next(failure(500, { message: `No: ${secrets.join(' ')}` }))
    await store.refresh().catch(() => {})
    await keep(store.refresh())
    endpoint.next(token({ issuedAt: START - 3_600_000 }))
    await keep(store.fetch({ roomName: 'expired on arrival' }))
    await clock.advance(700_000)
    store.invalidate()
    await settle()
    store.dispose()

    const everything = heard.join('\n')
    expect(everything).toContain('@xstate.snapshot')
    expect(everything).toContain('attempt.answered')
    expect(everything).toContain('attempt.failed')
    expect(secrets.length).toBeGreaterThanOrEqual(9)
    for (const secret of secrets) expect(everything.includes(secret)).toBe(false)
  })

  it('hears of the machine by itself what its events say, which is no token', () => {
    const actor = createActor(tokenMachine).start()
    actor.send({ type: 'fetch', at: START, caller: 1, force: false })
    actor.send({
      type: 'attempt.answered',
      at: START,
      attemptId: 1,
      random: 0,
      token: {
        serverUrl: 'wss://rooms.example',
        issuedAt: START,
        notBefore: null,
        expiresAt: START + 600_000,
        room: 'A',
        identity: 'me',
        grants: { room: 'A' },
      },
    })
    expect(actor.getSnapshot().value).toBe('valid')
    expect(heard.join('\n')).toContain('wss://rooms.example')
    expect(heard.join('\n')).not.toMatch(/eyJ|participantToken/)
  })
})
