import type { Person } from '../person'
import { drawPicture } from './picture'

export interface OwnVideo {
  readonly track: MediaStreamTrack
  readonly from: 'camera' | 'picture'
  /** Where it comes from, in words. */
  readonly note: string
  stop(): void
}

/** Why there is no camera, by the name of what the browser throws. */
const WHY: Readonly<Record<string, string>> = {
  NotFoundError: 'there is no camera here',
  NotAllowedError: 'the camera was refused',
  NotReadableError: 'something else has the camera',
}

/** The camera's, if there is one and it may be used; else a picture, so that there is something to see. No sound. */
export async function openOwnVideo(person: Person): Promise<OwnVideo> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 } })
    const [track] = stream.getVideoTracks()
    if (!track) throw new DOMException('', 'NotFoundError')
    return { track, from: 'camera', note: 'You send your camera, and no sound.', stop: () => track.stop() }
  } catch (error) {
    const why = (error instanceof DOMException && WHY[error.name]) || 'the camera does not work'
    return { ...drawPicture(person), from: 'picture', note: `You send a drawn picture: ${why}.` }
  }
}
