import { keyOf, type TokenRecord } from '../../recorder/record'
import type { Life } from './lives'
import type { PanelModel } from './panel-model'

/** The lifecycle that a record is of, whether it is in sight or not. */
export const lifeOf = ({ lives }: PanelModel, record: TokenRecord): Life | null =>
  lives.get(keyOf(record)) ?? null
