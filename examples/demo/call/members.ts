import { type Participant, type Room, RoomEvent, Track } from 'livekit-client'

/** Somebody in the room. */
export interface Member {
  readonly identity: string
  readonly name: string
  readonly isMe: boolean
  /** Null while there is none to be seen. */
  readonly video: Track | null
}

/** After these there may be somebody else, or something else to see of them. */
const NEWS = [
  RoomEvent.Connected,
  RoomEvent.Reconnected,
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
] as const

/** Calls back whenever the members may have changed; the room takes its listeners with it. */
export function watchMembers(room: Room, changed: () => void): void {
  for (const event of NEWS) room.on(event, changed)
}

/** Oneself first. */
export const membersOf = (room: Room): readonly Member[] =>
  [room.localParticipant, ...room.remoteParticipants.values()].map((each) => member(each))

function member(participant: Participant): Member {
  const { identity, name, isLocal } = participant
  const video = participant.getTrackPublication(Track.Source.Camera)?.track ?? null
  return { identity, name: name || identity, isMe: isLocal, video }
}
