import { setImmediate as macrotask, setTimeout as wait } from 'node:timers/promises'
import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { onTestFinished } from 'vitest'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

/** Lets React, every promise that is ready, and Node's look at rejections that nobody handled, have their turns. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await act(() => macrotask())
}

/** Lets React and the network go on until the condition, which throws till then, holds. */
export async function eventually(condition: () => void): Promise<void> {
  const deadline = performance.now() + 50_000
  for (;;) {
    await act(() => wait(10))
    try {
      return condition()
    } catch (error) {
      if (performance.now() > deadline) throw error
    }
  }
}

/** What the work comes to. Not awaited within `act`, at whose end React does what the hook's own promises wait for. */
export async function finished<T>(work: () => Promise<T>): Promise<T> {
  const begun: { promise?: Promise<T>; pending: boolean } = { pending: true }
  const stop = () => {
    begun.pending = false
  }
  act(() => {
    begun.promise = work()
    begun.promise.then(stop, stop)
  })
  await eventually(() => {
    if (begun.pending) throw new Error('It is still pending.')
  })
  return begun.promise!
}

/** Mounts it in a page of its own until the test is over. */
export async function render(node: ReactNode) {
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  let mounted = true
  const unmount = async () => {
    if (!mounted) return
    mounted = false
    await act(async () => root.unmount())
    container.remove()
    await settled()
  }
  const rerender = async (next: ReactNode) => {
    await act(async () => root.render(next))
    await settled()
  }
  onTestFinished(unmount)
  await rerender(node)
  return { container, rerender, unmount }
}

/** What nobody caught during the work. vitest's own listeners, which fail the run, stand aside meanwhile. */
export async function unhandledDuring(work: () => Promise<unknown>): Promise<unknown[]> {
  const unhandled: unknown[] = []
  const others = process.listeners('unhandledRejection')
  const listen = (reason: unknown) => void unhandled.push(reason)
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', listen)
  try {
    await work()
    await settled()
  } finally {
    process.off('unhandledRejection', listen)
    for (const other of others) process.on('unhandledRejection', other)
  }
  return unhandled
}
