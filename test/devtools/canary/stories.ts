import { COMMAND_NAMES, type TokenRecord } from 'livekit-token-devtools'
import { connectRoom, followRoom, fromEndpoint } from 'livekit-token-store/livekit'
import { settle } from '../../helpers/clock'
import { connectionError, FakeRoom, refusal } from '../../livekit/room/fake-room'
import type { Canary } from './canary'
import type { Answer, World } from './world'

export interface Story {
  /** To its end: the last record is the store's disposal. */
  tell(world: World): Promise<void>
  /** What it must have in it, besides what all have. */
  readonly types: readonly TokenRecord['type'][]
  /** Of a store that is called by a token. */
  readonly isNamed?: boolean
}

/** What may happen to a token. */
export const stories: Readonly<Record<string, Story>> = {
  'all goes well': {
    tell: live,
    types: ['command', 'clock-corrected', 'expired-on-arrival', 'no-expiry', 'invalidated', 'room'],
  },
  'everything fails and quotes the token': { tell: fail, types: ['attempt-failed', 'room'] },
  'request, claims, names and the server’s address are made of tokens': {
    tell: beNamed,
    types: ['room'],
    isNamed: true,
  },
  'the endpoint echoes the token in its status, headers and body': {
    tell: beEchoed,
    types: ['attempt-failed'],
  },
}

async function live(world: World): Promise<void> {
  const { store, recorder, clock, room, canary, request, next, outcome } = world
  const mine = request('A')
  const unsubscribe = store.subscribe()
  await outcome(store.fetch(mine))
  await join(world)
  for (const state of ['reconnecting', 'connected', 'signalReconnecting', 'connected']) room.become(state)
  room.emit('moved', canary.last.token)
  await clock.advance(490_000)
  await outcome(store.refresh(mine))
  for (const name of [...COMMAND_NAMES, 'simulate-offline'] as const) {
    recorder.command('1', name)
    await clock.advance(6_000)
    await outcome(store.fetch(mine))
  }
  const other = new FakeRoom()
  const unfollow = followRoom(other.room, store, mine)
  for (const state of ['connecting', 'connected']) other.become(state)
  // PARTICIPANT_REMOVED, which invalidates.
  other.end(4)
  unfollow()
  const now = clock.now()
  next(
    // A clock that is an hour ahead, a token that is too old, one without an end.
    () => canary.issue({ now: now + 3_600_000 }),
    () => canary.issue({ now: now - 3_600_000 }),
    () => canary.issue({ now, claims: { exp: undefined } }),
  )
  for (const name of ['ahead', 'old', 'endless']) await outcome(store.fetch(request(name)))
  await outcome(store.fetch(mine))
  unsubscribe()
  await clock.advance(700_000)
  await outcome(store.fetch(mine))
  store.invalidate()
  await outcome(store.fetch(mine))
  await room.disconnect()
  store.dispose()
  await settle()
}

/** A first token that the server refuses in its own words, and a second that it takes. */
async function join({ store, room, canary, request }: World): Promise<void> {
  const joined = connectRoom(room.room, store, request('A'))
  await until(() => room.calls.length === 1)
  room.calls[0]?.fail(refusal(canary.last.token), 12)
  await until(() => room.calls.length === 2)
  room.calls[1]?.succeed()
  await joined
}

async function fail(world: World): Promise<void> {
  const { store, clock, room, canary, request, next, outcome } = world
  const unsubscribe = store.subscribe()
  await store.fetch(request('A'))
  for (const [index, answer] of failures(canary).entries()) {
    // Of the first fetch of another request, of a refresh, and of a retry on its own time.
    next(answer, answer)
    await outcome(store.fetch(request(`bad ${index}`)))
    next(answer)
    await outcome(store.refresh(request('A')))
    await clock.advance(61_000)
  }
  next(...failures(canary).slice(0, 3))
  await clock.advance(900_000)
  const joining = connectRoom(room.room, store, request('A'))
  await until(() => room.calls.length === 1)
  const { token } = canary.last
  room.calls[0]?.fail(Object.assign(connectionError(token, 1), { context: token, cause: new Error(token) }))
  await joining.catch(() => {})
  const unfollow = followRoom(room.room, store, request('A'))
  room.become('connected')
  // No reason that upstream has, but what comes from outside may be anything.
  room.end(`refused: ${token}` as unknown as number)
  unfollow()
  unsubscribe()
  store.dispose()
  await settle()
}

const thrown =
  (make: (token: string) => unknown): Answer =>
  ({ last }) => {
    throw make(last.token)
  }

const answered =
  (make: (canary: Canary) => unknown): Answer =>
  (canary) =>
    make(canary)

