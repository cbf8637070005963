import type { TokenRecord } from '../../recorder/record'
import { h } from '../dom/h'
import { noteOf } from '../model/words'
import { badge } from './icon'

/** What a record says, in a line. */
export const whatView = (record: TokenRecord) =>
  h(
    'span',
    { class: 'what' },
    record.type !== 'state' && h('b', null, record.type),
    record.from && badge(record.from),
    record.from && '→',
    record.to && badge(record.to),
    h('span', { class: 'note' }, noteOf(record)),
  )
