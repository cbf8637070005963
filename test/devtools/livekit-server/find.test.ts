import { describe, expect, it } from 'vitest'
import { findLiveKit, type Machine } from '../../../devtools/src/livekit-server/find'

const FILES = ['/opt/mine', '/opt/other', '/opt/bin/livekit-server']

const machine = (env: NodeJS.ProcessEnv, files: readonly string[] = FILES): Machine => ({
  env,
  platform: 'linux',
  exists: (path) => files.includes(path),
})

describe('The LiveKit server to use is', () => {
  const everything = {
    LIVEKIT_URL: 'ws://127.0.0.1:7880',
    LIVEKIT_SERVER: '/opt/mine',
    PATH: '/bin:/opt/bin',
  }
  it.each([
    ['the URL that is named', 'wss://rooms.example', everything, 'wss://rooms.example'],
    ['the program that is named', '/opt/other', everything, '/opt/other'],
    ['that of LIVEKIT_URL', undefined, everything, 'ws://127.0.0.1:7880'],
    ['that of LIVEKIT_SERVER', undefined, { ...everything, LIVEKIT_URL: '' }, '/opt/mine'],
    ['that on the PATH', undefined, { PATH: everything.PATH }, '/opt/bin/livekit-server'],
  ])('%s, before those behind it', (_, named, env, where) => {
    const found = findLiveKit(named, machine(env))
    expect(found?.kind === 'running' ? found.url : found?.path).toBe(where)
  })

  it('nothing where there is none, or no PATH at all', () => {
    expect(findLiveKit(undefined, machine({ PATH: '/bin' }))).toBeNull()
    expect(findLiveKit(undefined, machine({}))).toBeNull()
  })

  it('livekit-server.exe on Windows', () => {
    const found = findLiveKit(undefined, {
      ...machine({ PATH: '/opt/bin' }, ['/opt/bin/livekit-server.exe', '/opt/bin/livekit-server']),
      platform: 'win32',
    })
    expect(found).toEqual({ kind: 'program', path: '/opt/bin/livekit-server.exe' })
  })

  it('reached by WebSocket, however it is named', () => {
    expect(findLiveKit('https://rooms.example', machine({}))).toEqual({
      kind: 'running',
      url: 'wss://rooms.example',
    })
  })
})

describe('The key and the secret', () => {
  const key = { LIVEKIT_API_KEY: 'k', LIVEKIT_API_SECRET: 's' }

  it('come with LIVEKIT_URL', () => {
    expect(findLiveKit(undefined, machine({ ...key, LIVEKIT_URL: 'ws://127.0.0.1:7880' }))).toEqual({
      kind: 'running',
      url: 'ws://127.0.0.1:7880',
      apiKey: 'k',
      apiSecret: 's',
    })
  })

  it.each([
    ['without it', undefined, { PATH: '/opt/bin' }],
    ['for another server', 'ws://127.0.0.1:7880', { LIVEKIT_URL: 'wss://rooms.example' }],
    ['for a program', undefined, { LIVEKIT_SERVER: '/opt/mine' }],
  ])('mean nothing %s', (_, named, env) => {
    const found = findLiveKit(named, machine({ ...key, ...env }))
    expect(found).not.toBeNull()
    expect(found).not.toHaveProperty('apiKey')
  })
})

describe('What is named and is not there', () => {
  it.each([
    ['--livekit names no file: /opt/none', '/opt/none', {}],
    ['LIVEKIT_SERVER names no file: /opt/none', undefined, { LIVEKIT_SERVER: '/opt/none', PATH: '/opt/bin' }],
    ['LIVEKIT_URL must be a ws:', undefined, { LIVEKIT_URL: '127.0.0.1:7880' }],
  ])('throws: %s', (message, named, env) => {
    expect(() => findLiveKit(named, machine(env))).toThrow(message)
  })
})
