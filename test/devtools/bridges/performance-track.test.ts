import { PerformanceObserver } from 'node:perf_hooks'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { connectPerformanceTrack } from '../../../devtools/src/bridges/performance-track'
import type { TrackEntry } from '../../../devtools/src/bridges/track-entry'
import { record, story, view } from '../records'
import { canaryStory, handRecorder, untilTheEnd } from './setup'

type Entry = PerformanceEntry & { detail: { devtools: TrackEntry } }

/** What is in the process's own buffer, by time. */
const entries = () =>
  performance
    .getEntries()
    .filter((entry) => entry.name.startsWith('tokens'))
    .map((entry) => entry as Entry)

/** `track: what start–end`, ms. */
const shown = (all: readonly Entry[] = entries()) =>
  all.map(({ startTime, duration, detail: { devtools }, entryType, name }) => {
    const what = name.slice('tokens/1 '.length)
    const when = entryType === 'mark' ? `${startTime}` : `${startTime}–${startTime + duration}`
    return `${devtools.track}: ${what} ${when}`
  })

function bridge(...first: Parameters<typeof handRecorder>) {
  const recorder = handRecorder(...first)
  return { recorder, stop: untilTheEnd(connectPerformanceTrack(recorder)) }
}

describe('connectPerformanceTrack', () => {
  it('shows states, attempts with their outcome, and the room, each in a track of its own', () => {
    bridge().recorder.push(...story())
    const tracks = (track: string) => shown().filter((line) => line.startsWith(`${track}: `))
    expect(tracks('tokens/1')).toEqual([
      'tokens/1: idle 1000–1010',
      'tokens/1: fetching 1010–1150',
      'tokens/1: valid 1150–481150',
      'tokens/1: expiring 481150–481150',
      'tokens/1: refreshing 481150–481400',
      'tokens/1: expiring 481400–482400',
      'tokens/1: refreshing 482400–482600',
      'tokens/1: valid 482600–501000',
      'tokens/1: command simulate-expiry 501000',
      'tokens/1: token 2 ended 501000',
      'tokens/1: idle 501000–511000',
      'tokens/1: disposed 511000',
    ])
    expect(tracks('tokens/1 attempts')).toEqual([
      'tokens/1 attempts: attempt 1 (initial): answered 1010–1150',
      'tokens/1 attempts: attempt 1 (refresh): fetch-failed (status 503) 481150–481400',
      'tokens/1 attempts: attempt 2 (refresh): answered 482400–482600',
    ])
    expect(tracks('tokens/1 room')).toEqual([
      'tokens/1 room: connecting 1200–1900',
      'tokens/1 room: connected 1900–482000',
      'tokens/1 room: reconnecting 482000–483000',
      'tokens/1 room: connected 483000–502000',
      'tokens/1 room: room disconnected 502000',
    ])
    expect(tracks('tokens/2')).toEqual(['tokens/2: fetching 521000–521300'])
  })

  it('says what Chrome’s panel reads: track, group, colour, properties and tooltip', () => {
    bridge().recorder.push(...story().slice(0, 7))
    const valid = entries().find(({ name }) => name === 'tokens/1 valid')
    expect(valid?.detail.devtools).toEqual({
      dataType: 'track-entry',
      track: 'tokens/1',
      trackGroup: 'LiveKit tokens',
      color: 'tertiary',
      properties: [
        ['record', '4'],
        ['room', 'A'],
        ['identity', 'me'],
        ['token', '1'],
        ['refresh due', '2026-01-01T00:08:00.150Z'],
        ['expires', '2026-01-01T00:10:00.150Z'],
      ],
      tooltipText: 'tokens/1 valid',
    })
  })

  it.each([
    ['expired-on-arrival', { type: 'expired-on-arrival' }, 'expired on arrival'],
    ['invalidated', { type: 'invalidated' }, 'aborted'],
    ['another attempt', { type: 'attempt', detail: { attempt: 1, reason: 'forced' } }, 'superseded'],
    ['the end', { type: 'evicted' }, 'aborted'],
    ['a failure', { type: 'attempt-failed', detail: { attempt: 1, code: 'timeout' } }, 'timeout'],
  ] as const)('closes an attempt on %s', (_what, partial, outcome) => {
    const { recorder } = bridge()
    recorder.push(record({ type: 'attempt', mono: 5, detail: { attempt: 1, reason: 'initial' } }))
    recorder.push(record({ ...partial, mono: 9, sequence: 2 }))
    expect(shown()).toContain(`tokens/1 attempts: attempt 1 (initial): ${outcome} 5–9`)
  })

  it('shows what was kept before it was connected', () => {
    bridge(...story().slice(0, 5))
    expect(shown()).toContain('tokens/1: fetching 1010–1150')
  })

  it('reaches who watches the process’s timings', async () => {
    const seen: string[] = []
    await new Promise<void>((resolve) => {
      const observer = new PerformanceObserver((list) => {
        seen.push(...list.getEntries().map(({ name }) => name))
        resolve()
      })
      observer.observe({ entryTypes: ['measure', 'mark'] })
      onTestFinished(() => observer.disconnect())
      bridge().recorder.push(...story())
    })
    expect(seen).toContain('tokens/1 valid')
  })

  it('keeps a bounded number of entries, and leaves those of others alone', () => {
    performance.mark('mine')
    onTestFinished(() => performance.clearMarks('mine'))
    const { recorder, stop } = bridge()
    for (let sequence = 1; sequence <= 2_500; sequence += 1)
      recorder.push(record({ sequence, type: 'invalidated', mono: sequence }))
    expect(entries().length).toBeGreaterThan(0)
    expect(entries().length).toBeLessThanOrEqual(1_000)
    stop()
    expect(entries()).toEqual([])
    expect(performance.getEntriesByName('mine')).toHaveLength(1)
    expect(recorder.observed).toBe(false)
  })

  it('writes a span that has no length, or an end before its start, as no length', () => {
    const { recorder } = bridge()
    recorder.push(record({ from: 'idle', to: 'fetching', mono: 8 }))
    recorder.push(record({ sequence: 2, from: 'fetching', to: 'valid', view: view(1), mono: 7 }))
    expect(shown()).toEqual(['tokens/1: fetching 8–8'])
  })

  it('survives an expiry that is no date', () => {
    const { recorder } = bridge()
    recorder.push(record({ from: 'fetching', to: 'valid', view: view(1, 0, { expiresAt: 8.64e15 + 1 }) }))
    recorder.push(record({ sequence: 2, from: 'valid', to: 'idle' }))
    expect(entries().map(({ name }) => name)).toContain('tokens/1 valid')
  })

  it('does nothing where there are no user timings', () => {
    vi.stubGlobal('performance', { now: () => 0 })
    onTestFinished(() => void vi.unstubAllGlobals())
    const recorder = handRecorder()
    expect(() => connectPerformanceTrack(recorder)()).not.toThrow()
    expect(recorder.observed).toBe(false)
  })

  it('shows no token, whatever a store lives through', async () => {
    const { recorder, live, secrets } = canaryStory()
    untilTheEnd(connectPerformanceTrack(recorder))
    await live()
    const everything = JSON.stringify(entries().map((entry) => [entry, entry.detail]))
    expect(everything).toContain('attempt 1 (refresh): fetch-failed (status 503)')
    for (const secret of secrets) expect(everything.includes(secret)).toBe(false)
  })
})
