import type { TokenRecord } from '../../recorder/record'
import type { ByLife } from './by-life'

/** What `compute` makes of each lifecycle's records: made anew only of those that have others than the last time. */
export function perLife<Result>(
  compute: (own: readonly TokenRecord[], key: string) => Result,
): (all: ByLife) => ReadonlyMap<string, Result> {
  let made = new Map<string, { own: readonly TokenRecord[]; result: Result }>()
  return (all) => {
    const before = made
    made = new Map()
    for (const [key, own] of all) {
      const known = before.get(key)
      made.set(key, known && same(known.own, own) ? known : { own, result: compute(own, key) })
    }
    return new Map([...made].map(([key, { result }]) => [key, result]))
  }
}

/** Records come at the end and go at the beginning, and none is ever changed. */
const same = (a: readonly TokenRecord[], b: readonly TokenRecord[]) =>
  a.length === b.length && a[0] === b[0] && a.at(-1) === b.at(-1)
