/**
 * All that the panel does not open with: a file of its own for the browser.
 *
 * @throws {Error} when it cannot be had.
 */
export const loadMore = () =>
  import('./more').catch(() => {
    throw new Error('A part of the panel could not be loaded: try again.')
  })

export type LoadMore = typeof loadMore
