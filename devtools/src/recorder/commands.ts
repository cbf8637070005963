/**
 * What devtools may ask of a lifecycle; a closed list. `simulate-expiry`: the token counts as expired now.
 * `simulate-failure` and `simulate-slowness` (5 s): of the next attempt. `simulate-offline`: on, and off when told again.
 */
export const COMMAND_NAMES = [
  'refresh',
  'invalidate',
  'simulate-expiry',
  'simulate-failure',
  'simulate-slowness',
  'simulate-offline',
] as const

export type CommandName = (typeof COMMAND_NAMES)[number]

export const isCommandName = (name: unknown): name is CommandName =>
  (COMMAND_NAMES as readonly unknown[]).includes(name)
