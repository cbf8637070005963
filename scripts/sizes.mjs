// The README's table of sizes, measured by size-limit on what is built.
//   node scripts/sizes.mjs --write    measures and writes it
//   node scripts/sizes.mjs --check    fails when it has drifted by more than rounding
// Both fail when something is over the limit that package.json sets it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { writeOrCheck } from './between-markers.mjs'
import { ROOT } from './build.mjs'

/** @typedef {{ name: string, size: number, sizeLimit?: number }} Measured */

const { stdout, stderr } = spawnSync('npx', ['size-limit', '--json'], {
  cwd: ROOT,
  encoding: 'utf8',
  shell: process.platform === 'win32',
})
if (!stdout.trimStart().startsWith('[')) throw new Error(`size-limit measured nothing: ${stdout}${stderr}`)
const measured = /** @type {Measured[]} */ (JSON.parse(stdout))

/** @param {number} bytes */
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`

for (const { name, size, sizeLimit = Number.POSITIVE_INFINITY } of measured) {
  console.log(`${kB(size)} of at most ${kB(sizeLimit)}: ${name}`)
  if (size <= sizeLimit) continue
  console.error(`${name} is ${kB(size)}, over the limit of ${kB(sizeLimit)} that package.json sets it.`)
  process.exitCode = 1
}
const rows = measured.map(({ name, size }) => `| ${name} | ${kB(size)} |`)

writeOrCheck({
  file: join(ROOT, 'README.md'),
  name: 'sizes',
  text: ['| what you import | minified and gzipped |', '| --- | --- |', ...rows].join('\n'),
  command: 'npm run sizes',
})
