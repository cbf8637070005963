import type { DemoServer } from '../demo-server'
import { pageFolder } from '../inspector/page-folder'
import { type Inspector, startInspector } from '../inspector/start-inspector'
import type { DevCommand } from './arguments'

/** The inspector, which the demo may connect to; null where its page has not been built. */
export async function openInspector(
  { inspector }: DevCommand,
  demo: DemoServer | null,
): Promise<Inspector | null> {
  if (pageFolder() === null) return null
  const { port, allowedOrigins, dial, secret } = inspector
  const origins = demo ? [...allowedOrigins, new URL(demo.url).origin] : allowedOrigins
  try {
    return await startInspector({ port, allowedOrigins: origins, dial, secret })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new Error(`port ${port} is taken; give another --inspector-port, or none for a free one`)
    }
    throw error
  }
}
