import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts', machine: 'machines/index.ts', livekit: 'src/livekit/index.ts' },
  format: ['esm', 'cjs'],
  dts: true,
  target: 'es2022',
  // For CJS too: without it `.` and `/livekit` would each carry their own TokenError and private state.
  splitting: true,
  treeshake: true,
  clean: true,
})
