import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { inspector } from './setup'

describe('The page', () => {
  it('is opened in the system’s browser when that is asked for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'inspector-open-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > "${folder}/opened"\n`)
    await chmod(join(folder, 'xdg-open'), 0o755)
    vi.stubEnv('PATH', folder + delimiter + process.env.PATH)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { url } = await inspector({ open: true })
    await expect
      .poll(() => readFile(join(folder, 'opened'), 'utf8').catch(() => ''), { timeout: 60_000 })
      .toBe(url)
  })
})
