/** A bridge may be taken back twice, as by a framework that cleans up once more. */
export function once(run: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    run()
  }
}
