/** A browser opens on a terminal with somebody before it, or when it is asked for in so many words. */
export function wantsBrowser(
  asked: boolean | undefined,
  { isTerminal, ci }: { isTerminal: boolean; ci: string | undefined },
): boolean {
  return asked ?? (isTerminal && (ci === undefined || ci === '' || ci === 'false'))
}
