/** @jsxImportSource preact */
import { useRef, useState } from 'preact/hooks'
import { family } from '../model/family'
import { farewellOf } from '../model/farewell'
import type { Source } from '../model/sources'
import type { Page } from '../page'
import { EmptyState } from './empty-state'
import { MachinePane } from './machine-pane'
import { type OpenedFile, useDroppedFiles } from './open-file'
import { SourceList } from './source-list'
import { TokenPane } from './token-pane'
import { type Theme, TopBar } from './top-bar'
import { usePage } from './use-page'

/** What is picked in the list: a source's token stores, or one actor of it. */
export interface Picked {
  readonly source: string
  readonly actor: string | null
}

export function App({ page }: { page: Page }) {
  usePage(page)
  const [picked, pick] = useState<Picked | null>(null)
  const [trouble, setTrouble] = useState('')
  const [theme, setTheme] = useState<Theme>('system')
  const { all } = page.sources

  const openFile = ({ name, text }: OpenedFile) => {
    try {
      pick({ source: page.sources.open(name, text).id, actor: null })
      setTrouble('')
    } catch (error) {
      setTrouble(error instanceof TypeError ? error.message : 'This file cannot be read')
    }
  }
  const dropping = useDroppedFiles(openFile, setTrouble)

  const last = useRef<Picked | null>(null)
  const shown = chooseShown(all, picked, last.current)
  last.current = shown
  const source = all.find(({ id }) => id === shown?.source)
  const actors = source?.kind === 'machines' ? source.feed.actors : []
  const actor = actors.find(({ key }) => key === shown?.actor)
  const farewell = source ? farewellOf(source) : null

  return (
    <div class="page">
      <TopBar page={page} theme={theme} onTheme={setTheme} onFile={openFile} onTrouble={setTrouble} />
      <p class="trouble" role="alert" hidden={trouble === ''}>
        {trouble}
        <button type="button" class="quiet" onClick={() => setTrouble('')}>
          Dismiss
        </button>
      </p>
      {page.socket === 'restarted' && (
        <p class="notice" role="alert">
          The inspector was restarted: open the URL that it printed.
        </p>
      )}
      {page.unlisted && (
        <p class="notice" role="alert">
          <span>
            <code>{page.unlisted}</code> opened this page but may not send to it: start the inspector with{' '}
            <code>--allow-origin {page.unlisted}</code>, or name it in startInspector’s{' '}
            <code>allowedOrigins</code>.
          </span>
        </p>
      )}
      {source && shown ? (
        <div class="body">
          <SourceList sources={all} picked={shown} onPick={pick} onRemove={(id) => page.sources.remove(id)} />
          <main class="stage" id="main" tabIndex={-1}>
            {farewell && (
              <p class="notice" role="status">
                {farewell}
              </p>
            )}
            {source.kind === 'tokens' && <TokenPane key={source.id} source={source} theme={theme} />}
            {source.kind === 'machines' && actor && (
              <MachinePane
                key={actor.key}
                actor={actor}
                actors={actors}
                clock={page.clock}
                onPick={(key) => pick({ source: source.id, actor: key })}
                onClear={() => {
                  source.feed.clear()
                  pick({ ...shown })
                }}
                fileName={source.name}
              />
            )}
          </main>
        </div>
      ) : (
        <main class="stage" id="main" tabIndex={-1}>
          <EmptyState page={page} onFile={openFile} onTrouble={setTrouble} />
        </main>
      )}
      <div class="drop" hidden={!dropping}>
        Drop the session file to open it
      </div>
    </div>
  )
}

/**
 * What was picked, as long as it is there. Until somebody picks, what was shown stays; but what this window was opened
 * for comes before all else.
 */
function chooseShown(sources: readonly Source[], picked: Picked | null, last: Picked | null): Picked | null {
  const mine = present(sources, picked)
  if (mine) return mine
  const stays = present(sources, last)
  const [best] = sources
    .flatMap((source) => {
      const pick = firstOf(source)
      return pick ? [{ pick, rank: rankOf(source) }] : []
    })
    .sort((a, b) => b.rank - a.rank)
  if (stays && !(best && best.rank === OPENER && !stays.source.startsWith('window:'))) return stays
  return best?.pick ?? null
}

const OPENER = 2

const rankOf = ({ id, connected }: Source): number => (id.startsWith('window:') ? OPENER : connected ? 1 : 0)

function firstOf(source: Source): Picked | null {
  if (source.kind === 'tokens') return { source: source.id, actor: null }
  const [root] = family(source.feed.actors)
  return root ? { source: source.id, actor: root.actor.key } : null
}

/** What was picked, as long as it is there. */
function present(sources: readonly Source[], picked: Picked | null): Picked | null {
  const source = picked && sources.find(({ id }) => id === picked.source)
  if (!picked || !source) return null
  if (source.kind === 'tokens') return picked
  return source.feed.actors.some(({ key }) => key === picked.actor) ? picked : firstOf(source)
}
