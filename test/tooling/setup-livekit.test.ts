import { describe, expect, it } from 'vitest'
import {
  findLiveKit,
  findLiveKitTestServer,
  HOW_TO_GET_LIVEKIT,
  type Machine,
  setUpLiveKit,
} from '../../scripts/setup-livekit.mjs'

/** A machine with those files, where Go builds what is asked for; what it ran and said. */
function machine(files: string[], { go = 'builds', ...differing }: Partial<Machine> & { go?: string } = {}) {
  const there = new Set(files)
  const ran: string[] = []
  const said: string[] = []
  const here: Machine = {
    env: { PATH: '/bin:/opt/bin' },
    platform: 'linux',
    exists: (path) => there.has(path),
    run(command, args, env) {
      if (go === 'none') throw new Error('not found')
      if (args[0] === 'version') return
      // It has to be told beforehand.
      expect(said.join()).toContain('go install')
      ran.push([command, ...args].join(' '))
      if (go === 'fails') throw new Error('no network')
      for (const name of ['server', 'test-server']) {
        if (args.some((arg) => arg.includes(`/cmd/${name}@`))) there.add(`${env.GOBIN}/${name}`)
      }
    },
    makeFolder: () => {},
    say: (line) => said.push(line),
    cache: '.cache/livekit',
    ...differing,
  }
  return { here, ran, said }
}

describe('The LiveKit server is', () => {
  const all = ['/opt/mine', '/opt/bin/livekit-server', '.cache/livekit/server']
  it.each([
    [
      'LIVEKIT_URL',
      { LIVEKIT_URL: 'ws://127.0.0.1:7880', LIVEKIT_SERVER: '/opt/mine' },
      'ws://127.0.0.1:7880',
    ],
    ['LIVEKIT_SERVER', { LIVEKIT_SERVER: '/opt/mine', PATH: '/opt/bin' }, '/opt/mine'],
    ['the PATH', { PATH: '/bin:/opt/bin' }, '/opt/bin/livekit-server'],
    ['the cache', { PATH: '/bin' }, '.cache/livekit/server'],
  ])('that of %s, before those behind it', (from, env, where) => {
    const found = findLiveKit(machine(all, { env }).here)
    expect(found?.from).toBe(from)
    expect(found?.kind === 'url' ? found.url : found?.path).toBe(where)
  })

  it('none where there is none', () => {
    expect(findLiveKit(machine([]).here)).toBeNull()
    expect(findLiveKitTestServer(machine([]).here)).toBeNull()
  })

  it('asked for again when LIVEKIT_SERVER names no file', () => {
    const { here } = machine([], { env: { LIVEKIT_SERVER: '/nowhere' } })
    expect(() => findLiveKit(here)).toThrow('LIVEKIT_SERVER names no file: /nowhere')
  })
})

describe('Set-up of the LiveKit servers', () => {
  it('builds nothing where both are', () => {
    const { here, ran, said } = machine(['.cache/livekit/server', '.cache/livekit/test-server'])
    expect(setUpLiveKit(here)).toBe(true)
    expect(ran).toEqual([])
    expect(said.join()).toContain('LiveKit server: .cache/livekit/server (from the cache)')
  })

  it('builds both at once where Go is, and says so beforehand', () => {
    const { here, ran } = machine([])
    expect(setUpLiveKit(here)).toBe(true)
    expect(ran).toHaveLength(1)
    expect(ran[0]).toMatch(/^go install \S+\/cmd\/server@v\S+ \S+\/cmd\/test-server@v\S+$/)
  })

  it('builds the test server alone for a server that runs already', () => {
    const { here, ran } = machine([], { env: { LIVEKIT_URL: 'ws://127.0.0.1:7880' } })
    expect(setUpLiveKit(here)).toBe(true)
    expect(ran[0]).toMatch(/^go install \S+\/cmd\/test-server@v\S+$/)
  })

  it.each<[string, Parameters<typeof machine>[1]]>([
    ['SETUP=off', { env: { SETUP: 'off' } }],
    ['no Go', { go: 'none' }],
    ['a build that fails', { go: 'fails' }],
  ])('says with %s how to get one and that tests are skipped; in CI it fails', (_, differing) => {
    const { here, said } = machine([], differing)
    expect(setUpLiveKit(here)).toBe(true)
    expect(said.join('\n')).toContain(HOW_TO_GET_LIVEKIT)
    expect(said.join('\n')).toContain('skipped')
    const ci = machine([], { ...differing, env: { ...differing?.env, CI: 'true' } })
    expect(setUpLiveKit(ci.here)).toBe(false)
    expect(ci.said.join('\n')).not.toContain('skipped')
  })
})
