import type { Entry } from './actor'
import type { Plain } from './plain'

/** The entries in which every word of the search is found: in the event, its sender, the states, or the data. */
export function searched(entries: readonly Entry[], search: string): readonly Entry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return entries
  return entries.filter((entry) => {
    const text = textOfEntry(entry)
    return words.every((word) => text.includes(word))
  })
}

/** Entries never change, so what they say is put together once. */
const texts = new WeakMap<Entry, string>()

function textOfEntry(entry: Entry): string {
  let text = texts.get(entry)
  if (text === undefined) {
    text = [entry.type, entry.source ?? '', json(entry.event), json(entry.after), contextOf(entry.snapshot)]
      .join(' ')
      .toLowerCase()
    texts.set(entry, text)
  }
  return text
}

const json = (value: Plain): string => JSON.stringify(value)

const contextOf = (snapshot: Plain): string =>
  typeof snapshot === 'object' && snapshot !== null ? json(snapshot) : ''
