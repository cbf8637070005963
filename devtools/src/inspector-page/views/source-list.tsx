/** @jsxImportSource preact */
import { useEffect, useRef } from 'preact/hooks'
import { valueLabel } from '../model/active-states'
import type { Actor } from '../model/actor'
import { family } from '../model/family'
import { LIMITS } from '../model/limits'
import type { Source } from '../model/sources'
import { tintOf } from '../model/tint'
import type { Picked } from './app'
import { Icon } from './icons'
import { listKey } from './list-keys'
import { statusText } from './status-text'

interface SourceListProps {
  readonly sources: readonly Source[]
  readonly picked: Picked
  readonly onPick: (picked: Picked) => void
  readonly onRemove: (id: string) => void
}

const optionId = ({ source, actor }: Picked) => `option ${source} ${actor ?? ''}`.replace(/\s/g, '_')

export function SourceList({ sources, picked, onPick, onRemove }: SourceListProps) {
  const list = useRef<HTMLDivElement>(null)
  const options = sources.flatMap(optionsOf)
  const at = options.findIndex(({ source, actor }) => source === picked.source && actor === picked.actor)

  useEffect(() => {
    document.getElementById(optionId(picked))?.scrollIntoView({ block: 'nearest' })
  }, [picked.source, picked.actor])

  return (
    <nav class="sources" aria-label="Sources">
      <div
        class="source-list"
        ref={list}
        role="listbox"
        aria-label="Stores and actors"
        tabIndex={0}
        aria-activedescendant={at >= 0 ? optionId(picked) : undefined}
        onKeyDown={(event) => {
          const next = options[listKey(event.key, at, options.length)]
          if (!next) return
          event.preventDefault()
          onPick(next)
        }}
      >
        {sources.map((source) => (
          <SourceGroup key={source.id} source={source} picked={picked} onPick={onPick} />
        ))}
      </div>
      {sources.some(({ connected }) => !connected) && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            for (const { id, connected } of sources) if (!connected) onRemove(id)
          }}
        >
          <Icon name="close" />
          Close what has left
        </button>
      )}
    </nav>
  )
}

const optionsOf = (source: Source): Picked[] =>
  source.kind === 'tokens'
    ? [{ source: source.id, actor: null }]
    : family(source.feed.actors).map(({ actor }) => ({ source: source.id, actor: actor.key }))

interface SourceGroupProps extends Omit<SourceListProps, 'sources' | 'onRemove'> {
  readonly source: Source
}

function SourceGroup({ source, picked, onPick }: SourceGroupProps) {
  const isFile = source.id.startsWith('file:')
  const beyond = source.kind === 'machines' ? source.feed.turnedAway : 0
  const gone = !source.connected && !isFile
  const label = [source.name, source.from, gone && 'not connected', beyond > 0 && beyondText(beyond)]
    .filter(Boolean)
    .join(', ')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
    <div class="source" role="group" aria-label={label} data-connected={source.connected}>
      <p class="source-name" aria-hidden="true">
        <span title={source.name}>{source.name}</span>
        <small title={source.from}>{source.from}</small>
      </p>
      {gone && (
        <p class="source-gone" aria-hidden="true">
          not connected
        </p>
      )}
      {source.kind === 'tokens' ? (
        <Option
          at={{ source: source.id, actor: null }}
          picked={picked}
          onPick={onPick}
          name="Token stores"
          note={source.connected ? 'live' : isFile ? 'file' : 'as it was last'}
        />
      ) : (
        family(source.feed.actors).map(({ actor, depth }) => (
          <Option
            key={actor.key}
            at={{ source: source.id, actor: actor.key }}
            picked={picked}
            onPick={onPick}
            name={actor.name}
            depth={depth}
            note={noteOf(actor)}
            tint={actor.status === 'active' && actor.chart ? tintOf(noteOf(actor)) : null}
          />
        ))
      )}
      {beyond > 0 && (
        <p class="source-beyond" aria-hidden="true">
          {beyondText(beyond)}
        </p>
      )}
    </div>
  )
}

const beyondText = (count: number) =>
  `${count} more ${count === 1 ? 'is' : 'are'} not shown: at most ${LIMITS.actors} actors at once`

/** What is not connected keeps the state it was in; that it may be another one now is said above it. */
const noteOf = ({ status, entries }: Actor): string =>
  status === 'active' || status === 'lost'
    ? valueLabel(entries.at(-1)?.after) || statusText(status)
    : statusText(status)

interface OptionProps {
  readonly at: Picked
  readonly picked: Picked
  readonly onPick: (picked: Picked) => void
  readonly name: string
  readonly note: string
  readonly depth?: number
  readonly tint?: number | null
}

function Option({ at, picked, onPick, name, note, depth = 0, tint = null }: OptionProps) {
  const selected = at.source === picked.source && at.actor === picked.actor
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus, and says which option is active
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the listbox's
    <div
      id={optionId(at)}
      class="source-option"
      role="option"
      aria-selected={selected}
      data-depth={Math.min(depth, 6)}
      onClick={() => onPick(at)}
    >
      <span class="source-option-name">{name}</span>
      <span class="note" data-tint={tint}>
        {note}
      </span>
    </div>
  )
}
