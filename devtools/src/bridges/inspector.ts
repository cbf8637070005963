import { connectApp } from '../protocol/app-connection'
import { inspectorSocketUrl } from '../protocol/inspector-url'
import type { OpenSocket } from '../protocol/socket'
import { checkRecorder } from '../recorder/check-recorder'
import type { Recorder } from '../recorder/types'
import { checkOptions } from './check-option'

export interface InspectorOptions {
  /** What `startInspector` returned as `url`, or the same with `ws:`. */
  url: string | URL
}

/**
 * Sends what a recorder has, and what happens, to an inspector, until the returned function is called. A connection
 * that is lost comes back by itself, and nothing is told twice. When the recorder has `allowCommands`, it takes the
 * inspector's commands.
 *
 * @throws TypeError when `recorder` is none, or `url` is no http:, https:, ws: or wss: URL.
 * @throws Error where there is no WebSocket, as in Node 20: there it is `connectInspector` of `/node`.
 */
export function connectInspector(recorder: Recorder, options: InspectorOptions): () => void {
  checkRecorder(recorder)
  checkOptions(options)
  const socketUrl = inspectorSocketUrl(options.url)
  if (typeof WebSocket !== 'function')
    throw new Error(
      'There is no WebSocket here: in Node take connectInspector from livekit-token-devtools/node',
    )
  return connectApp(recorder, { url: socketUrl, open: openWebSocket })
}

const openWebSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url)
  socket.addEventListener('open', () => events.opened())
  socket.addEventListener('message', ({ data }) => events.heard(data))
  socket.addEventListener('close', () => events.closed())
  return socket
}
