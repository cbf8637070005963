import type { Actions } from '../actions'
import { type Child, h } from '../dom/h'
import { clockTime } from '../model/clock-time'
import { lifeOf } from '../model/life-of'
import type { PanelModel } from '../model/panel-model'
import { countdown } from '../model/whole-seconds'
import type { Pane } from '../pane-types'
import { SHARED } from '../styles/shared'
import type { UiState } from '../ui-state'
import { WHAT_STYLE, whatView } from '../view/what'
import { changesOf, exactValue, shownValue } from './facts'
import { INSPECT_STYLE } from './style'

/** One record: what it says, what it changed, and the token in hand after it. */
function inspectView(model: PanelModel, _ui: UiState, act: Actions) {
  const { record, known, now } = model
  if (!record) return h('p', { key: 'inspect', class: 'none' }, 'No event to inspect.')
  const { at, sequence, store, view } = record
  const life = lifeOf(model, record)
  const changes = changesOf(known, record)
  return h(
    'div',
    { key: 'inspect', class: 'inspect', tabindex: 0, role: 'group', 'aria-label': 'Inspected event' },
    h('header', null, whatView(record), h('button', { onclick: () => act.look(record) }, 'Show this moment')),
    h('p', { class: 'quiet' }, `#${sequence} · ${clockTime(at)} · ${store} · ${life?.label}`),
    changes.length > 0 && h('h2', null, 'Changed'),
    changes.length > 0 &&
      h(
        'dl',
        { class: 'facts' },
        changes.map(({ field, before, after }) =>
          fact(
            field,
            null,
            h('del', null, shownValue(field, before, now)),
            ' ',
            h('ins', null, shownValue(field, after, now)),
          ),
        ),
      ),
    h('h2', null, view ? `Token ${view.ordinal}` : 'No token'),
    view && tokenView(view, now, view.expiresAt - (life?.clockOffset ?? 0) - now),
  )
}

export const pane: Pane = { style: SHARED + WHAT_STYLE + INSPECT_STYLE, create: () => inspectView }

function tokenView(view: NonNullable<PanelModel['record']>['view'] & object, now: number, left: number) {
  const { ordinal: _shown, grants, ...fields } = view
  return h(
    'dl',
    { class: 'facts' },
    fact('left', null, left > 0 ? countdown(left) : 'expired'),
    Object.entries(fields).map(([field, value]) =>
      fact(field, exactValue(field, value), shownValue(field, value, now)),
    ),
    fact(
      'grants',
      null,
      Object.entries(grants ?? {}).map(([name, value]) =>
        h(
          'code',
          { key: name, class: value === false && 'off' },
          value === true ? name : `${name}: ${shownValue(name, value, now)}`,
        ),
      ),
    ),
  )
}

const fact = (key: string, title: string | null, ...values: Child[]) =>
  h('div', { key }, h('dt', null, key.replace('grants.', '')), h('dd', { title }, ...values))
