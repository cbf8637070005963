const MAX_NAME = 80

/** The name, cut to 80 characters, with a number behind it where others have it already: `lobby (2)`. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = cut(name, '')
  for (let number = 2; taken.has(free); number += 1) free = cut(name, ` (${number})`)
  return free
}

function cut(name: string, end: string): string {
  const room = MAX_NAME - end.length
  return (name.length > room ? `${name.slice(0, room - 1)}…` : name) + end
}
