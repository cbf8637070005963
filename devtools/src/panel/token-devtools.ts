import { TokenDevtools } from './element'
import { loadMore } from './load-more'

export type { TokenDevtools } from './element'

const NAME = 'token-devtools'

/** The file that is loaded when a panel is first opened. */
export function defineTokenDevtools(): void {
  if (customElements.get(NAME)) return
  TokenDevtools.loadMore = loadMore
  customElements.define(NAME, TokenDevtools)
}
