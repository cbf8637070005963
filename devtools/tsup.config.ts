import { defineConfig, type Options } from 'tsup'

const shared: Options = {
  tsconfig: '../tsconfig.json',
  target: 'node20.19',
  platform: 'node',
  // Every file has a fixed name, so nothing needs to be cleaned away: `clean` would take the built demo, which
  // lives in dist/ too, and each of the two builds would clean what the other had written.
  splitting: false,
  clean: false,
  treeshake: true,
}

// The types' build takes `paths` from this folder unless told where they start.
const dts = { compilerOptions: { baseUrl: '..' } }

export default defineConfig([
  { ...shared, entry: { node: 'src/node/index.ts' }, format: ['esm', 'cjs'], dts },
  { ...shared, entry: { cli: 'src/cli.ts' }, format: ['esm'] },
])
