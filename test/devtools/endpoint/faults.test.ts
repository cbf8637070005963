import { decodeJwt } from 'jose'
import { TokenVerifier } from 'livekit-server-sdk'
import { type Faults, startTokenEndpoint, type TokenEndpoint } from 'livekit-token-devtools/node'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { START, simulatedClock } from '../../helpers/clock'
import { ask, type Reply, tokenOf } from '../ask'

const clock = simulatedClock()
const running: TokenEndpoint[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((endpoint) => endpoint.close()))
})

async function start(options: Parameters<typeof startTokenEndpoint>[0] = {}) {
  const endpoint = await startTokenEndpoint({ clock, ...options })
  running.push(endpoint)
  return endpoint
}

const queryOf = (faults: Partial<Faults>) =>
  `?${new URLSearchParams(Object.entries(faults).map(([name, value]) => [name, String(value)]))}`

const now = START / 1000

/** Each fault, and what it does to an answer. Latency and hang, which show in time, are further down. */
const cases: [Partial<Faults>, (reply: Reply) => void | Promise<void>][] = [
  [
    { failure: 1 },
    (reply) => {
      expect(reply.status).toBe(503)
      expect(reply.json()).toEqual({ error: 'this 503 was ordered as a fault' })
    },
  ],
  [{ failure: 0 }, (reply) => expect(reply.status).toBe(201)],
  [{ status: 429 }, (reply) => expect(reply.status).toBe(429)],
  [{ status: 302 }, (reply) => expect(reply.status).toBe(302)],
  [
    { status: 200 },
    (reply) => {
      expect(reply.status).toBe(200)
      expect(decodeJwt(tokenOf(reply)).iss).toBe('devkey')
    },
  ],
  [{ status: 401, failure: 1 }, (reply) => expect(reply.status).toBe(401)],
  [
    { status: 429, retryAfter: 7 },
    (reply) => {
      expect(reply.status).toBe(429)
      expect(reply.headers['retry-after']).toBe('7')
    },
  ],
  [{ failure: 1, retryAfter: 0 }, (reply) => expect(reply.headers['retry-after']).toBe('0')],
  [{ ttl: 30 }, (reply) => expect(decodeJwt(tokenOf(reply))).toMatchObject({ nbf: now, exp: now + 30 })],
  [
    { ttl: 5_184_000 },
    (reply) => expect(decodeJwt(tokenOf(reply))).toMatchObject({ nbf: now, exp: now + 5_184_000 }),
  ],
  [
    { skew: 120, ttl: 30 },
    (reply) => {
      expect(decodeJwt(tokenOf(reply))).toMatchObject({ nbf: now + 120, exp: now + 150 })
      expect(reply.headers.date).toBe(new Date(START + 120_000).toUTCString())
    },
  ],
  [
    { skew: -90 },
    (reply) => {
      expect(decodeJwt(tokenOf(reply)).nbf).toBe(now - 90)
      expect(reply.headers.date).toBe(new Date(START - 90_000).toUTCString())
    },
  ],
  [
    { skew: 3600, status: 503 },
    (reply) => expect(reply.headers.date).toBe(new Date(START + 3_600_000).toUTCString()),
  ],
  [
    { body: 'html' },
    (reply) => {
      expect(reply.status).toBe(201)
      expect(reply.headers['content-type']).toBe('text/html; charset=utf-8')
      expect(reply.text).toMatch(/^<!doctype html>/)
    },
  ],
  [
    { body: 'empty' },
    (reply) => {
      expect(reply.status).toBe(201)
      expect(reply.text).toBe('')
      expect(reply.headers['content-length']).toBe('0')
    },
  ],
  [
    { body: 'notjwt' },
    (reply) => {
      expect(reply.json().server_url).toBe('ws://127.0.0.1:7880')
      expect(() => decodeJwt(tokenOf(reply))).toThrow()
    },
  ],
  [
    { body: 'html', status: 502 },
    (reply) => {
      expect(reply.status).toBe(502)
      expect(reply.text).toMatch(/^<!doctype html>/)
    },
  ],
  [
    { expired: true, ttl: 30 },
    (reply) => expect(decodeJwt(tokenOf(reply))).toMatchObject({ nbf: now - 150, exp: now - 120 }),
  ],
]

