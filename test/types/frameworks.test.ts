import { createTokenStore, type TokenState, type TokenStore, type Unsubscribe } from 'livekit-token-store'
import type { useSyncExternalStore } from 'react'
import { Observable, type ObservableInput, Subscription, type TeardownLogic, type Unsubscribable } from 'rxjs'
import type { from as solidFrom } from 'solid-js'
import { get, type Readable } from 'svelte/store'
import { describe, expect, expectTypeOf, it } from 'vitest'

type Call<Function extends (...args: never[]) => unknown> = Parameters<Function>

const idle = () => createTokenStore({ fetchToken: () => new Promise(() => {}) })

describe('A store is taken as it is', () => {
  it('by React’s useSyncExternalStore', () => {
    type Taken = Call<typeof useSyncExternalStore<TokenState>>
    expectTypeOf<TokenStore['subscribe']>().toExtend<Taken[0]>()
    expectTypeOf<TokenStore['getSnapshot']>().toExtend<Taken[1]>()
    // React calls both without `this`, and wants the same snapshot until something changed.
    const store = idle()
    const { subscribe, getSnapshot } = store
    const stop = subscribe(() => {})
    expect(getSnapshot()).toBe(getSnapshot())
    stop()
    store.dispose()
  })

  it('by Svelte, as a readable store', () => {
    expectTypeOf<TokenStore>().toExtend<Readable<TokenState>>()
    const store = idle()
    expect(get(store)).toBe(store.getSnapshot())
    store.dispose()
  })

  it('by Solid’s from', () => {
    expectTypeOf<TokenStore>().toExtend<Call<typeof solidFrom<TokenState>>[0]>()
  })

  it('by RxJS: its streams by whatever takes an observable', () => {
    expectTypeOf<TokenStore['state$']>().toExtend<ObservableInput<TokenState>>()
    const store = idle()
    const seen: string[] = []
    new Observable<TokenState>((subscriber) => store.subscribe((state) => subscriber.next(state)))
      .subscribe(({ status }) => seen.push(status))
      .unsubscribe()
    expect(seen).toEqual(['idle'])
    store.dispose()
  })
})

describe('What subscribe gives back', () => {
  it('is a function, and has a method, that ends the subscription', () => {
    expectTypeOf<Unsubscribe>().toBeCallableWith()
    expectTypeOf<Unsubscribe>().returns.toEqualTypeOf<void>()
    expectTypeOf<Unsubscribe>().toExtend<Unsubscribable>()
    expectTypeOf<Unsubscribe>().toExtend<TeardownLogic>()
    const store = idle()
    const seen: string[] = []
    const all = new Subscription()
    all.add(store.subscribe(({ status }) => seen.push(status)))
    all.unsubscribe()
    store.fetch().catch(() => {})
    expect(seen).toEqual(['idle'])
    store.dispose()
  })
})
