import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    // The tests run on the sources; test/package.test.ts looks at what is built.
    alias: [
      { find: /^livekit-token-store$/, replacement: here('src/index.ts') },
      { find: /^livekit-token-store\/machine$/, replacement: here('machines/index.ts') },
      { find: /^livekit-token-store\/livekit$/, replacement: here('src/livekit/index.ts') },
      { find: /^livekit-token-devtools$/, replacement: here('devtools/src/index.ts') },
      {
        find: /^livekit-token-devtools\/xstate-inspect$/,
        replacement: here('devtools/src/bridges/xstate-inspect/index.ts'),
      },
      { find: /^livekit-token-devtools\/node$/, replacement: here('devtools/src/node/index.ts') },
    ],
  },
  test: { include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], testTimeout: 60_000 },
})
