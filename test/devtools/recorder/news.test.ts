import { createTokenStore } from 'livekit-token-store'
import { BehaviorSubject } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { createRecorder } from '../../../devtools/src/recorder/create-recorder'
import { newsOf } from '../../../devtools/src/recorder/news'
import type { TokenRecord } from '../../../devtools/src/recorder/record'
import { record } from '../records'

describe('The news of a recorder', () => {
  it('is every change of its records, once it has happened', async () => {
    const refused = Object.assign(new Error('never'), { status: 403 })
    const store = createTokenStore({ fetchToken: () => Promise.reject(refused) })
    const recorder = createRecorder()
    const latest = () => {
      let records: readonly TokenRecord[] = []
      recorder.records$.subscribe((all) => (records = all)).unsubscribe()
      return records
    }
    const told: number[] = []
    const news = newsOf(recorder).subscribe(() => told.push(latest().length))
    expect(told).toEqual([])
    recorder.attach(store)
    await store.fetch({ roomName: 'A' }).catch(() => {})
    const { length } = latest()
    expect(length).toBeGreaterThan(2)
    expect(told).toEqual(Array.from({ length }, (_, index) => index + 1))
    const session = recorder.export()
    recorder.clear()
    recorder.import(session)
    recorder.clear()
    expect(told.slice(length)).toEqual([0, length, 0])
    news.unsubscribe()
    store.dispose()
    expect(told).toHaveLength(length + 3)
  })

  it('is that of its stream where there is no other, as of a recorder that somebody made', () => {
    const records$ = new BehaviorSubject<readonly TokenRecord[]>([])
    const told: unknown[] = []
    newsOf({ ...createRecorder(), records$ }).subscribe((news) => told.push(news))
    records$.next([record()])
    expect(told).toEqual([undefined, undefined])
  })
})
