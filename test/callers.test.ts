import { describe, expect, it, vi } from 'vitest'
import { Callers } from '../src/callers'
import { settle } from './helpers/clock'

const given = { serverUrl: 'wss://rooms.example', participantToken: 'a.b.c' }

function gate() {
  const onChange = vi.fn()
  const onAbandoned = vi.fn()
  const callers = new Callers({ onChange, onAbandoned })
  const ids: number[] = []
  const add = (force = false, signal?: AbortSignal) => {
    const promise = callers.add(force, signal, (id) => ids.push(id))
    promise.catch(() => {})
    return promise
  }
  return { callers, onChange, onAbandoned, ids, add }
}

describe('Callers', () => {
  it('have an id each, and are counted from their coming to their answer', async () => {
    const { callers, ids, add, onChange } = gate()
    const [one] = [add(), add()]
    expect(new Set(ids).size).toBe(2)
    expect(callers.size).toBe(2)
    expect(onChange).toHaveBeenCalledTimes(2)
    callers.resolve(ids[0] ?? 0, given)
    expect(callers.size).toBe(1)
    expect(onChange).toHaveBeenCalledTimes(3)
    expect(await one).toEqual(given)
  })

  it('are told by settle only once they were admitted', async () => {
    const { callers, ids, add } = gate()
    const waiting = add()
    add()
    callers.admit(ids[0] ?? 0)
    const met: boolean[] = []
    callers.settle(({ force, resolve }) => {
      met.push(force)
      resolve(given)
    })
    expect(met).toEqual([false])
    expect(callers.size).toBe(1)
    expect(await waiting).toEqual(given)
  })

  it('tell settle whether they forced', () => {
    const { callers, ids, add } = gate()
    add(true)
    add(false)
    for (const id of ids) callers.admit(id)
    const met: boolean[] = []
    callers.settle(({ force }) => met.push(force))
    expect(met).toEqual([true, false])
  })

  it('get a copy each', async () => {
    const { callers, ids, add } = gate()
    const both = [add(), add()]
    for (const id of ids) callers.resolve(id, given)
    const [a, b] = await Promise.all(both)
    expect(a).toEqual(given)
    expect(a).not.toBe(given)
    expect(a).not.toBe(b)
  })

  it('that join wait at once, without a question', async () => {
    const { callers, onAbandoned } = gate()
    const joined = callers.join(undefined)
    callers.settle(({ resolve }) => resolve(given))
    expect(await joined).toEqual(given)
    expect(onAbandoned).not.toHaveBeenCalled()
  })

  it('may all be rejected, admitted or not', async () => {
    const { callers, ids, add } = gate()
    const both = [add(), add()]
    callers.admit(ids[0] ?? 0)
    callers.rejectAll('over')
    expect(await Promise.allSettled(both)).toEqual(Array(2).fill({ status: 'rejected', reason: 'over' }))
    expect(callers.size).toBe(0)
  })

  it('that are unknown are nobody: the id may be too late', () => {
    const { callers } = gate()
    expect(() => {
      callers.resolve(7, given)
      callers.reject(7, 'no')
    }).not.toThrow()
  })
})

describe('A caller’s signal', () => {
  it('ends that wait with its reason, and leaves the other', async () => {
    const { callers, ids, add, onAbandoned } = gate()
    const controller = new AbortController()
    const gone = add(false, controller.signal)
    add()
    for (const id of ids) callers.admit(id)
    controller.abort('enough')
    await expect(gone).rejects.toBe('enough')
    expect(callers.size).toBe(1)
    expect(onAbandoned).not.toHaveBeenCalled()
  })

  it('tells when the last who waited has gone, once', () => {
    const { callers, ids, add, onAbandoned } = gate()
    const controllers = [new AbortController(), new AbortController()]
    for (const { signal } of controllers) add(false, signal)
    for (const id of ids) callers.admit(id)
    controllers[0]?.abort()
    expect(onAbandoned).not.toHaveBeenCalled()
    controllers[1]?.abort()
    expect(onAbandoned).toHaveBeenCalledTimes(1)
  })

  it('tells nothing when who went was never admitted, and at its admission that nobody waits', () => {
    const { callers, ids, add, onAbandoned } = gate()
    const controller = new AbortController()
    add(false, controller.signal)
    controller.abort()
    expect(onAbandoned).not.toHaveBeenCalled()
    callers.admit(ids[0] ?? 0)
    expect(onAbandoned).toHaveBeenCalledTimes(1)
  })

  it('does not tell that nobody waits when the late admission finds another', () => {
    const { callers, ids, add, onAbandoned } = gate()
    const controller = new AbortController()
    add(false, controller.signal)
    controller.abort()
    callers.join(undefined)
    callers.admit(ids[0] ?? 0)
    expect(onAbandoned).not.toHaveBeenCalled()
  })

  it('has no listener left after an answer, a rejection or an abort', async () => {
    const { callers, ids, add } = gate()
    const controllers = Array.from({ length: 3 }, () => new AbortController())
    let listeners = 0
    for (const { signal } of controllers) {
      const { addEventListener, removeEventListener } = signal
      signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
        listeners += 1
        addEventListener.apply(signal, args)
      }
      signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
        listeners -= 1
        removeEventListener.apply(signal, args)
      }
      add(false, signal)
    }
    expect(listeners).toBe(3)
    callers.resolve(ids[0] ?? 0, given)
    callers.reject(ids[1] ?? 0, 'no')
    controllers[2]?.abort()
    await settle()
    expect(listeners).toBe(0)
  })

  it('means nothing after the answer', async () => {
    const { callers, ids, add, onChange } = gate()
    const controller = new AbortController()
    const promise = add(false, controller.signal)
    callers.resolve(ids[0] ?? 0, given)
    const changes = onChange.mock.calls.length
    controller.abort()
    expect(await promise).toEqual(given)
    expect(onChange).toHaveBeenCalledTimes(changes)
  })
})
