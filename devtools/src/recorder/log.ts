import { BehaviorSubject, Observable, Subject } from 'rxjs'
import { byteLength } from './byte-length'
import type { TokenRecord } from './record'
import { Ring } from './ring'

/** The records that are shown: the live ones, or an imported session for as long as there is one. */
export class Log {
  readonly #live: Ring<TokenRecord>
  readonly changes$ = new Subject<void>()
  /** Made when somebody looks, once a change. */
  #present: readonly TokenRecord[] | null = []
  readonly imported$ = new BehaviorSubject<readonly TokenRecord[] | null>(null)
  readonly dropped$ = new BehaviorSubject(0)

  readonly records$ = new Observable<readonly TokenRecord[]>((subscriber) => {
    subscriber.next(this.records)
    return this.changes$.subscribe(() => subscriber.next(this.records))
  })

  constructor(maxRecords: number, maxBytes: number) {
    this.#live = new Ring(maxRecords, maxBytes)
  }

  get records(): readonly TokenRecord[] {
    this.#present ??= this.imported$.value ?? this.#live.toArray()
    return this.#present
  }

  /** Kept, though an imported session may be what is shown. */
  push(record: TokenRecord): void {
    this.#live.push(record, byteLength(JSON.stringify(record)))
    if (this.#live.dropped !== this.dropped$.value) this.dropped$.next(this.#live.dropped)
    if (!this.imported$.value) this.#changed()
  }

  show(imported: readonly TokenRecord[]): void {
    this.#present = null
    this.imported$.next(imported)
    this.#changed()
  }

  /** Away with the imported session, else with the live one. */
  clear(): void {
    this.#present = null
    if (this.imported$.value) this.imported$.next(null)
    else {
      this.#live.clear()
      this.dropped$.next(0)
    }
    this.#changed()
  }

  #changed(): void {
    this.#present = null
    this.changes$.next()
  }
}
