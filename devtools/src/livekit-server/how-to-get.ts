export interface WayToGet {
  readonly name: string
  readonly command: string
  /** What is to be done after it. */
  readonly after: string
}

const RUNS = 'LIVEKIT_URL=ws://127.0.0.1:7880'

/** How to come by a LiveKit server; the terminal and the demo tell the same. */
export const WAYS_TO_GET_LIVEKIT: readonly WayToGet[] = [
  { name: 'macOS', command: 'brew install livekit', after: 'Start again: the server is found on the PATH.' },
  {
    name: 'Linux',
    command: 'curl -sSL https://get.livekit.io | bash',
    after: 'It is LiveKit’s installer. Start again: the server is found on the PATH.',
  },
  {
    name: 'Docker',
    command:
      'docker run --rm -p 127.0.0.1:7880:7880 -p 127.0.0.1:7882:7882/udp livekit/livekit-server --dev --bind 0.0.0.0 --node-ip 127.0.0.1',
    after: `Then start again with ${RUNS}.`,
  },
  {
    name: 'Go',
    command: 'go install github.com/livekit/livekit-server/cmd/server@latest',
    after: 'Then start again with LIVEKIT_SERVER=$(go env GOPATH)/bin/server.',
  },
]

/** For a terminal. */
export const HOW_TO_GET_LIVEKIT = [
  'There is no LiveKit server here, so tokens are to be had but no room to join. To get one:',
  ...WAYS_TO_GET_LIVEKIT.flatMap(({ name, command, after }) => [
    `  ${name.padEnd(7)} ${command}`,
    `${' '.repeat(10)}${after}`,
  ]),
  'Or name one: LIVEKIT_URL (one that runs) or LIVEKIT_SERVER (a program to start), or --livekit for either.',
].join('\n')
