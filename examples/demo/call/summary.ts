import type { CallState } from './call'
import { connectionWord } from './words'

const LIST = new Intl.ListFormat('en')

/** For who listens: how the connection is, and who else is there. */
export function callSummary(title: string, state: CallState): string {
  const others = state.members.filter(({ isMe }) => !isMe).map(({ name }) => name)
  const company = others.length > 0 ? `, with ${LIST.format(others)}` : ''
  return `${title}: ${connectionWord(state)}${company}.${state.problem ? ` ${state.problem}` : ''}`
}
