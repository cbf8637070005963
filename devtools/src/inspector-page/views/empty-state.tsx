/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { type Snippet, snippets } from '../model/snippets'
import type { Page } from '../page'
import { Icon } from './icons'
import { OpenFileButton, type OpenFileProps } from './open-file'

export function EmptyState({ page, ...file }: { page: Page } & OpenFileProps) {
  const own = new URL('./', window.location.href).href
  return (
    <div class="empty">
      <div class="empty-head">
        <h2>{page.hasPeer ? 'Waiting for the app that opened this page' : 'Nothing is connected yet'}</h2>
        <p>
          Connect an app to this address. All of it stays on this machine: the page loads nothing, and sends
          nothing to your app but a greeting.
        </p>
        <Copyable label="This page’s address" code={own} />
      </div>
      <ul class="ways">
        {snippets(own).map((snippet) => (
          <Way key={snippet.title} snippet={snippet} />
        ))}
      </ul>
      <div class="empty-foot">
        <div>
          <h3>Pages that may connect</h3>
          <p>
            {page.allowedOrigins.map((origin, index) => (
              <span key={origin}>
                {index > 0 && ', '}
                <code>{origin}</code>
              </span>
            ))}
            . Name your app’s origin in <code>--allow-origin</code>, or in startInspector’s{' '}
            <code>allowedOrigins</code>, to add it. Programs may connect as they are.
          </p>
        </div>
        <div>
          <h3>No app at hand?</h3>
          <p>Open a session file that somebody sent you: with this button, or drop it on the page.</p>
          <OpenFileButton {...file} primary />
        </div>
      </div>
    </div>
  )
}

function Way({ snippet }: { snippet: Snippet }) {
  return (
    <li class="way">
      <h3>{snippet.title}</h3>
      <p>{snippet.about}</p>
      <Copyable label={`Code for ${snippet.title}`} code={snippet.code} />
    </li>
  )
}

function Copyable({ label, code }: { label: string; code: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code)
      setCopied(true)
    } catch {
      // No permission: the text can be selected.
      setCopied(false)
    }
  }
  return (
    <div class="copyable">
      <pre>
        <code>{code}</code>
      </pre>
      <button type="button" class="quiet" aria-label={`Copy: ${label}`} onClick={copy}>
        <Icon name="copy" />
        <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
      </button>
    </div>
  )
}
