import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { ROOT } from './repo'

/** An app in a folder of its own that has the packed packages installed, and of their dependencies the named ones. */
export interface Consumer {
  /** Runs a module and returns what it prints, parsed as JSON. */
  run(flavour: 'esm' | 'cjs', source: string): unknown
  readonly modules: string
  remove(): void
}

/** Builds what is stale, and packs both packages as npm would publish them; returns the tarballs. */
export function packBoth(): { folder: string; tarballs: string[] } {
  execFileSync(process.execPath, ['scripts/build.mjs', '--stale'], { cwd: ROOT, stdio: 'pipe' })
  const folder = mkdtempSync(join(tmpdir(), 'livekit-token-store-pack-'))
  const printed = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, '--workspaces'],
    { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' },
  )
  const packed = Object.values(JSON.parse(printed)) as { filename: string }[]
  return { folder, tarballs: packed.map(({ filename }) => join(folder, filename)) }
}

export function createConsumer(tarballs: readonly string[], dependencies: readonly string[]): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'livekit-token-store-app-'))
  const modules = join(folder, 'node_modules')
  for (const tarball of tarballs) {
    const name = /^(livekit-token-\w+)-/.exec(basename(tarball))?.[1] ?? ''
    mkdirSync(join(modules, name), { recursive: true })
    execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', join(modules, name)])
  }
  for (const name of dependencies) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    const installed = join(ROOT, 'node_modules', name)
    if (!existsSync(installed)) throw new Error(`${name} is not installed: run npm ci.`)
    symlinkSync(installed, join(modules, name), 'dir')
  }
  let files = 0
  return {
    modules,
    run(flavour, source) {
      files += 1
      const file = join(folder, `app-${files}.${flavour === 'esm' ? 'mjs' : 'cjs'}`)
      writeFileSync(file, source)
      return JSON.parse(
        execFileSync(process.execPath, [file], {
          cwd: folder,
          encoding: 'utf8',
          stdio: 'pipe',
          timeout: 30_000,
        }),
      )
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
