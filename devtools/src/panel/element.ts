import type { Clock } from 'livekit-token-store'
import { NEVER, type Observable } from 'rxjs'
import { systemClock } from '../clock'
import type { Recorder } from '../recorder/types'
import { createPanel } from './create-panel'
import type { LoadMore } from './load-more'
import type { PanelTheme } from './panel-options'
import { FIRST, TABS, type UiState } from './ui-state'

/**
 * `<token-devtools>`: shows what `recorder` keeps while it has the attribute `open`, or `embedded`, which makes it fill
 * its parent, without docks or a way to close it, and begin with all that there is. `position`, `tab` and `theme` are
 * where it begins; another `theme` is taken over at once.
 */
export class TokenDevtools extends HTMLElement {
  static loadMore: LoadMore
  static readonly observedAttributes = ['open', 'embedded', 'theme']
  #recorder: Recorder | null = null
  #panel: ReturnType<typeof createPanel> | null = null
  #ui: UiState | null = null
  declare clock: Clock
  declare moment$: Observable<number | null>

  constructor() {
    super()
    // What was set before the element was defined stands in the way of what it means.
    const { recorder = null, clock = systemClock, moment$ = NEVER } = this as Partial<TokenDevtools>
    Reflect.deleteProperty(this, 'recorder')
    this.clock = clock
    this.moment$ = moment$
    this.#recorder = recorder
    // The button is not in the panel, but Escape means the same on it.
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) this.#close()
    })
  }

  get recorder(): Recorder | null {
    return this.#recorder
  }

  set recorder(recorder: Recorder | null) {
    this.#stop()
    this.#recorder = recorder
    this.#follow()
  }

  connectedCallback(): void {
    this.#follow()
  }

  disconnectedCallback(): void {
    this.#stop()
  }

  attributeChangedCallback(name: string): void {
    if (name !== 'theme') this.#follow()
    else if (this.#panel) this.#panel.set({ theme: this.#theme })
    else if (this.#ui) this.#ui = { ...this.#ui, theme: this.#theme }
  }

  #follow(): void {
    const embedded = this.hasAttribute('embedded')
    const shown = this.isConnected && (embedded || this.hasAttribute('open'))
    if (!shown || !this.#recorder) this.#stop()
    else this.#panel ??= this.#start(this.#recorder, embedded)
    this.#trigger?.setAttribute('aria-expanded', String(this.#panel !== null))
  }

  get #trigger(): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>('.trigger') ?? null
  }

  #start(recorder: Recorder, embedded: boolean) {
    return createPanel({
      recorder,
      embedded,
      loadMore: TokenDevtools.loadMore,
      clock: this.clock,
      moment$: this.moment$,
      root: this.shadowRoot ?? this.attachShadow({ mode: 'open' }),
      ui: this.#ui ?? this.#first(),
      onUi: (ui) => {
        this.#ui = ui
      },
      onClose: () => this.#close(),
    })
  }

  get #theme(): PanelTheme {
    const theme = this.getAttribute('theme')
    return theme === 'light' || theme === 'dark' ? theme : 'system'
  }

  #first(): UiState {
    const position = this.getAttribute('position') === 'right' ? 'right' : 'bottom'
    const usual = this.hasAttribute('embedded') ? 'overview' : FIRST.tab
    const tab = TABS.find((name) => name === this.getAttribute('tab')) ?? usual
    return { ...FIRST, position, tab, theme: this.#theme }
  }

  #close(): void {
    if (this.hasAttribute('embedded')) return
    this.removeAttribute('open')
    window.focus()
    this.#trigger?.focus()
  }

  /** What was picked and set stays for the next time; a window of its own, and what was said, do not. */
  #stop(): void {
    this.#panel?.stop()
    this.#panel = null
    if (this.#ui) this.#ui = { ...this.#ui, popped: false, hover: null, notice: '', said: '', moment: null }
  }
}
