const taken = new Set<string>()

/** The name if it is free, else with a number behind it: devtools tell stores apart by it. */
export function claimName(wanted: string): string {
  let name = wanted
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}-${number}`
  taken.add(name)
  return name
}

export const releaseName = (name: string): void => void taken.delete(name)
