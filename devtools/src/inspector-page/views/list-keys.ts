/** Where a key takes the choice in a list; -1 for a key that means nothing there. */
export function listKey(key: string, at: number, length: number): number {
  const PAGE = 10
  const within = (index: number) => Math.min(Math.max(index, 0), length - 1)
  switch (key) {
    case 'ArrowDown':
      return within(at + 1)
    case 'ArrowUp':
      return within(at - 1)
    case 'PageDown':
      return within(at + PAGE)
    case 'PageUp':
      return within(at - PAGE)
    case 'Home':
      return within(0)
    case 'End':
      return within(length - 1)
    default:
      return -1
  }
}
