import { TokenSource } from 'livekit-client'
import type { TokenRequest } from 'livekit-token-store'
import { fromEndpoint } from 'livekit-token-store/livekit'
import { describe, expect, it } from 'vitest'
import { endpointBody } from '../../src/livekit/endpoint-body'
import { START } from '../helpers/clock'
import { credentials } from '../helpers/tokens'
import { answerJson, firstAttempt, serve } from './helpers'

const everything = {
  roomName: 'A',
  participantName: 'N',
  participantIdentity: 'me',
  participantMetadata: 'm',
  participantAttributes: { a: '1' },
  agentName: 'ag',
  agentMetadata: 'am',
  deployment: 'dep',
}

describe('the body of a token request', () => {
  it('has every field of the standard format', () => {
    expect(endpointBody(everything)).toEqual({
      room_name: 'A',
      participant_name: 'N',
      participant_identity: 'me',
      participant_metadata: 'm',
      participant_attributes: { a: '1' },
      room_config: { agents: [{ agent_name: 'ag', metadata: 'am', deployment: 'dep' }] },
    })
  })

  it('leaves out what is absent, and every other key', () => {
    const request = { roomName: 'A', participantName: undefined, agentName: undefined, tenant: 't' }
    expect(endpointBody(request)).toEqual({ room_name: 'A' })
    expect(endpointBody({ roomName: null } as unknown as TokenRequest)).toEqual({})
    expect(endpointBody({})).toEqual({})
  })

  it('keeps an empty text, which is not absent', () => {
    expect(endpointBody({ participantMetadata: '' })).toEqual({ participant_metadata: '' })
  })

  it.each(['agentName', 'agentMetadata', 'deployment'])('asks for an agent when there is only %s', (key) => {
    const { room_config } = endpointBody({ [key]: 'x' }) as { room_config: { agents: object[] } }
    expect(room_config.agents.map((agent) => Object.values(agent))).toEqual([['x']])
  })

  it.each<TokenRequest>([
    {},
    everything,
    { roomName: 'Räume & "Zeichen"' },
    { participantAttributes: {} },
    { participantAttributes: undefined },
    { deployment: 'dep', participantMetadata: '' },
  ])('is the same as of TokenSource.endpoint for %j', async (request) => {
    const { url, received } = await serve((response) =>
      answerJson(response, credentials({ issuedAt: START })),
    )
    await fromEndpoint(url)(request, firstAttempt())
    await TokenSource.endpoint(url).fetch(request as object)
    const [ours, upstream] = received.map(({ body, method, headers }) => ({
      body: JSON.parse(body),
      method,
      type: headers['content-type'],
    }))
    expect(ours).toEqual(upstream)
  })
})
