import type { TokenRecord } from '../recorder/record'

/** What happened, in a few words: 'state valid → expiring', 'attempt-failed', 'room connected'. */
export function recordTitle({ type, from, to, detail }: TokenRecord): string {
  if (type === 'state') return `state ${from} → ${to}`
  if (type === 'attached') return `attached ${to}`
  const what = detail.room ?? detail.command
  return what ? `${type} ${what}` : type
}
