import { describe, expect, it } from 'vitest'
import { createPanelModel } from '../../../devtools/src/panel/model/panel-model'
import { FIRST, type UiState } from '../../../devtools/src/panel/ui-state'
import { START } from '../../helpers/clock'
import { story } from '../records'

const STATUS = { paused: false, imported: false, dropped: 0, allowCommands: false, maxRecords: 500 }
const NOW = START + 900_000
const model = (ui: Partial<UiState> = {}, imported = false) =>
  createPanelModel()(story(), { ...STATUS, imported }, { ...FIRST, ...ui }, NOW)

describe('What the panel shows', () => {
  it('is the first lifecycle that is alive, until another is picked', () => {
    expect(model().life?.key).toBe('store-1/2')
    expect(model({ life: 'store-1/1' }).life?.key).toBe('store-1/1')
    expect(model({ life: 'gone' }).life?.key).toBe('store-1/2')
  })

  it('is the latest record of that lifecycle, until another is picked', () => {
    const { record, life } = model()
    expect(record).toBe(life?.last)
    expect(model({ selected: 4 }).record?.sequence).toBe(4)
  })

  it('is the present by the clock, and of an imported session its end', () => {
    expect(model().now).toBe(NOW)
    expect(model({}, true).now).toBe(story().at(-1)?.at)
  })

  it('is the past when a moment is looked at: what was known, and the time it was', () => {
    const past = model({ moment: { sequence: 4, at: START + 160 }, selected: 9 })
    expect(past.known).toHaveLength(4)
    expect(past.now).toBe(START + 160)
    expect(past.present).toBe(NOW)
    expect(past.lives.get('store-1/1')?.status).toBe('valid')
    // What came later was not known then.
    expect(past.record?.sequence).toBe(4)
    expect(past.records).toHaveLength(story().length)
  })

  it('is computed again only when it changes', () => {
    const modelOf = createPanelModel()
    const [records, ui] = [story(), { ...FIRST }]
    const first = modelOf(records, STATUS, ui, NOW)
    expect(modelOf(records, STATUS, { ...ui, tab: 'chart' }, NOW + 1).lives).toBe(first.lives)
    expect(modelOf(records.slice(), STATUS, ui, NOW).lives).not.toBe(first.lives)
  })
})
