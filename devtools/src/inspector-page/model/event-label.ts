const SECOND = 1000

/** A delay as people say it: 250 ms, 1.5 s, 2 min. What is no number is the name of a delay. */
export function delayLabel(delay: string): string {
  const ms = Number(delay)
  if (delay.trim() === '' || !Number.isFinite(ms)) return delay
  if (ms < SECOND) return `${ms} ms`
  if (ms < 60 * SECOND) return `${Number((ms / SECOND).toFixed(2))} s`
  return `${Number((ms / (60 * SECOND)).toFixed(2))} min`
}

const FORMS: readonly (readonly [RegExp, (found: RegExpMatchArray) => string])[] = [
  [/^$/, () => 'always'],
  [/^xstate\.(?:init|stop)$/, ([all]) => all.slice('xstate.'.length)],
  [/^xstate\.promise\.(resolve|reject)$/, ([, what = '']) => what],
  // XState 4: xstate.after(1000)#light.green; XState 5: xstate.after.1000.light.green
  [/^xstate\.after\(([^)]*)\)/, ([, delay = '']) => `after ${delayLabel(delay)}`],
  [/^xstate\.after\.([^.]+)/, ([, delay = '']) => `after ${delayLabel(delay)}`],
  [/^(?:xstate\.)?done\.state\./, () => 'done'],
  [/^done\.invoke\.(.+)/, ([, id = '']) => `done: ${shortId(id)}`],
  [/^error\.platform\.(.+)/, ([, id = '']) => `error: ${shortId(id)}`],
  [/^xstate\.(done|error|snapshot)\.actor\.(.+)/, ([, what = '', id = '']) => `${what}: ${shortId(id)}`],
]

/** XState names an actor that has no name by the state it runs in: `0.light.green`, `light.green:invocation[0]`. */
const shortId = (id: string): string =>
  id.replace(/:invocation\[\d+\]$/, '').replace(/^\d+\.(?:.*\.)?([^.]+)$/, '$1')

/** How an event's type reads on an arrow. */
export function eventLabel(type: string): string {
  for (const [form, label] of FORMS) {
    const found = type.match(form)
    if (found) return label(found)
  }
  return type
}
