import type { TokenRecord } from '../../recorder/record'
import type { RecorderStatus } from '../../recorder/types'
import type { UiState } from '../ui-state'
import { type ByLife, byLifeUntil, createByLife } from './by-life'
import { type Life, lifeAfter } from './lives'
import { memo } from './memo'
import { countUntil, recordsUntil } from './past'
import { perLife } from './per-life'

/** All that the views need to know, made of the records and of what the user asked to see. */
export interface PanelModel {
  readonly status: RecorderStatus
  /** All there is: the timeline shows it even while the past is looked at. */
  readonly records: readonly TokenRecord[]
  /** What was known at the moment that is looked at. */
  readonly known: readonly TokenRecord[]
  /** Of all there is. */
  readonly byLife: ByLife
  readonly lives: ReadonlyMap<string, Life>
  readonly life: Life | null
  /** Its own records, of what was known. */
  readonly own: readonly TokenRecord[]
  /** By `storeId`. */
  readonly stores: ReadonlyMap<string, string>
  /** The record that is inspected, and whether it was picked. */
  readonly record: TokenRecord | null
  /** The moment that everything is shown at. */
  readonly now: number
  /** Where the present is. */
  readonly present: number
}

/** Recomputes only what its input asks for: most renders change a moment, a hover or a scroll position. */
export function createPanelModel() {
  const until = memo(recordsUntil)
  const grouped = memo(createByLife())
  const groupedUntil = memo(byLifeUntil)
  const lives = memo(perLife(lifeAfter))
  const stores = memo(storesOf)

  return (
    records: readonly TokenRecord[],
    status: RecorderStatus,
    ui: UiState,
    clock: number,
  ): PanelModel => {
    // An imported session ends where it was exported; what the clock says now is nothing to it.
    const present = status.imported ? (records.at(-1)?.at ?? clock) : clock
    const now = ui.moment?.at ?? present
    const known = until(records, ui.moment?.sequence ?? null)
    const all = grouped(records)
    const knownByLife = known === records ? all : groupedUntil(all, known.at(-1)?.sequence ?? 0)
    const alive = lives(knownByLife)
    const life = alive.get(ui.life ?? '') ?? firstOf(alive)
    // The record that was picked, or the oldest that is left when it has made room.
    const picked = ui.selected === null ? undefined : (known[countUntil(known, ui.selected) - 1] ?? known[0])
    return {
      status,
      records,
      known,
      byLife: all,
      lives: alive,
      life,
      own: knownByLife.get(life?.key ?? '') ?? NONE,
      stores: stores(all),
      record: picked && picked.sequence >= (ui.selected ?? 0) ? picked : (life?.last ?? null),
      now,
      present,
    }
  }
}

const NONE: readonly TokenRecord[] = []

const storesOf = (all: ByLife): ReadonlyMap<string, string> =>
  new Map([...all.values()].flatMap(([first]) => (first ? [[first.storeId, first.store]] : [])))

function firstOf(lives: ReadonlyMap<string, Life>): Life | null {
  const all = [...lives.values()]
  return all.find(({ ended }) => !ended) ?? all[0] ?? null
}
