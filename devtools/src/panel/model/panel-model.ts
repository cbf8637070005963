import type { TokenRecord } from '../../recorder/record'
import type { RecorderStatus } from '../../recorder/types'
import type { UiState } from '../ui-state'
import { keyOf, type Life, livesOf } from './lives'
import { memo } from './memo'
import { countUntil, recordsUntil } from './past'

/** All that the views need to know, made of the records and of what the user asked to see. */
export interface PanelModel {
  readonly status: RecorderStatus
  /** All there is: the timeline shows it even while the past is looked at. */
  readonly records: readonly TokenRecord[]
  /** What was known at the moment that is looked at. */
  readonly known: readonly TokenRecord[]
  readonly lives: ReadonlyMap<string, Life>
  readonly life: Life | null
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
  const lives = memo(livesOf)
  const stores = memo(
    (records: readonly TokenRecord[]) => new Map(records.map((one) => [one.storeId, one.store])),
  )

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
    const all = lives(known)
    const life = all.get(ui.life ?? '') ?? firstOf(all)
    const picked = ui.selected === null ? undefined : known[countUntil(known, ui.selected) - 1]
    return {
      status,
      records,
      known,
      lives: all,
      life,
      stores: stores(records),
      record: picked && picked.sequence === ui.selected ? picked : (life?.last ?? null),
      now,
      present,
    }
  }
}

function firstOf(lives: ReadonlyMap<string, Life>): Life | null {
  const all = [...lives.values()]
  return all.find(({ ended }) => !ended) ?? all[0] ?? null
}

/** The lifecycle that a record is of, whether it is in sight or not. */
export const lifeOf = ({ lives }: PanelModel, record: TokenRecord): Life | null =>
  lives.get(keyOf(record)) ?? null
