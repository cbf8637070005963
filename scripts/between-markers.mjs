// Text that a script writes into a document, between two comments that name it.
import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Replaces what stands between `<!-- NAME:start -->` and `<!-- NAME:end -->`, or, to check, only compares it.
 *
 * @param {object} options
 * @param {string} options.file
 * @param {string} options.name
 * @param {string} options.text
 * @param {boolean} options.check Leaves the file as it is.
 * @returns {boolean} Whether the file said so already.
 * @throws {Error} when the file lacks the markers.
 */
export function writeBetweenMarkers({ file, name, text, check }) {
  const before = readFileSync(file, 'utf8')
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`]
  const from = before.indexOf(start)
  const to = before.indexOf(end)
  if (from === -1 || to < from) throw new Error(`${file} needs the lines ${start} and ${end}.`)
  const after = `${before.slice(0, from + start.length)}\n${text.trim()}\n${before.slice(to)}`
  if (after === before) return true
  if (!check) writeFileSync(file, after)
  return false
}

/**
 * `--write` writes, `--check` fails when the document has drifted.
 *
 * @param {{ file: string, name: string, text: string, command: string }} part
 */
export function writeOrCheck({ command, ...part }) {
  const check = process.argv.includes('--check')
  if (writeBetweenMarkers({ ...part, check }) || !check) return
  console.error(`What ${part.file} says of its ${part.name} is not true any more: run \`${command}\`.`)
  process.exitCode = 1
}
