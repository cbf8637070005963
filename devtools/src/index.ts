/** Entry `livekit-token-devtools`. */
export { COMMAND_NAMES, type CommandName } from './recorder/commands'
export { createRecorder } from './recorder/create-recorder'
export { diffViews, type ViewChange } from './recorder/diff-views'
export { filterRecords, type RecordFilter, type RecordOutcome } from './recorder/filter-records'
export type { RecordDetail, RecordedRequest, TokenRecord } from './recorder/record'
export type { Recorder, RecorderOptions, RecorderStatus } from './recorder/types'
