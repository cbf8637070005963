import { guessWidth, type Measure } from '../model/measure'

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'
// A line that was taken is as bold as that.
const FONTS = { name: `600 13px ${FONT}`, line: `620 12px ${FONT}` }

let context: CanvasRenderingContext2D | null | undefined

/** How wide a text is in the chart's font; the stylesheet has the same fonts. */
export const measureText: Measure = (text, kind) => {
  context ??= document.createElement('canvas').getContext('2d')
  if (!context) return guessWidth(text, kind)
  context.font = FONTS[kind]
  return Math.ceil(context.measureText(text).width)
}
