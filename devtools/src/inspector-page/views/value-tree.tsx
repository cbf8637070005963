/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { isPlainList, isPlainObject, type Plain } from '../model/plain'

interface ValueTreeProps {
  readonly name: string
  readonly value: Plain
  readonly open?: boolean
}

const MOST_ENTRIES = 100

/** Data as nested lists that open and close; what is closed is not in the document. */
export function ValueTree({ name, value, open = false }: ValueTreeProps) {
  const [opened, setOpened] = useState(open)
  const [all, setAll] = useState(false)
  const entries = isPlainList(value)
    ? value.map((item, index) => [String(index), item] as const)
    : isPlainObject(value)
      ? Object.entries(value)
      : null
  if (!entries) {
    return (
      <p class="leaf">
        <span class="key">{name}</span> <span data-value={kindOf(value)}>{leafText(value)}</span>
      </p>
    )
  }
  const shown = all ? entries : entries.slice(0, MOST_ENTRIES)
  return (
    <details class="branch" open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <span class="key">{name}</span>{' '}
        <span class="size">{isPlainList(value) ? `list of ${entries.length}` : summaryOf(entries)}</span>
      </summary>
      {opened && (
        <ul>
          {shown.map(([key, item]) => (
            <li key={key}>
              <ValueTree name={key} value={item} open={entries.length < 12 && key === 'context'} />
            </li>
          ))}
          {shown.length < entries.length && (
            <li>
              <button type="button" class="link" onClick={() => setAll(true)}>
                {entries.length - shown.length} more
              </button>
            </li>
          )}
        </ul>
      )}
    </details>
  )
}

const kindOf = (value: Plain): string => (value === null ? 'null' : typeof value)

const leafText = (value: Plain): string => (typeof value === 'string' ? `"${value}"` : String(value))

function summaryOf(entries: readonly (readonly [string, Plain])[]): string {
  if (entries.length === 0) return 'empty'
  const keys = entries.slice(0, 4).map(([key]) => key)
  return `{ ${keys.join(', ')}${entries.length > keys.length ? ', …' : ''} }`
}