describe.each(cases)('%j', (faults, check) => {
  it('by query', async () => {
    const { url } = await start()
    await check(await ask(`${url}${queryOf(faults)}`))
    expect((await ask(url)).status).toBe(201)
  })

  it('by option', async () => {
    const { url } = await start({ faults })
    await check(await ask(url))
  })

  it('by setFaults, until it is changed again', async () => {
    const endpoint = await start()
    const before = endpoint.faults
    endpoint.setFaults(faults)
    await check(await ask(endpoint.url))
    endpoint.setFaults(before)
    const healthy = await ask(endpoint.url)
    expect(healthy.status).toBe(201)
    expect(healthy.headers['retry-after']).toBeUndefined()
    expect(decodeJwt(tokenOf(healthy))).toMatchObject({ nbf: now, exp: now + 900 })
  })
})

it('the query wins over the options, fault by fault', async () => {
  const { url } = await start({ faults: { status: 500, ttl: 30, body: 'html', skew: 9, expired: true } })
  const reply = await ask(`${url}?status=201&body=json&skew=0&expired=false`)
  expect(decodeJwt(tokenOf(reply))).toMatchObject({ nbf: now, exp: now + 30 })
})

describe('failure', () => {
  it('strikes when `random` is below it', async () => {
    let next = 0
    const { url } = await start({ random: () => next, faults: { failure: 0.3 } })
    const statusFor = async (value: number) => {
      next = value
      return (await ask(`${url}`)).status
    }
    expect(await statusFor(0)).toBe(503)
    expect(await statusFor(0.299)).toBe(503)
    expect(await statusFor(0.3)).toBe(201)
    expect(await statusFor(0.999)).toBe(201)
  })
})

describe('expired', () => {
  it('gives a token that LiveKit’s verifier refuses even with the server’s leeway of 60 s', async () => {
    const endpoint = await startTokenEndpoint()
    running.push(endpoint)
    const verifier = new TokenVerifier('devkey', 'secret')
    await expect(verifier.verify(tokenOf(await ask(`${endpoint.url}?expired`)), 60)).rejects.toThrow(/exp/)
    await verifier.verify(tokenOf(await ask(endpoint.url)), 60)
  })
})

describe.each(['query', 'option'] as const)('latency by %s', (way) => {
  const ordered = async (latency: number) => {
    const local = simulatedClock()
    const endpoint = await start({ clock: local, ...(way === 'option' ? { faults: { latency } } : {}) })
    return { local, url: way === 'query' ? `${endpoint.url}?latency=${latency}` : endpoint.url }
  }

  it('lets the answer wait that long', async () => {
    const { local, url } = await ordered(2500)
    let answered = false
    const reply = ask(url).finally(() => {
      answered = true
    })
    await vi.waitFor(() => expect(local.pending).toBe(1))
    await local.advance(2499)
    expect(answered).toBe(false)
    await local.advance(1)
    expect((await reply).status).toBe(201)
    expect(local.delays).toEqual([2500])
  })

  it('leaves no timer when the client goes away', async () => {
    const { local, url } = await ordered(60_000)
    const gone = new AbortController()
    const reply = fetch(url, { method: 'POST', signal: gone.signal })
    await vi.waitFor(() => expect(local.pending).toBe(1))
    gone.abort()
    await expect(reply).rejects.toThrow()
    await vi.waitFor(() => expect(local.pending).toBe(0))
  })
})

