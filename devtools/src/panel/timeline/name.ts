import type { Actions } from '../actions'
import { h } from '../dom/h'
import type { Life } from '../model/lives'
import { stateIcon } from '../view/icon'

/** Whose lane it is, and how they are; undefined before anything was heard of them. Pressed, it is the one that is shown. */
export const nameView = (
  key: string,
  life: Life | undefined,
  picked: boolean,
  severalStores: boolean,
  act: Actions,
) =>
  h(
    'button',
    {
      key,
      class: 'name',
      'aria-pressed': picked,
      onclick: () => act.set({ life: key, selected: null }),
    },
    h(
      'span',
      { class: 'who', 'data-state': life?.status },
      stateIcon(life?.status ?? 'idle'),
      h('b', null, life?.label ?? 'not yet'),
    ),
    h(
      'span',
      { class: 'quiet' },
      [severalStores && life?.store, life?.room && `room ${life.room}`].filter(Boolean).join(' · '),
    ),
  )
