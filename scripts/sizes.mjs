// The README's table of sizes, measured by size-limit on what is built.
//   node scripts/sizes.mjs --write    measures and writes it
//   node scripts/sizes.mjs --check    fails when it has drifted by more than rounding
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { writeOrCheck } from './between-markers.mjs'
import { ROOT } from './build.mjs'

/** @typedef {{ name: string, size: number, sizeLimit?: number, passed?: boolean }} Measured */

const printed = execFileSync('npx', ['size-limit', '--json'], {
  cwd: ROOT,
  encoding: 'utf8',
  shell: process.platform === 'win32',
})
const measured = /** @type {Measured[]} */ (JSON.parse(printed))
const rows = measured.map(({ name, size }) => `| ${name} | ${(size / 1000).toFixed(1)} kB |`)

writeOrCheck({
  file: join(ROOT, 'README.md'),
  name: 'sizes',
  text: ['| what you import | minified and gzipped |', '| --- | --- |', ...rows].join('\n'),
  command: 'npm run sizes',
})
