import { describe, expect, it, vi } from 'vitest'
import { connectReduxDevtools, type ReduxDevtoolsOptions } from '../../../devtools/src/bridges/redux-devtools'
import { record, story, view } from '../records'
import { type FakeExtension, fakeExtension } from './fake-extension'
import { canaryStory, type HandRecorder, handRecorder, untilTheEnd } from './setup'

function bridge({
  extension = fakeExtension(),
  recorder = handRecorder(),
  ...options
}: Partial<ReduxDevtoolsOptions> & { extension?: FakeExtension; recorder?: HandRecorder } = {}) {
  const jumps: (number | null)[] = []
  const stop = connectReduxDevtools(recorder, {
    extension,
    onJump: (sequence) => void jumps.push(sequence),
    ...options,
  })
  return { extension, recorder, jumps, stop: untilTheEnd(stop) }
}

const types = ({ sent }: FakeExtension) => sent.map(({ action }) => action.type)

describe('connectReduxDevtools', () => {
  it('connects once, with pause, jump and export and nothing else', () => {
    const { extension } = bridge()
    expect(extension.connected).toEqual([
      {
        name: 'LiveKit tokens',
        maxAge: 500,
        autoPause: true,
        features: { pause: true, jump: true, export: true },
      },
    ])
    expect(extension.inits).toEqual([{ sequence: 0, lifecycles: {} }])
  })

  it('sends each record as an action, with the lifecycles as they are then', () => {
    const { extension, recorder } = bridge()
    recorder.push(...story())
    expect(types(extension).slice(0, 5)).toEqual([
      'tokens/1 attached idle',
      'tokens/1 state idle → fetching',
      'tokens/1 attempt',
      'tokens/1 state fetching → valid',
      'tokens/1 room connecting',
    ])
    expect(extension.sent).toHaveLength(story().length)
    expect(extension.sent[2]?.action).toMatchObject({ attempt: 1, reason: 'initial', sequence: 3 })
    const joined = extension.sent[5]!.state
    expect(joined.lifecycles['tokens/1']).toMatchObject({
      status: 'valid',
      view: { ordinal: 1 },
      room: 'connected',
    })
    // The one was disposed of, the other gave up.
    expect(extension.sent.at(-1)?.state.lifecycles).toMatchObject({ 'tokens/2': { status: 'failed' } })
    expect(extension.sent.at(-1)?.state.lifecycles).not.toHaveProperty('tokens/1')
  })

  it('tells all from the beginning when a monitor opens, however often', () => {
    const { extension, recorder } = bridge({ extension: fakeExtension({ monitor: false }) })
    recorder.push(...story())
    expect(extension.sent).toEqual([])
    extension.say({ type: 'START' })
    expect(extension.sent).toHaveLength(story().length)
    const first = extension.sent
    extension.say({ type: 'STOP' })
    extension.say({ type: 'START' })
    expect(extension.sent).toEqual(first)
  })

  it('begins with what the oldest actions led to, beyond maxAge', () => {
    const recorder = handRecorder(...story().slice(0, 6))
    const { extension } = bridge({ recorder, maxAge: 2 } as never)
    extension.say({ type: 'START' })
    expect(types(extension)).toEqual(['tokens/1 room connecting', 'tokens/1 room connected'])
    expect(extension.inits.at(-1)?.lifecycles).toMatchObject({ 'tokens/1': { status: 'valid' } })
  })

  it.each([true, false])('sends nothing while paused, and the present afterwards (%s)', (pauses) => {
    const { extension, recorder } = bridge({ extension: fakeExtension({ pauses }) })
    recorder.push(...story().slice(0, 2))
    extension.dispatch({ type: 'PAUSE_RECORDING', status: true })
    recorder.push(...story().slice(2, 4))
    expect(extension.sent).toHaveLength(2)
    extension.dispatch({ type: 'PAUSE_RECORDING', status: false })
    recorder.push(story()[4]!)
    expect(types(extension).at(-1)).toBe('tokens/1 room connecting')
    expect(extension.sent.at(-1)?.state.lifecycles['tokens/1']).toMatchObject({ status: 'valid' })
  })

  it('says where a jump went, and null when it is back at the present', () => {
    const { extension, recorder, jumps } = bridge()
    recorder.push(...story())
    const before = extension.sent.length
    extension.jumpTo(4)
    extension.dispatch({ type: 'JUMP_TO_STATE', index: 0 }, JSON.stringify(extension.inits[0]))
    extension.jumpTo(story().length)
    expect(jumps).toEqual([4, 0, null])
    expect(extension.sent).toHaveLength(before)
    extension.jumpTo(5)
    extension.say({ type: 'STOP' })
    expect(jumps).toEqual([4, 0, null, 5, null])
  })

  it('commits: the present becomes the beginning', () => {
    const { extension, recorder } = bridge()
    recorder.push(...story().slice(0, 4))
    extension.dispatch({ type: 'COMMIT', timestamp: 1 })
    expect(extension.inits).toHaveLength(2)
    expect(extension.inits[1]).toMatchObject({
      sequence: 4,
      lifecycles: { 'tokens/1': { status: 'valid' } },
    })
    extension.say({ type: 'START' })
    expect(extension.sent).toEqual([])
  })

  it('resets as it commits: what is recorded is not its to forget', () => {
    const { extension, recorder } = bridge()
    recorder.push(...story().slice(0, 4))
    const clear = vi.spyOn(recorder, 'clear')
    extension.dispatch({ type: 'RESET', timestamp: 1 })
    expect(clear).not.toHaveBeenCalled()
    expect(extension.inits).toHaveLength(2)
    expect(extension.inits[1]).toMatchObject({ sequence: 4, lifecycles: { 'tokens/1': { status: 'valid' } } })
  })

  it('begins, for a monitor that opens late, with the record before the oldest that it keeps', () => {
    const { extension, recorder, jumps } = bridge({ maxAge: 3 })
    recorder.push(...story().slice(0, 5))
    extension.say({ type: 'START' })
    expect(extension.inits.at(-1)?.sequence).toBe(2)
    expect(extension.sent.map(({ state }) => state.sequence)).toEqual([3, 4, 5])
    extension.dispatch({ type: 'JUMP_TO_STATE', index: 0 }, JSON.stringify(extension.inits.at(-1)))
    expect(jumps).toEqual([2])
  })

  it('begins anew when the recorder was cleared elsewhere', () => {
    const { extension, recorder } = bridge()
    recorder.push(...story().slice(0, 4))
    recorder.clear()
    expect(extension.inits).toHaveLength(2)
    expect(extension.sent).toEqual([])
    recorder.push(story()[4]!)
    expect(types(extension)).toEqual(['tokens/1 room connecting'])
  })

  it.each([
    { type: 'ACTION', payload: '{"type":"refresh"}' },
    { type: 'DISPATCH', payload: { type: 'IMPORT_STATE', nextLiftedState: { computedStates: [] } } },
    { type: 'DISPATCH', payload: { type: 'TOGGLE_ACTION', id: 1 }, state: '{"sequence":2}' },
    { type: 'DISPATCH', payload: { type: 'REORDER_ACTION', actionId: 1, beforeActionId: 2 } },
    { type: 'DISPATCH', payload: { type: 'LOCK_CHANGES', status: true } },
    { type: 'DISPATCH', payload: { type: 'ROLLBACK', timestamp: 1 }, state: '{"sequence":2}' },
    { type: 'DISPATCH', payload: { type: 'SWEEP' } },
    { type: 'DISPATCH', payload: { type: 'JUMP_TO_STATE', index: 1 }, state: 'no JSON' },
    { type: 'DISPATCH', payload: { type: 'JUMP_TO_STATE', index: 1 }, state: '{"sequence":99}' },
    { type: 'DISPATCH', payload: { type: 'JUMP_TO_STATE', index: 1 } },
    { type: 'DISPATCH' },
    { type: 'IMPORT', state: '{}' },
    {},
  ])('leaves everything as it is on %j', (message) => {
    const { extension, recorder, jumps } = bridge()
    recorder.push(...story().slice(0, 4))
    const watched = ['clear', 'import', 'command', 'pause', 'resume', 'attach', 'detach'] as const
    const spies = watched.map((name) => vi.spyOn(recorder, name))
    const { sent, inits } = extension
    const before = [sent.length, inits.length]
    extension.say(message)
    recorder.push(story()[4]!)
    expect([extension.sent.length - 1, extension.inits.length]).toEqual(before)
    expect(jumps).toEqual([])
    for (const spy of spies) expect(spy).not.toHaveBeenCalled()
  })

  it('keeps apart lifecycles that have the same name', () => {
    const { extension, recorder } = bridge()
    recorder.push(
      record({ sequence: 1, from: 'idle', to: 'fetching' }),
      record({ sequence: 2, from: 'fetching', to: 'valid', view: view(1), storeId: 'store-2' }),
    )
    const { lifecycles } = extension.sent.at(-1)!.state
    expect(lifecycles).toMatchObject({
      'tokens/1': { status: 'fetching' },
      'store-2/1': { status: 'valid' },
    })
  })

  it('lets go of everything when it is taken back', () => {
    const { extension, recorder, jumps, stop } = bridge()
    recorder.push(...story())
    extension.jumpTo(3)
    stop()
    expect(jumps).toEqual([3, null])
    expect(extension.listeners).toBe(0)
    expect(recorder.observed).toBe(false)
  })

  it('takes its own listener back by itself, from an extension that forgets no instance', () => {
    const extension = fakeExtension()
    const forgetful = {
      connect(options: Parameters<typeof extension.connect>[0]) {
        const { init, send, subscribe } = extension.connect(options)
        return { init, send, subscribe }
      },
    }
    const first = connectReduxDevtools(handRecorder(), { extension: forgetful })
    const second = connectReduxDevtools(handRecorder(), { extension: forgetful })
    expect(extension.listeners).toBe(2)
    first()
    expect(extension.listeners).toBe(1)
    second()
    expect(extension.listeners).toBe(0)
  })

  it('does nothing without the extension, and finds the browser’s', () => {
    const recorder = handRecorder()
    expect(() => connectReduxDevtools(recorder)()).not.toThrow()
    expect(recorder.observed).toBe(false)
    const extension = fakeExtension()
    vi.stubGlobal('__REDUX_DEVTOOLS_EXTENSION__', extension)
    try {
      untilTheEnd(connectReduxDevtools(recorder, { name: 'mine', maxAge: 20 }))
    } finally {
      vi.unstubAllGlobals()
    }
    expect(extension.connected).toMatchObject([{ name: 'mine', maxAge: 20 }])
  })

  it.each([
    ['name', { name: '' }],
    ['maxAge', { maxAge: 1 }],
    ['maxAge', { maxAge: Number.NaN }],
    ['onJump', { onJump: 'x' as never }],
  ])('throws a TypeError that quotes %s', (name, options) => {
    expect(() => connectReduxDevtools(handRecorder(), { extension: fakeExtension(), ...options })).toThrow(
      new RegExp(`^"${name}" must be`),
    )
  })

  it('sends no token, whatever a store lives through', async () => {
    const { recorder, live, secrets } = canaryStory()
    const extension = fakeExtension()
    untilTheEnd(connectReduxDevtools(recorder, { extension }))
    await live()
    extension.say({ type: 'START' })
    expect(types(extension).length).toBeGreaterThan(15)
    expect(types(extension).join('\n')).toContain('attempt-failed')
    expect(secrets.length).toBeGreaterThanOrEqual(6)
    for (const secret of secrets) expect(extension.everything.includes(secret)).toBe(false)
  })
})