describe('hang', () => {
  it.each(['?hang', '?hang=1', '?hang=true'])(
    'never answers %s, and the others are served',
    async (query) => {
      const { url } = await start()
      let settled = false
      const hanging = ask(`${url}${query}`).finally(() => {
        settled = true
      })
      const cut = expect(hanging).rejects.toThrow()
      for (let i = 0; i < 5; i += 1) expect((await ask(url)).status).toBe(201)
      expect(settled).toBe(false)
      await running[0]!.close()
      await cut
    },
  )

  it('by option, and off for one request by query', async () => {
    const { url, close } = await start({ faults: { hang: true } })
    const cut = expect(ask(url)).rejects.toThrow()
    expect((await ask(`${url}?hang=false`)).status).toBe(201)
    expect((await ask(`${url}?hang=0`)).status).toBe(201)
    await close()
    await cut
  })
})

const wrong: [name: keyof Faults, texts: string[]][] = [
  ['latency', ['', '-1', '60001', '1.5', 'Infinity', 'NaN', '0x10', ' 5', '1e3', 'soon']],
  ['failure', ['', '-0.1', '1.1', '30%']],
  ['status', ['', '100', '199', '600', '404.5', 'ok']],
  ['retryAfter', ['', '-1', '1.5', '86401', 'Wed, 21 Oct 2026 07:28:00 GMT']],
  ['hang', ['yes', '2', 'TRUE']],
  ['ttl', ['', '0', '-30', '0.5', '315360001', '15m']],
  ['skew', ['', '86401', '-86401', '--5']],
  ['body', ['', 'HTML', 'xml']],
  ['expired', ['no', '-1']],
]

describe.each(wrong)('a wrong %s', (name, texts) => {
  it.each(texts)('%j in a query is answered with 400 that names it', async (text) => {
    const { url } = await start()
    const reply = await ask(`${url}${queryOf({ [name]: text })}`)
    expect(reply.status).toBe(400)
    expect(reply.json().error).toMatch(new RegExp(`^${name} must be `))
  })

  it('in setFaults throws, and changes nothing', async () => {
    const endpoint = await start()
    const before = endpoint.faults
    const bad = { ttl: 5, [name]: {} } as Partial<Faults>
    expect(() => endpoint.setFaults(bad)).toThrow(new RegExp(`^${name} must be `))
    expect(endpoint.faults).toEqual(before)
  })
})

describe('a fault that does not exist', () => {
  it('is answered with 400 that lists those that do', async () => {
    const { url } = await start()
    const reply = await ask(`${url}?latancy=5`)
    expect(reply.status).toBe(400)
    expect(reply.json().error).toMatch(/^latancy is no fault; there are latency, failure, status, /)
    expect((await ask(`${url}?toString=1`)).status).toBe(400)
    expect((await ask(`${url}?__proto__=1`)).status).toBe(400)
  })

  it('throws in options and in setFaults', async () => {
    const faults = { latancy: 5 } as Partial<Faults>
    await expect(startTokenEndpoint({ faults })).rejects.toThrow(/^latancy is no fault/)
    const endpoint = await start()
    expect(() => endpoint.setFaults(faults)).toThrow(TypeError)
  })

  it('and one that is given twice is answered with 400', async () => {
    const { url } = await start()
    expect((await ask(`${url}?ttl=5&ttl=6`)).json().error).toBe('ttl must be given once')
  })
})

describe('faults', () => {
  it('tells what is in force, all of it, and cannot be changed in place', async () => {
    const endpoint = await start({ faults: { ttl: 30 } })
    const first = endpoint.faults
    expect(first).toEqual({
      latency: 0,
      failure: 0,
      status: null,
      retryAfter: null,
      hang: false,
      ttl: 30,
      skew: 0,
      body: 'json',
      expired: false,
    })
    expect(Object.isFrozen(first)).toBe(true)
    endpoint.setFaults({ status: 503, ...({ latency: undefined } as object) })
    expect(endpoint.faults).toEqual({ ...first, status: 503 })
    endpoint.setFaults({ status: null })
    expect(endpoint.faults).toEqual(first)
  })
})
