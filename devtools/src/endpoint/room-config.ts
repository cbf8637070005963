import { count, type FieldReader, flag, listOf, object, text, textMap } from './fields'

/** A token's `roomConfig` claim: protobuf's JSON in camelCase, what is empty left out. */
export type RoomConfigClaim = Record<string, unknown>

/** Each field's name in the body, its name in the claim, and its reader. Other fields are ignored. */
type Table = readonly (readonly [string, string, FieldReader<unknown>])[]

const renamed =
  (table: Table): FieldReader<RoomConfigClaim> =>
  (value, path) => {
    const source = object(value, path)
    if (source === undefined) return undefined
    const fields = table.map(([from, to, read]) => {
      // Protobuf's JSON has both spellings, and LiveKit's own server reads both.
      const spelled = source[from] === undefined && source[to] !== undefined ? to : from
      return [to, read(source[spelled], `${path}.${spelled}`)] as const
    })
    return Object.fromEntries(fields.filter(([, field]) => field !== undefined))
  }

const agent = renamed([
  ['agent_name', 'agentName', text],
  ['metadata', 'metadata', text],
  ['deployment', 'deployment', text],
  ['attributes', 'attributes', textMap],
])

const config = renamed([
  ['name', 'name', text],
  ['empty_timeout', 'emptyTimeout', count],
  ['departure_timeout', 'departureTimeout', count],
  ['max_participants', 'maxParticipants', count],
  ['min_playout_delay', 'minPlayoutDelay', count],
  ['max_playout_delay', 'maxPlayoutDelay', count],
  ['sync_streams', 'syncStreams', flag],
  ['metadata', 'metadata', text],
  ['tags', 'tags', textMap],
  ['agents', 'agents', listOf(agent)],
])

export const roomConfig: FieldReader<RoomConfigClaim> = (value, path) => {
  const claim = config(value, path)
  return claim && Object.keys(claim).length > 0 ? claim : undefined
}
