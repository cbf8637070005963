#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readArguments, UsageError } from './cli/arguments'
import { dev } from './cli/dev'
import { HELP } from './cli/help'

async function main(args: string[]): Promise<void> {
  const command = readArguments(args)
  if (command.name === 'help') console.log(HELP)
  else if (command.name === 'version') console.log(version())
  else {
    await dev(command, fileURLToPath(new URL('./demo', import.meta.url)))
    // Everything is closed. Node takes a few ms to end by itself, in which it no longer handles signals: the
    // second SIGINT, which npm passes on, would arrive just then and spoil the exit code.
    process.exit(0)
  }
}

/** The manifest is one folder up, from the source and from the build. */
const version = (): string =>
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version

// Exit codes: 1 when something went wrong, 2 when the command line is wrong.
try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(`livekit-token-devtools: ${(error as Error).message}`)
  if (error instanceof UsageError) console.error("Try 'livekit-token-devtools --help'.")
  process.exitCode = error instanceof UsageError ? 2 : 1
}
