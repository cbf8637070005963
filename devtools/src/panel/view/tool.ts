import { h, type Props } from '../dom/h'
import { icon } from './icon'

/** A button that is only an icon: its name is for the ear and the tooltip. */
export const tool = (path: string, label: string, onclick: () => void, more?: Props) =>
  h('button', { key: label, class: 'tool', title: label, 'aria-label': label, onclick, ...more }, icon(path))
