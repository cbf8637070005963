import type { TokenStore } from 'livekit-token-store'

/** Names a recorder's stores: two may have the same name, one after the other. */
export class StoreIds {
  readonly #ids = new WeakMap<TokenStore, string>()
  #count = 0

  /** The same for the same store, also when it is attached again. */
  of(store: TokenStore): string {
    const known = this.#ids.get(store)
    if (known) return known
    this.#count += 1
    const id = `store-${this.#count}`
    this.#ids.set(store, id)
    return id
  }

  /** The ordinal that `'<ordinal>'` or `'<storeId>/<ordinal>'` means within that store; null when it means another. */
  ordinalIn(store: TokenStore, lifecycle: string): string | null {
    const [first, second, ...more] = String(lifecycle).split('/')
    if (second === undefined) return first ?? null
    return more.length === 0 && first === this.#ids.get(store) ? second : null
  }
}
