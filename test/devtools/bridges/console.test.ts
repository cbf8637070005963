import { describe, expect, it, vi } from 'vitest'
import { connectConsole } from '../../../devtools/src/bridges/console'
import { record, story, view } from '../records'
import { canaryStory, handRecorder, untilTheEnd } from './setup'

/** A console that keeps what is written: `level text`. */
function writtenConsole() {
  const lines: string[] = []
  const write =
    (level: string) =>
    (...args: unknown[]) => {
      // The first of several would be a format.
      expect(args).toHaveLength(1)
      lines.push(`${level} ${args[0]}`)
    }
  const console = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  return { console, lines }
}

function written(options: Parameters<typeof connectConsole>[1] = {}, records = story()) {
  const { console, lines } = writtenConsole()
  const recorder = handRecorder()
  const stop = untilTheEnd(connectConsole(recorder, { console, ...options }))
  recorder.push(...records)
  return { lines, recorder, stop }
}

const only = (lines: readonly string[], ...levels: string[]) =>
  lines.filter((line) => levels.some((level) => line.startsWith(`${level} `)))

describe('connectConsole', () => {
  it('writes a line for each record at debug, each at the level of LiveKit’s rubric', () => {
    expect(written({ level: 'debug' }).lines).toEqual([
      'debug tokens/1 (room "A"): attached, idle',
      'debug tokens/1 (room "A"): idle → fetching',
      'debug tokens/1 (room "A"): attempt 1 (initial)',
      'info tokens/1 (room "A"): fetching → valid, token 1 ends 00:10:00Z, in 600 s',
      'info tokens/1 (room "A"): room connecting, token 1 ends 00:10:00Z, in 600 s',
      'info tokens/1 (room "A"): room connected, token 1 ends 00:10:00Z, in 599.3 s',
      'debug tokens/1 (room "A"): valid → expiring, token 1 ends 00:10:00Z, in 120 s',
      'debug tokens/1 (room "A"): expiring → refreshing, token 1 ends 00:10:00Z, in 120 s',
      'debug tokens/1 (room "A"): attempt 1 (refresh), token 1 ends 00:10:00Z, in 120 s',
      'warn tokens/1 (room "A"): attempt 1 failed: fetch-failed (status 503), token 1 ends 00:10:00Z, in 119.8 s',
      'debug tokens/1 (room "A"): refreshing → expiring; fetch-failed (status 503), asks again in 1 s, token 1 ends 00:10:00Z, in 119.8 s',
      'info tokens/1 (room "A"): room reconnecting, token 1 ends 00:10:00Z, in 119.2 s',
      'debug tokens/1 (room "A"): expiring → refreshing, token 1 ends 00:10:00Z, in 118.8 s',
      'debug tokens/1 (room "A"): attempt 2 (refresh), token 1 ends 00:10:00Z, in 118.8 s',
      'info tokens/1 (room "A"): refreshing → valid, token 2 ends 00:18:01Z, in 600 s',
      'info tokens/1 (room "A"): room connected, token 2 ends 00:18:01Z, in 599.6 s',
      'info tokens/1 (room "A"): command simulate-expiry, token 2 ends 00:18:01Z, in 581.6 s',
      'info tokens/1 (room "A"): valid → idle',
      'info tokens/1 (room "A"): room disconnected ("CLIENT_INITIATED")',
      'info tokens/1 (room "A"): disposed',
      'debug tokens/2 (room "B"): idle → fetching',
      'debug tokens/2 (room "B"): attempt 1 (initial)',
      'warn tokens/2 (room "B"): attempt 1 failed: refused (status 403)',
      'error tokens/2 (room "B"): fetching → failed; refused (status 403)',
    ])
  })

  it('writes at info and above unless told', () => {
    const all = written({ level: 'debug' }).lines
    expect(written().lines).toEqual(only(all, 'info', 'warn', 'error'))
    expect(written({ level: 'warn' }).lines).toEqual(only(all, 'warn', 'error'))
    expect(written({ level: 'error' }).lines).toEqual(only(all, 'error'))
    expect(written({ level: 'silent' }).lines).toEqual([])
  })

  it('tells a refresh that brought nothing from one that did', () => {
    const refreshing = record({ sequence: 2, from: 'valid', to: 'refreshing', view: view(1) })
    const { lines } = written({}, [
      record({ sequence: 1, from: 'fetching', to: 'valid', view: view(1) }),
      refreshing,
      record({ sequence: 3, from: 'refreshing', to: 'valid', view: view(1) }),
      { ...refreshing, sequence: 4 },
      record({ sequence: 5, from: 'refreshing', to: 'valid', view: view(2) }),
    ])
    expect(lines.map((line) => line.split(': ')[1])).toEqual([
      'fetching → valid, token 1 ends 00:10:00Z, in 600 s',
      'refreshing → valid, token 2 ends 00:10:00Z, in 600 s',
    ])
  })

  it.each([
    [
      { type: 'clock-corrected', detail: { byMs: -90_000 } },
      'warn',
      'clock corrected: this machine’s is 90 s ahead',
    ],
    [
      { type: 'clock-corrected', detail: { byMs: 1_500 } },
      'warn',
      'clock corrected: this machine’s is 1.5 s behind',
    ],
    [
      { type: 'command', detail: { command: 'simulate-offline', on: true } },
      'info',
      'command simulate-offline on',
    ],
    [
      { type: 'command', detail: { command: 'simulate-offline', on: false } },
      'info',
      'command simulate-offline off',
    ],
    [{ type: 'no-expiry' }, 'warn', 'no expiry'],
    [{ type: 'expired-on-arrival' }, 'warn', 'expired on arrival'],
    [{ type: 'invalidated' }, 'info', 'invalidated'],
    [{ type: 'evicted' }, 'debug', 'evicted'],
    [
      { type: 'attached', to: 'failed', detail: { code: 'throttled' } },
      'error',
      'attached, failed; throttled',
    ],
  ] as const)('says %j at %s as “%s”', (partial, level, text) => {
    expect(written({ level: 'debug' }, [record(partial)]).lines).toEqual([
      `${level} tokens/1 (room "A"): ${text}`,
    ])
  })

  it('writes names so that they neither break the line nor colour it, whatever they are', () => {
    const roomName = '%c\n\u001b[31mred"'
    const { lines } = written({}, [record({ type: 'invalidated', request: { roomName } })])
    expect(lines).toEqual(['info tokens/1 (room "%c\\n\\u001b[31mred\\""): invalidated'])
  })

  it('writes a line without a room when nothing names one, and of an expiry that is no date', () => {
    const odd = view(1, 0, { room: null, expiresAt: 8.64e15 + 1 })
    const [line] = written({}, [record({ from: 'fetching', to: 'valid', view: odd, request: {} })]).lines
    expect(line).toMatch(/^info tokens\/1: fetching → valid, token 1 ends never/)
  })

  it('writes to the machine’s console, and no more once it was taken back', () => {
    const info = vi.spyOn(console, 'info').mockImplementation(() => {})
    const recorder = handRecorder()
    const stop = connectConsole(recorder)
    recorder.push(record({ type: 'invalidated' }))
    stop()
    recorder.push(record({ type: 'invalidated', sequence: 2 }))
    expect(info.mock.calls).toEqual([['tokens/1 (room "A"): invalidated']])
    expect(recorder.observed).toBe(false)
    info.mockRestore()
  })

  it.each([
    ['level', { level: 'loud' as never }],
    ['console', { console: {} as never }],
  ])('throws a TypeError that quotes %s', (name, options) => {
    expect(() => connectConsole(handRecorder(), options)).toThrow(TypeError)
    expect(() => connectConsole(handRecorder(), options)).toThrow(new RegExp(`^"${name}" must be`))
  })

  it('writes no token, whatever a store lives through', async () => {
    const { recorder, live, secrets } = canaryStory()
    const { console, lines } = writtenConsole()
    untilTheEnd(connectConsole(recorder, { level: 'debug', console }))
    await live()
    expect(lines.length).toBeGreaterThan(15)
    expect(lines.join('\n')).toMatch(/attempt 1 failed: fetch-failed \(status 503\)/)
    for (const secret of secrets) expect(lines.join('\n').includes(secret)).toBe(false)
  })

  it('is broken, turned around and coloured by nobody’s name', () => {
    const lines: string[] = []
    const recorder = handRecorder()
    untilTheEnd(
      connectConsole(recorder, { level: 'debug', console: { ...console, info: (line) => lines.push(line) } }),
    )
    const evil = 'a\n\u001b[31m\u009b31m\u0085\u2028\u2029\u202eb'
    recorder.push(record({ type: 'invalidated', store: evil, request: { roomName: evil } }))
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    expect(lines[0]).toContain('a\\u000a\\u001b[31m\\u009b31m\\u0085\\u2028\\u2029\\u202eb/1')
  })
})
