import devtools = require('livekit-token-devtools')
import node = require('livekit-token-devtools/node')
import xstate = require('livekit-token-devtools/xstate-inspect')

const recorder = devtools.createRecorder()
const address = { url: 'ws://127.0.0.1:1/', origin: 'http://127.0.0.1:1' }
export const disconnect: () => void = xstate.connectXStateInspect(recorder, address)
export const inspector: Promise<{ url: string; close(): Promise<void> }> = node.startInspector({ recorder })
