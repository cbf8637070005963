/** A source file as text, made by build-excerpt.mjs while the page is built. */
declare module '*?excerpt' {
  export const lines: readonly (readonly {
    readonly kind: 'keyword' | 'string' | 'comment' | ''
    readonly text: string
  }[])[]
}
