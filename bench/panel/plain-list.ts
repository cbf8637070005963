import type { Recorder, RecordOutcome, TokenRecord } from 'livekit-token-devtools'
import { filterRecords } from 'livekit-token-devtools'
import type { Clock } from 'livekit-token-store'
import type { Actions } from '../../devtools/src/panel/actions'
import { h } from '../../devtools/src/panel/dom/h'
import { patch } from '../../devtools/src/panel/dom/patch'
import { rowView } from '../../devtools/src/panel/events/row'
import { EVENTS_STYLE } from '../../devtools/src/panel/events/style'
import { createPanelModel } from '../../devtools/src/panel/model/panel-model'
import { BASE } from '../../devtools/src/panel/styles/base'
import { FRAME } from '../../devtools/src/panel/styles/frame'
import { PALETTE } from '../../devtools/src/panel/styles/palette'
import { FIRST } from '../../devtools/src/panel/ui-state'
import type { RecorderStatus } from '../../devtools/src/recorder/types'

/** As high as the panel. */
const SIZE = ':host{--size:400px}'
const CHOICES = {
  store: ['store-1', 'store-2', 'store-3'],
  type: ['state', 'attempt', 'attempt-failed', 'room', 'invalidated'],
  outcome: ['success', 'failure', 'neutral'],
}

/**
 * What one writes in an afternoon: the panel's own rows, styles and filter, but every row is in the page. It has a button,
 * as the panel has. Returns what takes it away.
 */
export function mountPlainList(recorder: Recorder, target: Element, clock: Clock): () => void {
  const host = document.createElement('plain-list')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(PALETTE + BASE + FRAME + EVENTS_STYLE + SIZE)
  root.adoptedStyleSheets = [sheet]
  const trigger = document.createElement('button')
  trigger.className = 'trigger'
  trigger.textContent = 'Plain list'
  root.append(trigger)
  target.append(host)
  let close = () => {}
  trigger.addEventListener('click', () => {
    close = open(recorder, root, clock)
  })
  return () => {
    close()
    host.remove()
  }
}

function open(recorder: Recorder, root: ShadowRoot, clock: Clock): () => void {
  const rowOf = createRows(recorder, clock)
  let records: readonly TokenRecord[] = []
  let frame = 0

  const frameView = document.createElement('div')
  const schedule = () => {
    frame ||= requestAnimationFrame(draw)
  }
  patch(frameView, [
    h(
      'section',
      { class: 'panel', 'data-place': 'bottom', 'data-theme': 'system' },
      h(
        'div',
        { class: 'body' },
        h(
          'div',
          { class: 'events' },
          h(
            'div',
            { class: 'filters' },
            h('input', { class: 'search', type: 'search', 'aria-label': 'Search events', oninput: schedule }),
            Object.entries(CHOICES).map(([name, values]) =>
              h(
                'select',
                { 'aria-label': name, onchange: schedule },
                h('option', { value: '' }, `any ${name}`),
                values.map((value) => h('option', { value }, value)),
              ),
            ),
          ),
          h('div', { class: 'list', role: 'listbox', 'aria-label': 'Events', tabindex: 0 }),
        ),
      ),
    ),
  ])
  root.append(frameView)
  const list = root.querySelector('.list')!
  const search = root.querySelector<HTMLInputElement>('.search')!
  const chosen = (name: keyof typeof CHOICES) => {
    const { value } = root.querySelector<HTMLSelectElement>(`[aria-label=${name}]`)!
    return value ? [value] : []
  }

  /** Only what differs is touched: rows that stay in their place stay. */
  function draw() {
    frame = 0
    const passing = filterRecords(records, {
      text: search.value,
      stores: chosen('store'),
      types: chosen('type') as TokenRecord['type'][],
      outcomes: chosen('outcome') as RecordOutcome[],
    })
    const wanted = new Set(passing.map(rowOf))
    for (const row of [...list.children]) if (!wanted.has(row)) row.remove()
    let place = list.firstElementChild
    for (const row of wanted) {
      if (row === place) place = place?.nextElementSibling ?? null
      else list.insertBefore(row, place)
    }
  }

  const subscription = recorder.records$.subscribe((next) => {
    records = next
    schedule()
  })
  return () => {
    subscription.unsubscribe()
    cancelAnimationFrame(frame)
  }
}

/** The panel's row of a record, made once. */
function createRows(recorder: Recorder, clock: Clock): (record: TokenRecord) => Element {
  const rows = new WeakMap<TokenRecord, Element>()
  let records: readonly TokenRecord[] = []
  let status!: RecorderStatus
  recorder.records$.subscribe((next) => (records = next)).unsubscribe()
  recorder.status$.subscribe((next) => (status = next)).unsubscribe()
  const model = createPanelModel()(records, status, FIRST, clock.now())
  return (record) => {
    const known = rows.get(record)
    if (known) return known
    const holder = document.createElement('div')
    patch(holder, [rowView(model, FIRST, {} as Actions, [record], 0, false)])
    const row = holder.firstElementChild!
    rows.set(record, row)
    return row
  }
}
