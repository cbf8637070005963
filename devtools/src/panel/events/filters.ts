import type { Actions } from '../actions'
import { h } from '../dom/h'
import type { PanelModel } from '../model/panel-model'
import type { UiState } from '../ui-state'

const TYPES = ['state', 'attempt', 'attempt-failed', 'room', 'command', 'invalidated', 'clock-corrected']
const RARE = ['no-expiry', 'expired-on-arrival', 'attached', 'evicted', 'disposed']

export function filtersView(count: number, { known, stores }: PanelModel, ui: UiState, act: Actions) {
  return h(
    'div',
    { class: 'filters', role: 'search', 'aria-label': 'Events' },
    h('input', {
      class: 'search',
      type: 'search',
      placeholder: 'Search  /',
      'aria-label': 'Search events',
      value: ui.text,
      oninput: ({ target }: InputEvent) => act.set({ text: (target as HTMLInputElement).value, stick: true }),
    }),
    stores.size > 1 && choice('store', stores, ui, act),
    choice('type', named([...TYPES, ...RARE]), ui, act),
    choice('outcome', named(['success', 'failure', 'neutral']), ui, act),
    h('span', { class: 'quiet' }, count === known.length ? `${count}` : `${count} of ${known.length}`),
  )
}

const named = (names: readonly string[]) => new Map(names.map((name) => [name, name]))

/** A select whose first option is all. */
function choice(
  name: 'store' | 'type' | 'outcome',
  options: ReadonlyMap<string, string>,
  ui: UiState,
  act: Actions,
) {
  return h(
    'select',
    {
      key: name,
      class: ui[name] && 'chosen',
      'aria-label': name,
      value: ui[name],
      onchange: ({ target }: Event) => act.set({ [name]: (target as HTMLSelectElement).value, stick: true }),
    },
    h('option', { value: '' }, `any ${name}`),
    [...options].map(([value, label]) => h('option', { key: value, value }, label)),
  )
}
