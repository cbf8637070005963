import type { Actor } from '../model/actor'

/** Saves what is shown of a source's actors; tokens were taken out when it came in. */
export function saveJson(name: string, actors: readonly Actor[]): void {
  const text = JSON.stringify(
    {
      format: 'livekit-token-devtools-actors',
      version: 1,
      actors: actors.map(({ session, name: actorName, parent, key, status, entries, dropped }) => ({
        key,
        session,
        name: actorName,
        parent,
        status,
        dropped,
        entries: entries.map(({ size: _, ...entry }) => entry),
      })),
    },
    null,
    2,
  )
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.download = `${name.replace(/[^\w-]+/g, '-') || 'actors'}.json`
  link.click()
  URL.revokeObjectURL(link.href)
}
