import { createTokenStore, type StoreEnvironment } from 'livekit-token-store'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { simulatedClock } from '../helpers/clock'
import { byHand, failure, scriptedFetcher } from '../helpers/fetcher'
import { bundleOf } from './bundle'
import { recipeOf } from './recipes'

type Recipe = (appState: object, netInfo: object) => StoreEnvironment

let environment: Recipe
beforeAll(async () => {
  const bundle = await bundleOf(recipeOf('environment'), { platform: 'node' })
  environment = new Function(`${bundle}; return bundle.environment`)() as Recipe
})

/** `AppState`, which gives a subscription to remove, and NetInfo, which calls at once and returns what ends it. */
function device() {
  const onState = new Set<(state: string) => void>()
  const onNetwork = new Set<(state: { isConnected: boolean | null }) => void>()
  return {
    AppState: {
      addEventListener(type: string, next: (state: string) => void) {
        expect(type).toBe('change')
        onState.add(next)
        return { remove: () => onState.delete(next) }
      },
    },
    NetInfo: {
      addEventListener(next: (state: { isConnected: boolean | null }) => void) {
        onNetwork.add(next)
        next({ isConnected: null })
        return () => onNetwork.delete(next)
      },
    },
    become: (state: string) => {
      for (const next of onState) next(state)
    },
    network: (isConnected: boolean | null) => {
      for (const next of onNetwork) next({ isConnected })
    },
    get listeners() {
      return onState.size + onNetwork.size
    },
  }
}

/** A store that is told by the recipe's streams. */
function onDevice() {
  const phone = device()
  const clock = simulatedClock()
  const endpoint = scriptedFetcher(clock)
  const store = createTokenStore({
    fetchToken: endpoint.fetchToken,
    clock,
    random: () => 0,
    environment: environment(phone.AppState, phone.NetInfo),
  })
  onTestFinished(() => store.dispose())
  store.subscribe()
  return { phone, clock, endpoint, store }
}

describe('A store with the recipe for React Native', () => {
  it('asks at once although NetInfo does not know yet', async () => {
    const { endpoint, store } = onDevice()
    await store.fetch()
    expect(endpoint.calls).toHaveLength(1)
  })

  it('waits while there is no network, and asks as soon as there is', async () => {
    const { phone, clock, endpoint, store } = onDevice()
    endpoint.next(failure())
    const waiting = store.fetch()
    phone.network(false)
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(1)
    phone.network(true)
    await waiting
    expect(endpoint.calls).toHaveLength(2)
  })

  it('does not wait for ever when the network is gone and then unknown', async () => {
    const { phone, clock, endpoint, store } = onDevice()
    endpoint.next(failure())
    const waiting = store.fetch()
    phone.network(false)
    await clock.advance(60_000)
    phone.network(null)
    await waiting
    expect(endpoint.calls).toHaveLength(2)
  })

  it('renews what became due in the background when the app is active again, and not before', async () => {
    const { phone, clock, endpoint, store } = onDevice()
    await store.fetch()
    endpoint.usually(byHand)
    phone.become('inactive')
    phone.become('background')
    clock.sleep(500_000)
    phone.become('inactive')
    expect(endpoint.calls).toHaveLength(1)
    phone.become('active')
    expect(endpoint.calls).toHaveLength(2)
  })

  it('listens from its first use on, and to nothing once it is disposed of', async () => {
    const phone = device()
    const store = createTokenStore({
      fetchToken: () => Promise.reject(new Error('not asked')),
      environment: environment(phone.AppState, phone.NetInfo),
    })
    expect(phone.listeners).toBe(0)
    store.lifecycle()
    expect(phone.listeners).toBe(2)
    store.dispose()
    expect(phone.listeners).toBe(0)
  })
})
