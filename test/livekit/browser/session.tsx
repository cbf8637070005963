import {
  SessionProvider,
  type UseSessionReturn,
  useSession,
  useTracks,
  VideoTrack,
} from '@livekit/components-react'
import { Track } from 'livekit-client'
import { createTokenStore, type TokenEvent } from 'livekit-token-store'
import { followRoom, fromEndpoint, toTokenSource } from 'livekit-token-store/livekit'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { storyLine } from './told'

/** The page's script: an app of LiveKit's own components, whose tokens come from a store. */
declare global {
  interface Window {
    mountSession(order: SessionOrder): void
    session: UseSessionReturn
    story: string[]
  }
}

export interface SessionOrder {
  readonly endpoint: string
  readonly roomName: string
  readonly participantIdentity: string
}

window.story = []
window.mountSession = ({ endpoint, ...request }) => {
  const store = createTokenStore({ fetchToken: fromEndpoint(endpoint) })
  store.events$.subscribe((event: TokenEvent) => window.story.push(storyLine(event)))
  const source = toTokenSource(store)

  function App() {
    const session = useSession(source, request)
    window.session = session
    const { room, start, end } = session
    useEffect(() => followRoom(room, store, request), [room])
    // Once, as the hook gives new functions at each change of the connection.
    // biome-ignore lint/correctness/useExhaustiveDependencies: see above
    useEffect(() => {
      const tracks = { camera: { enabled: true } }
      start({ tracks, roomConnectOptions: { rtcConfig: { iceServers: [] } } })
      return () => void end()
    }, [])
    return (
      <SessionProvider session={session}>
        <Cameras />
      </SessionProvider>
    )
  }
  createRoot(document.body.appendChild(document.createElement('main'))).render(<App />)
}

function Cameras() {
  return useTracks([Track.Source.Camera]).map((track) => (
    <VideoTrack key={track.participant.identity} trackRef={track} title={track.participant.identity} />
  ))
}
