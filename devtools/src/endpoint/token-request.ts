import { EndpointError } from './error'
import { isRecord, text, textMap } from './fields'
import { type RoomConfigClaim, roomConfig } from './room-config'

/** What a client asked for, in LiveKit's standard endpoint format. Undefined is "not given". */
export interface TokenOrder {
  room: string | undefined
  identity: string | undefined
  name: string | undefined
  metadata: string | undefined
  attributes: Record<string, string> | undefined
  roomConfig: RoomConfigClaim | undefined
}

/** Every field is optional, and so is the body. Unknown fields are ignored. @throws {EndpointError} 400. */
export function readTokenOrder(body: string): TokenOrder {
  const fields = parse(body)
  return {
    room: text(fields.room_name, 'room_name'),
    identity: text(fields.participant_identity, 'participant_identity'),
    name: text(fields.participant_name, 'participant_name'),
    metadata: text(fields.participant_metadata, 'participant_metadata'),
    attributes: textMap(fields.participant_attributes, 'participant_attributes'),
    roomConfig: roomConfig(fields.room_config, 'room_config'),
  }
}

function parse(body: string): Record<string, unknown> {
  if (body.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    // The parser's own message quotes the body.
    throw new EndpointError(400, 'the body must be JSON')
  }
  if (!isRecord(value)) throw new EndpointError(400, 'the body must be a JSON object')
  return value
}
