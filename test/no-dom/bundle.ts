import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { ROOT } from '../helpers/repo'

/** One self-contained script of what the text imports, from the sources, under the global name `bundle`. */
export async function bundleOf(text: string, options: BuildOptions = {}): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: text, resolveDir: join(ROOT, 'test/no-dom'), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'bundle',
    logLevel: 'silent',
    alias: {
      'livekit-token-store': join(ROOT, 'src/index.ts'),
      'livekit-token-store/livekit': join(ROOT, 'src/livekit/index.ts'),
    },
    ...options,
  })
  return outputFiles![0]!.text
}
