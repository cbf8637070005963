import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export type FoundLiveKit =
  /** One that runs already; the key and the secret that belong to it, where they are known. */
  | { kind: 'running'; url: string; apiKey?: string | undefined; apiSecret?: string | undefined }
  | { kind: 'program'; path: string }

export interface Machine {
  env: NodeJS.ProcessEnv
  platform: NodeJS.Platform
  exists: (path: string) => boolean
}

const thisMachine: Machine = { env: process.env, platform: process.platform, exists: existsSync }

/**
 * The LiveKit server to use: what `named` names (a URL or a program), else `LIVEKIT_URL`, else `LIVEKIT_SERVER`,
 * else `livekit-server` on the `PATH`; null when there is none. `LIVEKIT_API_KEY` and `LIVEKIT_API_SECRET` belong to
 * `LIVEKIT_URL`, and count with it alone: nobody wants tokens of a far project for a server of this machine.
 *
 * @throws {Error} that begins with the name of what is wrong.
 */
export function findLiveKit(named?: string, machine: Machine = thisMachine): FoundLiveKit | null {
  const { env } = machine
  if (named !== undefined) return isUrl(named) ? running(named) : program('--livekit', named, machine)
  if (env.LIVEKIT_URL) {
    if (!isUrl(env.LIVEKIT_URL)) throw new Error('LIVEKIT_URL must be a ws:, wss:, http: or https: URL')
    const { LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret } = env
    return apiKey && apiSecret ? { ...running(env.LIVEKIT_URL), apiKey, apiSecret } : running(env.LIVEKIT_URL)
  }
  return env.LIVEKIT_SERVER ? program('LIVEKIT_SERVER', env.LIVEKIT_SERVER, machine) : onPath(machine)
}

const isUrl = (text: string) => /^(?:ws|http)s?:\/\//i.test(text) && URL.canParse(text)

const running = (url: string) => ({ kind: 'running' as const, url: url.replace(/^http/i, 'ws') })

function program(from: string, path: string, { exists }: Machine): FoundLiveKit {
  if (!exists(path)) throw new Error(`${from} names no file: ${path}`)
  return { kind: 'program', path }
}

function onPath({ env, platform, exists }: Machine): FoundLiveKit | null {
  const name = platform === 'win32' ? 'livekit-server.exe' : 'livekit-server'
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const path = folders.map((folder) => join(folder, name)).find(exists)
  return path === undefined ? null : { kind: 'program', path }
}
