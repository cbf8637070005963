// An inspector in a process of its own, so that what its memory holds can be looked at; a test bundles it.
import { writeHeapSnapshot } from 'node:v8'
import { startInspector } from '../../../devtools/src/inspector/start-inspector'

const [, , ...dial] = process.argv
const { url } = await startInspector({ dial })
process.on('message', (path: string) => process.send?.({ written: writeHeapSnapshot(path) }))
process.send?.({ url })
