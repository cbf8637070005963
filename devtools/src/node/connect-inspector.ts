import type { InspectorOptions } from '../bridges/inspector'
import { connectApp } from '../protocol/app-connection'
import { inspectorSocketUrl } from '../protocol/inspector-url'
import type { Recorder } from '../recorder/types'
import { openNodeSocket } from './open-node-socket'

/**
 * Sends what a recorder has, and what happens, to an inspector, until the returned function is called. A connection
 * that is lost comes back by itself, and nothing is told twice. When the recorder has `allowCommands`, it takes the
 * inspector's commands. The process may end while it is connected.
 *
 * @throws TypeError when `url` is no http:, https:, ws: or wss: URL.
 */
export function connectInspector(recorder: Recorder, { url }: InspectorOptions): () => void {
  return connectApp(recorder, { url: inspectorSocketUrl(url), open: openNodeSocket })
}
