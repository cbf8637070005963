import type { CommandName } from './commands'
import type { Controls, Found, InsideStore } from './inside-store'
import { Simulation } from './simulation'

/** One a lifecycle, whichever recorder orders something. */
const simulations = new WeakMap<Controls, Simulation>()

/** Whether a lifecycle is offline by order. */
export const isHeldOffline = (controls: Controls): boolean => simulations.get(controls)?.offline === true

/** Tells that it comes from devtools, and does it. */
export function carryOut(name: CommandName, { controls, request }: Found, inside: InsideStore): void {
  const simulation = simulationOf(controls, inside)
  if (name === 'simulate-failure') simulation.failNext = true
  if (name === 'simulate-slowness') simulation.slowNext = true
  if (name === 'simulate-offline') simulation.offline = !simulation.offline
  inside.report(request, { type: 'command', name })
  if (name === 'simulate-offline') controls.holdOffline(simulation.offline)
  if (name === 'simulate-expiry') controls.expire()
  if (name === 'invalidate') controls.invalidate()
  // The state shows what comes of it.
  if (name === 'refresh') controls.fetch({ force: true })?.catch(() => {})
}

function simulationOf(controls: Controls, { clock }: InsideStore): Simulation {
  const known = simulations.get(controls)
  if (known) return known
  const simulation = new Simulation(clock)
  simulations.set(controls, simulation)
  controls.over = (fetchToken) => simulation.over(fetchToken)
  return simulation
}
