/** A fenced block of a document. */
export interface Fence {
  readonly file: string
  /** Its first line's number, from 1. */
  readonly line: number
  /** The word behind the opening fence; '' when there is none. */
  readonly language: string
  readonly text: string
}

/** Every fenced block of a Markdown text. */
export function fencesOf(file: string, markdown: string): Fence[] {
  const fences: Fence[] = []
  let open: { indent: string; ticks: string; language: string; line: number; lines: string[] } | undefined
  for (const [index, line] of markdown.split('\n').entries()) {
    const [, indent = '', ticks = '', language = ''] = /^(\s*)(`{3,})\s*(\S*)/.exec(line) ?? []
    if (!open && ticks) {
      open = { indent, ticks, language, line: index + 1, lines: [] }
    } else if (open && line.trim() === open.ticks) {
      fences.push({ file, line: open.line, language: open.language, text: open.lines.join('\n') })
      open = undefined
    } else if (open) {
      open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line)
    }
  }
  if (open) throw new Error(`${file}:${open.line}: the fence is never closed`)
  return fences
}
