import { describe, expect, it } from 'vitest'
import { inspectorSocketUrl } from '../../../devtools/src/protocol/inspector-url'

describe('The URL of an inspector', () => {
  it.each([
    ['http://127.0.0.1:4000/secret/', 'ws://127.0.0.1:4000/secret/'],
    ['ws://127.0.0.1:4000/secret/', 'ws://127.0.0.1:4000/secret/'],
    ['https://tunnel.example/secret/', 'wss://tunnel.example/secret/'],
    ['wss://tunnel.example/secret/', 'wss://tunnel.example/secret/'],
    ['http://localhost:4000/secret/?role=viewer#events', 'ws://localhost:4000/secret/'],
    ['HTTP://127.0.0.1:4000', 'ws://127.0.0.1:4000/'],
    ['http://[::1]:4000/secret/', 'ws://[::1]:4000/secret/'],
    ['https://tünnel.example:65535/secret/', 'wss://tünnel.example:65535/secret/'],
    [new URL('http://127.0.0.1:4000/secret/'), 'ws://127.0.0.1:4000/secret/'],
  ])('%s has its WebSocket at %s', (url, socket) => {
    expect(inspectorSocketUrl(url)).toBe(socket)
  })

  it.each([
    undefined,
    null,
    7,
    '',
    '/secret/',
    '127.0.0.1:4000/secret/',
    'file:///secret/',
    'javascript:alert(1)',
    'constructor:secret',
    'http://',
    'http:///secret/',
    'http://me:secret@127.0.0.1/',
    'ftp://127.0.0.1/secret/',
    ' http://127.0.0.1/secret/',
    'http://127.0.0.1:99999/secret/',
    'http://[zz]/secret/',
    'http://a b/secret/',
    'http://[::::]/secret/',
    'http://999.0.0.1/secret/',
    'http://127.0.0.1:port/secret/',
    {},
  ])('is not %s', (url) => {
    expect(() => inspectorSocketUrl(url)).toThrow(TypeError)
    expect(() => inspectorSocketUrl(url)).toThrow(/^"url" must be/)
    expect(() => inspectorSocketUrl(url)).not.toThrow(/secret/)
  })
})
