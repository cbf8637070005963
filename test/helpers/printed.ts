import { inspect } from 'node:util'

/** Everything of a value that somebody might print; `depth` is how far down `util.inspect` goes. */
export function printed(what: unknown, depth = Number.POSITIVE_INFINITY): string {
  const seen = new Set<unknown>()
  const json = JSON.stringify(what, (_key, inner: unknown) => {
    if (typeof inner === 'object' && inner !== null) {
      if (seen.has(inner)) return '[again]'
      seen.add(inner)
    }
    return inner
  })
  return [
    json,
    String(what),
    inspect(what, {
      depth,
      showHidden: true,
      maxStringLength: null,
      getters: true,
    }),
  ].join('\n')
}

/** The token, and each of its parts that says or proves something. */
export const canaries = (participantToken: string) => [
  participantToken,
  ...participantToken.split('.').slice(1),
]
