// A Node process that connects its recorder to the inspector at the address in its arguments; a test bundles it.
import { createTokenStore } from 'livekit-token-store'
import { connectInspector } from '../../../devtools/src/node/connect-inspector'
import { createRecorder } from '../../../devtools/src/recorder/create-recorder'
import { signToken } from '../../helpers/tokens'

const [, , url = '', stay] = process.argv
const store = createTokenStore({
  name: 'worker',
  fetchToken: async () => ({
    serverUrl: 'wss://rooms.example',
    participantToken: signToken({ issuedAt: Math.floor(Date.now() / 1000) * 1000 }),
  }),
})
const recorder = createRecorder({ allowCommands: true })
recorder.attach(store)
connectInspector(recorder, { url })
const { participantToken } = await store.fetch()
console.log(participantToken)
// A server would stay; a script comes to its end.
if (stay === 'stay') process.stdin.resume()
