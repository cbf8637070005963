let loaded: Promise<void> | undefined

/** Fetches the panel and defines its element; once, unless it failed. */
export function loadPanel(): Promise<void> {
  loaded ??= import('../panel/token-devtools').then(
    ({ defineTokenDevtools }) => defineTokenDevtools(),
    (error: unknown) => {
      loaded = undefined
      throw error
    },
  )
  return loaded
}
