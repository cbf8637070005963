const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Such as `room-k3x9q2ab`, for a client that left the choice to the server. */
export function inventedName(prefix: string, random: () => number): string {
  const letters = Array.from({ length: 8 }, () => ALPHABET[Math.floor(random() * ALPHABET.length)])
  return `${prefix}-${letters.join('')}`
}
