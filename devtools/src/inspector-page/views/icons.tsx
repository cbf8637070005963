/** @jsxImportSource preact */

const PATHS = {
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  fit: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3',
  file: 'M4 2.5h5l3 3v8H4zM9 2.5v3h3',
  save: 'M8 2.5v7M5 7l3 3 3-3M3 13h10',
  copy: 'M6 5.5h7v8H6zM3.5 10.5v-8h7',
  close: 'M4 4l8 8M12 4l-8 8',
  theme: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  clear: 'M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.5 9h6l.5-9',
} as const

export type IconName = keyof typeof PATHS

/** Says nothing to a screen reader: what it stands for is named beside it, or by its button. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
