import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'

/**
 * Ends a child when this process is gone, even if it was killed so hard (SIGKILL) that it could not do so itself.
 * Not on Windows, which has no shell for it. The returned function calls it off, to be called when the child has ended:
 * its number may be another's then.
 */
export function guard(pid: number): () => void {
  if (process.platform === 'win32') return () => {}
  // Our end of the pipe is closed by whatever ends us, and that ends the shell's wait. Detached, as a terminal sends
  // its signals to the shell too otherwise.
  const shell = spawn('/bin/sh', ['-c', 'read -r line; kill -9 "$0"', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  shell.on('error', () => {})
  shell.stdin.on('error', () => {})
  shell.unref()
  const pipe = shell.stdin as Socket
  pipe.unref()
  return () => void shell.kill('SIGKILL')
}
