import { createTokenStore, type FetchToken, type TokenStoreOptions } from 'livekit-token-store'

/** What a store lived through, in nothing but what `JSON` can carry. */
export interface Life {
  readonly statuses: readonly string[]
  /** How far ahead of the token's end its successor came, ms. */
  readonly renewedAheadMs: number
  /** Whether `fetch` gave another token after the renewal. */
  readonly renewed: boolean
  /** How often the fetcher was asked, a while after the end too. */
  readonly asked: number
  /** The code of the error of a fetch after `dispose`. */
  readonly afterwards: string
}

/** A store's whole life: subscribed to, fetched from, renewed on time, disposed of. Runs where it is bundled for. */
export async function live(fetchToken: FetchToken, options: Partial<TokenStoreOptions> = {}): Promise<Life> {
  let asked = 0
  const store = createTokenStore({
    fetchToken(request, context) {
      asked += 1
      return fetchToken(request, context)
    },
    ...options,
  })
  const statuses: string[] = []
  const renewal = new Promise<number>((resolve) => {
    let end = 0
    store.subscribe(({ status, token }) => {
      if (statuses[statuses.length - 1] !== status) statuses.push(status)
      if (token?.ordinal === 1) end = token.expiresAt
      if (token?.ordinal === 2) resolve(end - Date.now())
    })
  })
  const first = await store.fetch({ roomName: 'A' })
  const renewedAheadMs = await renewal
  const second = await store.fetch({ roomName: 'A' })
  store.dispose()
  const error = await store.fetch({ roomName: 'A' }).catch((reason) => reason)
  // Longer than a token lives: a store that lived on would ask again.
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  return {
    statuses,
    renewedAheadMs,
    renewed: second.participantToken !== first.participantToken,
    asked,
    afterwards: error.code,
  }
}
