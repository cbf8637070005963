import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure, token, value } from '../helpers/fetcher'
import { canaries, printed } from '../helpers/printed'
import { SERVER_URL } from '../helpers/tokens'
import { DUE, events, rejection, scene, states, watch } from './setup'

describe('A raw token', () => {
  const said: string[] = []

  beforeEach(() => {
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation((...what) => void said.push(printed(what)))
    }
  })

  afterEach(() => {
    vi.restoreAllMocks()
    said.length = 0
  })

  it('is in nothing that a store, a handle, a state or an event prints, at any time of its life', async () => {
    const { store, endpoint, clock, until } = scene()
    const secrets: string[] = []
    const told: unknown[] = states(store)
    const heard: unknown[] = events(store)
    const handle = store.lifecycle()
    store.lifecycles$.subscribe((list) => told.push(list))
    handle.status$.subscribe((status) => told.push(status))
    const look = async () => {
      await settle()
      const everything = printed({ store, handle, told, heard, snapshot: store.getSnapshot(), said })
      for (const secret of secrets) expect(everything.includes(secret)).toBe(false)
    }
    const keep = async (fetched: ReturnType<typeof store.fetch>) => {
      secrets.push(...canaries((await fetched).participantToken))
      await look()
    }
    await keep(store.fetch())
    endpoint.next(byHand)
    watch(store.refresh())
    await look()
    secrets.push(...canaries(endpoint.call(2).succeed().participantToken))
    await look()
    endpoint.next(failure(500, { message: `No: ${secrets.join(' ')}` }))
    await until(DUE)
    await look()
    endpoint.next(token({ issuedAt: DUE - 3_600_000 }))
    await keep(store.fetch({ roomName: 'expired on arrival' }))
    endpoint.next(token({ expires: false, issuedAt: DUE + 3_600_000 }))
    await keep(store.fetch({ roomName: 'another' }))
    store.invalidate()
    await look()
    await clock.advance(60_000)
    await look()
    store.dispose()
    await look()
    expect(secrets.length).toBeGreaterThan(10)
  })

  it('is in nothing that an error prints, though the endpoint’s own error quotes it', async () => {
    const { store, endpoint, clock } = scene({ retry: { maxAttempts: 2 } })
    const good = await store.fetch({ roomName: 'good' })
    const quotes = `the token ${good.participantToken} is bad`
    const heard = events(store)
    const told = states(store)
    const errors: Error[] = []
    const bad = [
      failure(500, { message: quotes }),
      failure(401, { message: quotes }),
      failure(429, { message: quotes }),
      () => {
        throw quotes
      },
      value(quotes),
      value({ serverUrl: quotes, participantToken: good.participantToken }),
      value({ serverUrl: SERVER_URL, participantToken: `${good.participantToken}.${good.participantToken}` }),
      value({ serverUrl: SERVER_URL, participantToken: good.participantToken.slice(0, 80) }),
    ]
    for (const [index, answer] of bad.entries()) {
      endpoint.usually(answer)
      for (const fetched of [
        store.fetch({ roomName: `bad ${index}` }),
        store.refresh({ roomName: `worse ${index}` }),
      ]) {
        const failed = rejection(fetched)
        await clock.advance(1_000)
        errors.push(await failed)
      }
    }
    expect(errors).toHaveLength(2 * bad.length)
    for (const error of errors) {
      const texts = [error.message, error.stack ?? '', String(error), JSON.stringify(error)]
      for (const text of texts)
        for (const canary of canaries(good.participantToken)) expect(text).not.toContain(canary)
    }
    const everything = printed({ store, heard, told, said })
    for (const canary of canaries(good.participantToken)) expect(everything.includes(canary)).toBe(false)
  })

  it('is in the fetcher’s own error alone, which is the cause of what rejects, and of nothing else', async () => {
    const { store, endpoint } = scene({ retry: { maxAttempts: 1 } })
    const heard = events(store)
    const own = new Error('the token is bad')
    endpoint.usually(() => Promise.reject(own))
    expect((await rejection(store.fetch())).cause).toBe(own)
    expect(store.getSnapshot().error?.cause).toBeUndefined()
    for (const event of heard) if (event.type === 'state') expect(event.error?.cause).toBeUndefined()
  })

  it('is in none of the values that a store and a handle hold while a fetch waits', async () => {
    const { store, endpoint } = scene()
    const { participantToken } = await store.fetch()
    endpoint.next(byHand)
    watch(store.refresh())
    await settle()
    expect(printed(store.lifecycle())).not.toContain(participantToken)
    expect(printed(Object.values(store))).not.toContain(participantToken)
    expect(printed(Object.values(store.lifecycle()))).not.toContain(participantToken)
  })
})
