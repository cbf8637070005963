import { h } from '../dom/h'
import { icon } from './icon'

/** A button that is only an icon: its name is for the ear and the tooltip. */
export const tool = (
  path: string,
  label: string,
  onclick: () => void,
  { pressed, key = label }: { pressed?: boolean; key?: string } = {},
) =>
  h(
    'button',
    { key, class: 'tool', title: label, 'aria-label': label, 'aria-pressed': pressed ?? null, onclick },
    icon(path),
  )
