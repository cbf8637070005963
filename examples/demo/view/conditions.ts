import { h, toggle } from '../dom'
import type { Fault, Network } from '../network'

const SWITCHES: readonly { fault: Fault; label: string; hint: string }[] = [
  { fault: 'offline', label: 'Offline', hint: 'retries wait' },
  { fault: 'down', label: 'Endpoint down', hint: 'HTTP 503' },
  { fault: 'slow', label: 'Endpoint slow', hint: 'takes 3 s' },
  { fault: 'limited', label: 'Rate limited', hint: 'HTTP 429' },
]

/** What can be wrong with the world, to be switched on and off. */
export function createConditions(network: Network): HTMLElement {
  const switches = SWITCHES.map(({ fault, label, hint }) => ({
    fault,
    ...toggle(label, hint, (on) => network.set(fault, on)),
  }))
  network.faults$.subscribe((faults) => {
    for (const each of switches) each.show(faults.has(each.fault))
  })
  return h(
    'div',
    { class: 'conditions', role: 'group', 'aria-label': 'What goes wrong' },
    ...switches.map(({ element }) => element),
  )
}
