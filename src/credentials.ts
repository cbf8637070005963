import { decodeJwt, type JWTPayload } from 'jose'
import { InvalidResponse } from './invalid-response'
import type { Credentials } from './types'

/** Not by `URL.protocol`, which throws in some versions of React Native. */
const SERVER_PROTOCOL = /^\s*(wss?|https?):/i

/** 2001-09-09 in ms, the year 33658 in seconds: a claim from here on is in the wrong unit. */
const FIRST_IMPLAUSIBLE_SECOND = 1e12

/**
 * What a fetcher answered, checked, so that nothing else reaches `Room.connect`, which an unparsable URL bricks
 * for good. Throws `InvalidResponse`; its message names the field and never its value.
 */
export function readCredentials(answer: unknown): { credentials: Credentials; claims: JWTPayload } {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
    throw new InvalidResponse(
      `The token fetcher answered ${kind(answer)}: answer an object with \`serverUrl\` and \`participantToken\`.`,
    )
  }
  const given = answer as Record<string, unknown>
  const serverUrl = readServerUrl(given.serverUrl ?? given.server_url)
  const participantToken = given.participantToken ?? given.participant_token
  const claims = readClaims(participantToken)
  return { credentials: { serverUrl, participantToken: participantToken as string }, claims }
}

function readServerUrl(value: unknown): string {
  if (typeof value !== 'string' || value === '')
    throw absent('serverUrl', 'wss://your-project.livekit.cloud', value)
  try {
    void new URL(value)
  } catch {
    throw new InvalidResponse(
      "The answer's `serverUrl` is not an absolute URL: answer the address of the LiveKit server, as wss://your-project.livekit.cloud.",
    )
  }
  if (!SERVER_PROTOCOL.test(value)) {
    throw new InvalidResponse("The answer's `serverUrl` must begin with wss:, ws:, https: or http:.")
  }
  return value
}

function readClaims(value: unknown): JWTPayload {
  if (typeof value !== 'string' || value === '') throw absent('participantToken', 'a signed JWT', value)
  let claims: JWTPayload
  try {
    claims = decodeJwt(value)
  } catch {
    // The reason would be jose's words about a secret; that it is no JWT says enough.
    throw new InvalidResponse(
      "The answer's `participantToken` is not a JWT: answer what `AccessToken.toJwt()` of a LiveKit server SDK returns (in JavaScript a promise, to be awaited).",
    )
  }
  for (const name of ['exp', 'iat', 'nbf'] as const) checkTime(name, claims[name])
  const { sub, video } = claims
  if (sub !== undefined && typeof sub !== 'string') {
    throw new InvalidResponse(`The token's \`sub\` claim is ${kind(sub)}: it must be the identity, a string.`)
  }
  if (video !== undefined && (typeof video !== 'object' || video === null || Array.isArray(video))) {
    throw new InvalidResponse(
      `The token's \`video\` claim is ${kind(video)}: it must be an object of grants.`,
    )
  }
  return claims
}

function checkTime(name: string, value: unknown): void {
  if (value === undefined) return
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new InvalidResponse(
      `The token's \`${name}\` claim is ${kind(value)}: it must be a number of seconds since the epoch.`,
    )
  }
  // A server refuses such an `nbf` or `iat`, and such an `exp` makes a token that never dies: a slip in any case.
  if (value >= FIRST_IMPLAUSIBLE_SECOND) {
    throw new InvalidResponse(
      `The token's \`${name}\` claim is in milliseconds: a JWT's times are in seconds, so divide by 1000.`,
    )
  }
}

const absent = (field: string, example: string, value: unknown) =>
  new InvalidResponse(
    value === undefined
      ? `The answer has no \`${field}\`: answer ${example}.`
      : `The answer's \`${field}\` is ${kind(value)}: answer ${example}.`,
  )

function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (value === '') return 'an empty string'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
