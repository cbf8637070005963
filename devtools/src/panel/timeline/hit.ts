import { clockTime } from '../model/clock-time'
import { duration } from '../model/duration'
import type { AttemptBar } from './attempts'
import type { Lane, Segment } from './lanes'

/** What there is on a lane at a moment, in words; marks count from `slack` ms away. */
export function hitAt(lane: Lane, at: number, slack: number, present: number): readonly string[] {
  const covers = ({ from, to }: { from: number; to: number | null }) => from <= at && at < (to ?? present)
  const state = lane.states.find(covers)
  const room = lane.room.find(covers)
  const near = (one: AttemptBar) => one.from - slack <= at && at < (one.to ?? present) + slack
  return [
    clockTime(at),
    ...(state ? [lasting(state.state, state, present)] : []),
    ...lane.attempts
      .filter(near)
      .slice(0, 3)
      .map((one) => `${lasting(`attempt ${one.record.detail.attempt}`, one, present)}, ${one.outcome}`),
    ...lane.marks
      .filter((mark) => Math.abs(mark.at - at) <= slack)
      .slice(0, 3)
      .map(({ text }) => text),
    ...(room ? [lasting(`room ${room.state}`, room, present)] : []),
  ]
}

const lasting = (name: string, { from, to }: Pick<Segment<string>, 'from' | 'to'>, present: number) =>
  `${name} ${to === null ? 'for' : 'lasted'} ${duration((to ?? present) - from)}`
