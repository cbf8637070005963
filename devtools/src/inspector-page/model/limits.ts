/** What a page keeps at most: the machines it shows are anybody's, and some are huge, broken, or hostile. */
export const LIMITS = {
  /** Characters of one JSON text; a longer one is not parsed. */
  jsonText: 2_000_000,
  /** Characters of one string that is kept; the rest is cut off. */
  text: 4_000,
  /** Characters of a string that is looked at for tokens; a longer one is replaced as a whole. */
  maskedText: 200_000,
  /** Characters of a name: of a state, an event, an actor. */
  name: 200,
  /** Values within one snapshot or event, and how deep they lie. */
  values: 4_000,
  depth: 24,
  /** The same of a machine's definition. */
  definitionValues: 60_000,
  definitionDepth: 96,
  /** States of one chart, levels of nesting, and transitions. */
  states: 500,
  levels: 24,
  transitions: 2_000,
  /** Actors of one source, those beyond them that are counted, entries of one actor, entries of one source, and the size of all of them. */
  actors: 300,
  turnedAway: 10_000,
  actorEntries: 1_000,
  sourceEntries: 5_000,
  sourceSize: 16_000_000,
  /** Sources of the page. */
  sources: 50,
} as const
