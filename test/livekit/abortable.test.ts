import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { abortable } from '../../src/livekit/abortable'
import { rejection } from './helpers'

describe('abortable', () => {
  it('gives what the work gives: a value, a promise, a foreign thenable', async () => {
    const { signal } = new AbortController()
    expect(await abortable(() => 1, signal)).toBe(1)
    expect(await abortable(async () => 2, signal)).toBe(2)
    // biome-ignore lint/suspicious/noThenProperty: A thenable is what is tested.
    const thenable = { then: (done: (value: number) => void) => done(3) } as PromiseLike<number>
    expect(await abortable(() => thenable, signal)).toBe(3)
  })

  it('rejects with what the work throws, at once or later', async () => {
    const { signal } = new AbortController()
    const error = new Error('Thrown.')
    const thrower = () => {
      throw error
    }
    expect(await rejection(abortable(thrower, signal))).toBe(error)
    expect(await rejection(abortable(async () => thrower(), signal))).toBe(error)
  })

  it('rejects with the reason though the work goes on, and swallows what becomes of it', async () => {
    const controller = new AbortController()
    let fail: (error: Error) => void = () => {}
    const waiting = abortable(() => new Promise((_, reject) => (fail = reject)), controller.signal)
    const reason = new Error('Enough.')
    controller.abort(reason)
    expect(await rejection(waiting)).toBe(reason)
    fail(new Error('Late.'))
    await new Promise(setImmediate)
  })

  it('does not start the work when the signal is aborted already', async () => {
    const work = vi.fn()
    await rejection(abortable(work, AbortSignal.abort()))
    expect(work).not.toHaveBeenCalled()
  })

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController()
    await abortable(() => 1, signal)
    await rejection(abortable(() => Promise.reject(new Error()), signal))
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})
