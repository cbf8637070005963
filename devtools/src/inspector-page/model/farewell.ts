import type { Source } from './sources'

/** What to say of a source that is not connected; null for one that is, and for a session file. */
export function farewellOf(source: Source): string | null {
  if (source.connected || source.id.startsWith('file:')) return null
  if (source.lost === 'frame-too-big') return `Disconnected: it sent a frame over 1 MB. ${adviceFor(source)}`
  const last = 'Not connected: this is what it told last.'
  return source.kind === 'machines' ? `${last} It may still be running.` : last
}

function adviceFor(source: Source): string {
  if (source.kind === 'tokens') return 'Send less of it.'
  // XState 4 has one function for all that is sent, which JSON.stringify calls.
  return source.feed.actors.at(-1)?.version === 4
    ? 'Send less of the context: the option "serialize" of its inspector can take parts out.'
    : 'Send less of the context: the options "sanitizeContext" and "sanitizeEvent" of its inspector can take parts out.'
}
