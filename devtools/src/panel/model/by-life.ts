import { keyOf, type TokenRecord } from '../../recorder/record'
import { countUntil } from './past'

/** Each lifecycle's own records by its key, in the order in which they were first heard of. */
export type ByLife = ReadonlyMap<string, readonly TokenRecord[]>

export function byLife(records: readonly TokenRecord[]): ByLife {
  const all = new Map<string, TokenRecord[]>()
  for (const record of records) {
    const key = keyOf(record)
    const own = all.get(key)
    if (own) own.push(record)
    else all.set(key, [record])
  }
  return all
}

/** The same, for who asks again and again: what stayed since the last time is not looked at. */
export function createByLife(): (records: readonly TokenRecord[]) => ByLife {
  let before: readonly TokenRecord[] = []
  let all: ByLife = new Map()
  return (records) => {
    const gone = records[0] ? before.indexOf(records[0]) : -1
    const kept = before.length - gone
    const goesOn = gone >= 0 && records[kept - 1] === before.at(-1)
    all = goesOn ? moved(all, byLife(before.slice(0, gone)), byLife(records.slice(kept))) : byLife(records)
    before = records
    return all
  }
}

/** Records come at the end and go at the beginning. */
function moved(all: ByLife, gone: ByLife, come: ByLife): ByLife {
  const next = new Map(all)
  for (const key of new Set([...gone.keys(), ...come.keys()])) {
    const rest = (all.get(key) ?? []).slice(gone.get(key)?.length ?? 0)
    const own = [...rest, ...(come.get(key) ?? [])]
    if (own.length > 0) next.set(key, own)
    else next.delete(key)
  }
  return new Map([...next].sort(([, [a]], [, [b]]) => a!.sequence - b!.sequence))
}

/** What was known of each when that many of all had been heard of. */
export function byLifeUntil(all: ByLife, sequence: number): ByLife {
  const known = [...all].map(([key, own]) => [key, own.slice(0, countUntil(own, sequence))] as const)
  return new Map(known.filter(([, own]) => own.length > 0))
}
