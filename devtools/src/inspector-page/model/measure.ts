/** How wide a text is, px. */
export type Measure = (text: string, kind: 'name' | 'line') => number

/** Without a browser to ask: a fair guess for a font of the system. */
export const guessWidth: Measure = (text, kind) => text.length * (kind === 'name' ? 7.6 : 6.6)
