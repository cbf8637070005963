import type { TokenRequest } from '../types'

/** The body's fields in the standard endpoint's format. What is not there is left out, and so is any other key. */
export function endpointBody(request: TokenRequest): Record<string, unknown> {
  const { participantAttributes } = request
  const agent = present({
    agent_name: request.agentName,
    metadata: request.agentMetadata,
    deployment: request.deployment,
  })
  return present({
    room_name: request.roomName,
    participant_name: request.participantName,
    participant_identity: request.participantIdentity,
    participant_metadata: request.participantMetadata,
    participant_attributes: isEmpty(participantAttributes) ? undefined : participantAttributes,
    room_config: isEmpty(agent) ? undefined : { agents: [agent] },
  })
}

// `null` is the format's word for absent.
const present = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null))

const isEmpty = (value: object | null | undefined) =>
  value === undefined || value === null || Object.keys(value).length === 0
