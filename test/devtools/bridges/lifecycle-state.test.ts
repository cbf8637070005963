import { describe, expect, it } from 'vitest'
import { LifecycleHistory } from '../../../devtools/src/bridges/lifecycle-history'
import { type LifecycleState, stateAfter } from '../../../devtools/src/bridges/lifecycle-state'
import { record, story, view } from '../records'

/** What the records lead to, one by one. */
function states(records = story()): LifecycleState[] {
  const told: LifecycleState[] = []
  for (const one of records) told.push(stateAfter(told.at(-1), one))
  return told
}

describe('stateAfter', () => {
  it('counts the attempts of a series, and none once it has ended', () => {
    const first = story().filter(({ lifecycle }) => lifecycle === '1')
    expect(states(first).map(({ attempt }) => attempt)).toEqual([
      0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 0, 0, 0, 0, 0, 0,
    ])
  })

  it('keeps the last error until a state has none', () => {
    const failed = { code: 'fetch-failed', status: 503 }
    expect(states()[9]?.error).toEqual(failed)
    expect(states()[12]?.error).toBeNull()
    expect(states([record({ detail: { code: 'timeout' } })])[0]?.error).toEqual({ code: 'timeout' })
  })

  it('tells the waiting retry until it is made', () => {
    expect(states()[10]?.nextAt).toBe(story()[10]?.detail.nextAt)
    expect(states()[13]?.nextAt).toBeNull()
  })

  it('tells the room, and whether devtools took it offline', () => {
    expect(states()[11]?.room).toBe('reconnecting')
    const offline = (on: boolean) => record({ type: 'command', detail: { command: 'simulate-offline', on } })
    const other = record({ type: 'command', detail: { command: 'refresh' } })
    expect(states([record(), offline(true), other, offline(false)]).map((one) => one.offline)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it.each([
    ['idle', {}],
    ['valid', { view: view(1) }],
    ['failed', { type: 'attached', to: 'failed' }],
    ['idle', { type: 'disposed' }],
  ] as const)('begins with %s where the first that is known is %j', (status, partial) => {
    expect(stateAfter(undefined, record({ type: 'room', ...partial })).status).toBe(status)
  })
})

describe('LifecycleHistory', () => {
  it('forgets who ended, and remembers what the oldest records led to', () => {
    const history = new LifecycleHistory(2)
    for (const one of story()) history.add(one)
    expect(history.records).toHaveLength(2)
    expect([...history.before.values()].map(({ name, state }) => [name, state.status])).toEqual([
      ['tokens/2', 'fetching'],
    ])
    history.settle()
    expect(history.records).toEqual([])
    expect(history.before.get('store-1/2')?.state.status).toBe('failed')
  })

  it('hands out each record once, also when one is added meanwhile', () => {
    const history = new LifecycleHistory(10)
    for (const one of story().slice(0, 3)) history.add(one)
    const told: number[] = []
    const drain = () =>
      history.drain(({ sequence }) => {
        told.push(sequence)
        if (sequence !== 2) return
        history.add(story()[3]!)
        drain()
      })
    drain()
    expect(told).toEqual([1, 2, 3, 4])
    expect(history.before.get('store-1/1')?.state.status).toBe('valid')
  })
})
