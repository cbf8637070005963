import { type ParseArgsConfig, parseArgs } from 'node:util'
import { FAULT_NAMES, FAULTS, isFaultName, parseFaults } from '../endpoint/faults'
import type { TokenEndpointOptions } from '../endpoint/start-token-endpoint'
import { checkedOrigins } from '../inspector/allowed-origins'
import { checkedTargets } from '../inspector/dial-targets'
import { checkedSecret } from '../inspector/secret'

/** The command line is wrong: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export interface DevCommand {
  name: 'dev'
  endpoint: TokenEndpointOptions
  /** A URL, a path, or 'off'; undefined where it is to be found. */
  livekit: string | undefined
  inspector: {
    port: number | undefined
    allowedOrigins: string[]
    dial: string[]
    secret: string | undefined
  }
  /** Undefined when neither flag was given. */
  open: boolean | undefined
}

export type Command = { name: 'help' } | { name: 'version' } | DevCommand

type Flags = NonNullable<ParseArgsConfig['options']>

/** A flag has its fault's own name; a switch takes no value. */
const faultFlags: Flags = Object.fromEntries(
  FAULT_NAMES.map((name) => [
    name,
    { type: typeof FAULTS[name].normal === 'boolean' ? 'boolean' : 'string' },
  ]),
)

const options: Flags = {
  ...faultFlags,
  // For hands that type flags in kebab-case; the documented name is the query's.
  'retry-after': { type: 'string' },
  port: { type: 'string' },
  'inspector-port': { type: 'string' },
  'inspector-secret': { type: 'string' },
  'allow-origin': { type: 'string', multiple: true },
  dial: { type: 'string', multiple: true },
  livekit: { type: 'string' },
  'server-url': { type: 'string' },
  'api-key': { type: 'string' },
  'api-secret': { type: 'string' },
  open: { type: 'boolean' },
  'no-open': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
}

/** @throws {UsageError} that names the flag. */
export function readArguments(args: string[]): Command {
  const { values, positionals } = parse(args)
  if (values.help) return { name: 'help' }
  if (values.version) return { name: 'version' }
  const [command, ...rest] = positionals
  if (command === undefined) throw new UsageError('a command is missing; there is one, dev')
  if (command !== 'dev') throw new UsageError(`unknown command '${command}'; there is one, dev`)
  if (rest.length > 0) throw new UsageError(`dev takes flags alone, not '${rest[0]}'`)
  const { port, open, 'no-open': closed, 'retry-after': retryAfter, ...others } = values
  const endpoint: TokenEndpointOptions = {
    faults: faults({ ...(retryAfter === undefined ? {} : { retryAfter }), ...others }),
  }
  if (port !== undefined) endpoint.port = portNumber(String(port))
  if (values['server-url'] !== undefined) endpoint.serverUrl = String(values['server-url'])
  if (values['api-key'] !== undefined) endpoint.apiKey = String(values['api-key'])
  if (values['api-secret'] !== undefined) endpoint.apiSecret = String(values['api-secret'])
  if (open && closed) throw new UsageError('--open and --no-open exclude each other')
  const livekit = values.livekit === undefined ? undefined : String(values.livekit)
  if (livekit === '') throw new UsageError("--livekit must be a URL, a path or 'off'")
  if (livekit !== undefined && livekit !== 'off' && endpoint.serverUrl !== undefined) {
    throw new UsageError('--livekit and --server-url both say what clients connect to; give one')
  }
  const inspectorPort = values['inspector-port']
  const inspector = {
    port: inspectorPort === undefined ? undefined : portNumber(String(inspectorPort), 'inspector-port'),
    allowedOrigins: texts(values['allow-origin']),
    dial: texts(values.dial),
    secret: values['inspector-secret'] === undefined ? undefined : String(values['inspector-secret']),
  }
  // Before anything is started, and so before anything else is said.
  checked('allow-origin', checkedOrigins, inspector.allowedOrigins)
  checked('dial', checkedTargets, inspector.dial)
  checked('inspector-secret', checkedSecret, inspector.secret)
  return { name: 'dev', endpoint, livekit, inspector, open: open || closed ? open === true : undefined }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    // Node's advice about words that begin with a dash helps nobody here.
    const message = (error as Error).message.replace(/\. To specify a positional[\s\S]*/, '')
    throw new UsageError(message.replaceAll('\n', ' '))
  }
}

function faults(values: Record<string, unknown>) {
  const given = Object.entries(values).filter(([name]) => isFaultName(name))
  try {
    return parseFaults(given.map(([name, value]) => [name, String(value)] as const))
  } catch (error) {
    throw new UsageError(`--${(error as TypeError).message}`)
  }
}

/** The options' own checks, whose message begins with the option's name; each flag is given once for each value. */
function checked(flag: string, check: (value: never) => unknown, value: unknown): void {
  try {
    check(value as never)
  } catch (error) {
    throw new UsageError(
      (error as Error).message.replace(/^"\w+" must be (a list of )?/, `--${flag} must be `),
    )
  }
}

const texts = (values: unknown): string[] => (Array.isArray(values) ? values.map(String) : [])

function portNumber(text: string, flag = 'port'): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new UsageError(`--${flag} must be a whole number from 0 to 65535`)
}
