const BASE_MS = 500
const CAP_MS = 15_000

/** How long to wait before the next try, after so many in a row that came to nothing: 0.5 s, doubling, to 15 s. */
export const backoffMs = (failures: number): number => Math.min(CAP_MS, BASE_MS * 2 ** (failures - 1))
