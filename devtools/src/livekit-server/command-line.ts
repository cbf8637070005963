import { networkInterfaces } from 'node:os'

/** Flags with which livekit-server listens on the loopback interface and on nothing else. */
export function loopbackFlags(port: number, udpPort: number): string[] {
  const rtc = {
    udp_port: udpPort,
    // This listener would be on every address, and UDP is all that one machine needs.
    tcp_port: 0,
    use_external_ip: false,
    enable_loopback_candidate: true,
    interfaces: { includes: loopbackInterfaces() },
  }
  return [
    ...['--dev', '--bind', '127.0.0.1', '--node-ip', '127.0.0.1'],
    // YAML, which JSON is too.
    ...['--config-body', JSON.stringify({ port, rtc })],
  ]
}

/** Its name differs: `lo`, `lo0`, or words on Windows. */
const loopbackInterfaces = (): string[] =>
  Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    addresses?.some(({ address }) => address === '127.0.0.1') ? [name] : [],
  )

/**
 * What the server's process gets to see. Not everything that is here: it would obey variables that are meant for
 * others (`REDIS_HOST`, `NODE_IP`). The secret goes this way because a command line is for every user to read.
 */
export function serverEnvironment(apiKey: string, apiSecret: string): NodeJS.ProcessEnv {
  const passed = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(passed), LIVEKIT_KEYS: JSON.stringify({ [apiKey]: apiSecret }) }
}
