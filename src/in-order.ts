import { BehaviorSubject } from 'rxjs'

/** A BehaviorSubject of which all subscribers end on the latest value: one that comes while another is told waits for its turn. */
export class InOrder<Value> extends BehaviorSubject<Value> {
  readonly #turns: (() => void)[] = []

  override next(value: Value): void {
    this.#take(() => super.next(value))
  }

  override complete(): void {
    this.#take(() => super.complete())
  }

  #take(turn: () => void): void {
    if (this.#turns.push(turn) > 1) return
    for (let next = this.#turns[0]; next; next = this.#turns[0]) {
      next()
      this.#turns.shift()
    }
  }
}
