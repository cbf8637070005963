import type { TokenRecord } from '../../recorder/record'
import { h } from '../dom/h'
import { noteOf } from '../model/words'
import { badge } from './icon'

export const WHAT_STYLE = `
.what{display:flex;gap:6px;align-items:center;min-width:0}
.what b{font-weight:560}
.note{overflow:hidden;color:var(--quiet);font-size:12px;text-overflow:ellipsis;white-space:nowrap}
`

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
