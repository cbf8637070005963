import { isLoopbackHost } from '../loopback/names'

const isTarget = (value: unknown): value is string => {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { protocol, host, username, password, hash } = new URL(value)
  return (
    (protocol === 'ws:' || protocol === 'wss:') && isLoopbackHost(host) && !username && !password && !hash
  )
}

/** @throws TypeError unless each is a WebSocket of this machine. */
export function checkedTargets(targets: unknown = []): readonly string[] {
  if (Array.isArray(targets) && targets.every(isTarget)) return [...new Set(targets)]
  throw new TypeError('"dial" must be a list of ws: URLs on localhost, 127.0.0.1 or [::1]')
}
