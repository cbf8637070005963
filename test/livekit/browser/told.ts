import type { TokenEvent } from 'livekit-token-store'

/** An error as it crosses over from the page to the test, where it would lose its class and its fields. */
export interface ToldError {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  readonly reason: unknown
  readonly status: unknown
  readonly json: string
}

export function toldError(error: unknown): ToldError {
  const { name, message, stack, reason, status } = error as Error & Record<string, unknown>
  return { name, message, stack, reason, status, json: JSON.stringify(error) }
}

/** One event of a store in a line. */
export function storyLine(event: TokenEvent): string {
  switch (event.type) {
    case 'state':
      return `${event.from} -> ${event.to}${event.error ? ` (${event.error.code})` : ''}`
    case 'attempt':
      return `attempt, ${event.reason}`
    case 'attempt-failed':
      return `attempt failed: ${event.code}`
    case 'room':
      return `room ${event.state}${event.reason ? `: ${event.reason}` : ''}`
    default:
      return event.type
  }
}

/** Those of the wanted lines that are there in this order, whatever is between them. */
export function inOrder(lines: readonly string[], wanted: readonly string[]): string[] {
  const found: string[] = []
  for (const line of lines) if (line === wanted[found.length]) found.push(line)
  return found
}
