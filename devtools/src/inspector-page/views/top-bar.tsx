/** @jsxImportSource preact */
import { useEffect } from 'preact/hooks'
import type { SocketState } from '../connection/viewer-socket'
import type { Page } from '../page'
import { Icon } from './icons'
import { OpenFileButton, type OpenFileProps } from './open-file'

const WORDS: Record<SocketState, string> = {
  connecting: 'Connecting',
  open: 'Listening',
  lost: 'Reconnecting',
  off: 'Offline',
  restarted: 'Not connected',
}

const THEMES = ['system', 'light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

interface TopBarProps extends OpenFileProps {
  readonly page: Page
  readonly theme: Theme
  readonly onTheme: (theme: Theme) => void
}

export function TopBar({ page, theme, onTheme, ...file }: TopBarProps) {
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
  return (
    <header class="top">
      <a class="skip" href="#main">
        Skip to what is inspected
      </a>
      <h1>
        <img src="icon.svg" alt="" width="24" height="24" />
        Inspector
      </h1>
      <p class="listening" data-socket={page.socket} role="status">
        {WORDS[page.socket]}
      </p>
      <div class="top-end">
        <OpenFileButton {...file} />
        <button
          type="button"
          class="quiet square"
          aria-label={`Theme: ${theme}. Change to ${next}`}
          title={`Theme: ${theme}`}
          onClick={() => onTheme(next)}
        >
          <Icon name="theme" />
        </button>
      </div>
    </header>
  )
}
