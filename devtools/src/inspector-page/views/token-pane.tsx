/** @jsxImportSource preact */
import type { Clock } from 'livekit-token-store'
import { useEffect, useRef, useState } from 'preact/hooks'
import { systemClock } from '../../clock'
import type { Recorder } from '../../recorder/types'
import { sourceClock } from '../model/source-clock'
import type { TokenSource } from '../model/sources'
import { loadPanel } from '../panel-element'
import type { Theme } from './top-bar'

/** The same panel that an app mounts, over the records that came here. */
export function TokenPane({ source, theme }: { source: TokenSource; theme: Theme }) {
  const place = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)
  const latestTheme = useRef(theme)
  latestTheme.current = theme
  const latestSource = useRef(source)
  latestSource.current = source
  useEffect(() => {
    place.current?.firstElementChild?.setAttribute('theme', theme)
  }, [theme])
  useEffect(() => {
    let panel: (HTMLElement & { recorder?: Recorder; clock?: Clock }) | undefined
    let left = false
    loadPanel().then(
      () => {
        if (left) return
        // Not before: an element that is made before its class is there has no setters yet.
        panel = document.createElement('token-devtools')
        panel.setAttribute('embedded', '')
        panel.setAttribute('theme', latestTheme.current)
        panel.clock = sourceClock(systemClock, () => latestSource.current)
        panel.recorder = source.recorder
        place.current?.append(panel)
      },
      () => setFailed(true),
    )
    return () => {
      left = true
      panel?.remove()
    }
  }, [source.recorder])
  return (
    <section class="token-pane" aria-label={`Token stores: ${source.name}`}>
      {failed && (
        <p class="trouble" role="alert">
          The panel could not be loaded from the inspector’s server. Reload the page.
        </p>
      )}
      <div class="panel-place" ref={place} />
    </section>
  )
}
