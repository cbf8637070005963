import { checkOptions } from '../bridges/check-option'
import type { InspectorOptions } from '../bridges/inspector'
import { connectApp } from '../protocol/app-connection'
import { inspectorSocketUrl } from '../protocol/inspector-url'
import { checkRecorder } from '../recorder/check-recorder'
import type { Recorder } from '../recorder/types'
import { openNodeSocket } from './open-node-socket'

/**
 * Sends what a recorder has, and what happens, to an inspector, until the returned function is called. A connection
 * that is lost comes back by itself, and nothing is told twice. When the recorder has `allowCommands`, it takes the
 * inspector's commands. The process may end while it is connected.
 *
 * @throws TypeError when `recorder` is none, or `url` is no http:, https:, ws: or wss: URL.
 */
export function connectInspector(recorder: Recorder, options: InspectorOptions): () => void {
  checkRecorder(recorder)
  checkOptions(options)
  return connectApp(recorder, { url: inspectorSocketUrl(options.url), open: openNodeSocket })
}