/** Each way to fail that there is, with the token in it. */
function failures(canary: Canary): Answer[] {
  const good = () => canary.issue({ now: 0 })
  return [
    thrown((token) => new Error(`503: invalid token ${token}`, { cause: new Error(token) })),
    thrown((token) => Object.assign(new Error(token), { status: 500, body: token, headers: { x: token } })),
    thrown((token) => Object.assign(new Error(token), { name: token, code: token, stack: token })),
    thrown((token) =>
      Object.assign(new Error(token), { status: 401, statusText: token, response: { token } }),
    ),
    thrown((token) => Object.assign(new Error(token), { status: token, retryAt: token })),
    thrown((token) => new AggregateError([new Error(token)], token)),
    thrown((token) => token),
    thrown((token) => ({ token, toString: () => token, toJSON: () => token })),
    answered(({ last }) => last.token),
    answered(({ last }) => [last.token]),
    answered(({ last }) => ({ error: last.token })),
    answered(({ last }) => ({ serverUrl: last.token, participantToken: last.token })),
    answered(({ last }) => ({ serverUrl: `gopher://${last.token}`, participantToken: last.token })),
    answered(({ last }) => ({
      serverUrl: 'wss://rooms.example',
      participantToken: `${last.token}.${last.token}`,
    })),
    answered(({ last }) => ({ serverUrl: 'wss://rooms.example', participantToken: last.payload })),
    answered(({ last }) => ({ serverUrl: 'wss://rooms.example', participantToken: { jwt: last.token } })),
    answered(({ last }) => canary.issue({ now: 0, claims: { exp: last.token } })),
    answered(({ last }) => canary.issue({ now: 0, claims: { sub: { [last.token]: last.token } } })),
    answered(({ last }) => Object.defineProperty(good(), 'serverUrl', { get: () => fail503(last.token) })),
    thrown((token) => Object.assign(new Error(token), { status: 429, retryAt: 0, statusText: token })),
    answered(() => new Promise(() => {})),
  ]
}

const fail503 = (token: string): never => {
  throw Object.assign(new Error(token), { status: 503 })
}

async function beNamed(world: World): Promise<void> {
  const { store, clock, room, canary, request, next, outcome } = world
  const unsubscribe = store.subscribe()
  const { token, payload, signature } = canary.last
  const printed = canary.issue({ now: clock.now(), indent: 2 }).participantToken
  const spoken = [
    token,
    `room ${token}!`,
    `x${token}`,
    `${payload}.${signature}`,
    `claims:\n${payload}.${signature}`,
    `claims:\\n${payload}.${signature}`,
    `claims%3A${payload}.${signature}`,
    JSON.stringify({ jwt: token, parts: [payload] }),
    `wss://rooms.example/?access_token=${token}&x=1`,
    // Printed prettily, and with dots that are written otherwise.
    printed,
    `room ${printed}!`,
    ...['%2E', '%252e', '/', ':', ' . ', '\\.', '\n', '","'].flatMap((dot) =>
      [token, printed].map((one) => one.split('.').join(dot)),
    ),
    JSON.stringify(printed.split('.')),
  ]
  for (const text of spoken) {
    const grants = {
      room: text,
      destinationRoom: text,
      canPublishSources: [text, { text }, ...printed.split('.')],
      [text]: text,
    }
    next(() =>
      canary.issue({
        now: clock.now(),
        path: `/${encodeURIComponent(text)}`,
        claims: { sub: text, [text]: text },
        grants: { ...grants, roomAdmin: { text }, hidden: text },
      }),
    )
    const named = { ...request(text), participantIdentity: text, agentName: text }
    await outcome(store.fetch(named))
    const unfollow = followRoom(room.room, store, named)
    for (const state of ['connecting', 'connected']) room.become(state)
    room.end(text as unknown as number)
    unfollow()
    await clock.advance(500_000)
  }
  unsubscribe()
  store.dispose()
  await settle()
}

/** What an endpoint is ordered to answer, in the header `x-answer`, as JSON in base64. */
export interface EndpointAnswer {
  readonly status: number
  readonly statusText?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** Does as ordered. */
export function answerOf(order: string | null | undefined): EndpointAnswer {
  if (!order) throw new Error('The endpoint was ordered nothing')
  return JSON.parse(atob(order))
}

const obedient: typeof fetch = async (_url, init) => {
  const { body, ...rest } = answerOf(new Headers(init?.headers).get('x-answer'))
  return new Response(body, rest)
}

async function beEchoed(world: World): Promise<void> {
  await askEndpoint(world, 'https://tokens.example/token', obedient)
}

/** `url`: of an endpoint that does as it is ordered. */
export async function askEndpoint(world: World, url: string, fetch?: typeof globalThis.fetch): Promise<void> {
  const { store, clock, canary, request, next, outcome } = world
  const unsubscribe = store.subscribe()
  await store.fetch(request('A'))
  const { token } = canary.last
  const issued = canary.issue({ now: clock.now() })
  const json = { 'content-type': 'application/json' }
  const answers: EndpointAnswer[] = [
    ...[400, 401, 403, 404, 422, 429, 500, 503].map((status) => ({
      status,
      statusText: `refused ${token}`,
      headers: { 'x-token': token, 'retry-after': token, 'www-authenticate': `Bearer error="${token}"` },
      body: JSON.stringify({ error: token }),
    })),
    { status: 200, body: token },
    { status: 200, headers: { 'content-type': token }, body: `<html>${token}` },
    { status: 200, headers: json, body: JSON.stringify(token) },
    { status: 200, headers: json, body: JSON.stringify({ server_url: token, participant_token: token }) },
    { status: 200, headers: { ...json, date: token }, body: JSON.stringify(issued) },
  ]
  for (const [index, answer] of answers.entries()) {
    const headers = { 'x-answer': btoa(JSON.stringify(answer)) }
    const ask = fromEndpoint(url, { clock, headers, ...(fetch ? { fetch } : {}) })
    const asked: Answer = () =>
      ask(request('A'), { signal: new AbortController().signal, attempt: 1, force: false, reason: 'initial' })
    next(asked, asked)
    await outcome(store.fetch(request(`echo ${index}`)))
    next(asked)
    await outcome(store.refresh(request('A')))
    await clock.advance(61_000)
  }
  unsubscribe()
  store.dispose()
  await settle()
}

async function until(condition: () => boolean): Promise<void> {
  for (let round = 0; round < 1_000; round += 1) {
    if (condition()) return
    await settle()
  }
  throw new Error('The room was never connected')
}
