type Handler = (event: never) => void

/** `on…` listens; `value` is a property; the rest are attributes, absent when null or false. */
export interface Props {
  /** Tells siblings apart; without one it is the place among them. */
  readonly key?: string | number
  readonly [name: string]: string | number | boolean | null | undefined | Handler
}

export type Child = VNode | string | number | null | undefined | false | readonly Child[]

/** What is to be shown. `node` is where it is, once it is. */
export interface VNode {
  readonly tag: string
  readonly props: Props
  readonly children: readonly (VNode | null)[]
  node?: Element | Text
}

export const h = (tag: string, props: Props | null = null, ...children: Child[]): VNode => ({
  tag,
  props: props ?? {},
  children: flat(children),
})

/** Holes keep their place, so that what follows one stays what it is. */
const flat = (children: readonly Child[]): (VNode | null)[] =>
  children.flatMap((child) => {
    if (Array.isArray(child)) return flat(child)
    if (child === null || child === undefined || child === false) return [null]
    return [typeof child === 'object' ? (child as VNode) : text(child as string | number)]
  })

const text = (content: string | number): VNode => ({ tag: '', props: { content }, children: [] })
