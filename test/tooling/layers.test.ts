import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { globalsUsed } from '../helpers/globals'
import { importsOf, readText, repoFiles } from '../helpers/repo'

const files = repoFiles()
const sources = files.filter((path) => /^(machines|src|devtools\/src)\/.*\.tsx?$/.test(path))
const layerOf = (path: string) => path.match(/^(machines|src|devtools)\//)?.[1] ?? 'elsewhere'

/** The file that a relative import means. */
const target = (from: string, specifier: string) => {
  const path = normalize(join(dirname(from), specifier))
  return sources.find((source) => [`${path}.ts`, `${path}.tsx`, `${path}/index.ts`].includes(source))
}

const edges = sources.flatMap((from) =>
  importsOf(from).map(({ specifier, typeOnly }) => ({
    from,
    specifier,
    typeOnly,
    to: target(from, specifier),
  })),
)
const told = (rows: readonly { from: string; specifier: string }[]) =>
  rows.map(({ from, specifier }) => `${from} imports ${specifier}`)

describe('Imports point one way: machines <- src <- devtools', () => {
  it('finds the sources and their imports', () => {
    expect(sources.length).toBeGreaterThan(40)
    expect(edges.length).toBeGreaterThan(100)
    const lost = edges.filter(({ specifier, to }) => specifier.startsWith('.') && !to)
    expect(told(lost.filter(({ specifier }) => !specifier.endsWith('.json')))).toEqual([])
  })

  it('lets machines import xstate and themselves alone', () => {
    const foreign = edges.filter(
      ({ from, specifier, to }) =>
        layerOf(from) === 'machines' && specifier !== 'xstate' && (!to || layerOf(to) !== 'machines'),
    )
    expect(told(foreign)).toEqual([])
  })

  it('lets src import its dependencies, machines and itself alone', () => {
    const packages = ['rxjs', 'xstate', 'jose', 'livekit-client']
    const foreign = edges.filter(
      ({ from, specifier, to }) =>
        layerOf(from) === 'src' && !packages.includes(specifier) && (!to || layerOf(to) === 'devtools'),
    )
    expect(told(foreign)).toEqual([])
  })

  it('lets devtools reach the store by its package name alone', () => {
    const inside = edges.filter(
      ({ from, to }) => layerOf(from) === 'devtools' && to !== undefined && layerOf(to) !== 'devtools',
    )
    expect(told(inside)).toEqual([])
  })

  it('keeps livekit-client to the entry that is named after it', () => {
    const elsewhere = edges.filter(
      ({ from, specifier }) => specifier === 'livekit-client' && !from.startsWith('src/livekit/'),
    )
    expect(told(elsewhere)).toEqual([])
    const intoIt = edges.filter(
      ({ from, to }) => to?.startsWith('src/livekit/') && !from.startsWith('src/livekit/'),
    )
    expect(told(intoIt)).toEqual([])
  })

  it('has no cycle that is there at run time', () => {
    const next = new Map<string, string[]>()
    for (const { from, to, typeOnly } of edges)
      if (to && !typeOnly) next.set(from, [...(next.get(from) ?? []), to])
    const done = new Set<string>()
    const walk = (path: string, above: readonly string[]): string[] | undefined => {
      if (above.includes(path)) return [...above.slice(above.indexOf(path)), path]
      if (done.has(path)) return undefined
      for (const imported of next.get(path) ?? []) {
        const cycle = walk(imported, [...above, path])
        if (cycle) return cycle
      }
      done.add(path)
      return undefined
    }
    expect(sources.map((path) => walk(path, [])).filter(Boolean)).toEqual([])
  })
})

describe('What the sources leave alone', () => {
  /** Who uses one of these, in the code itself: a comment may speak of what the code does not do. */
  const users = (names: readonly string[]) =>
    sources.filter((path) => [...globalsUsed(path)].some((name) => names.includes(name)))

  it('is the machine’s clock, outside the files that are named after it', () => {
    const asks = ['Date.now', 'new Date()', 'performance.now', 'setTimeout', 'setInterval', 'setImmediate']
    expect(users(asks).sort()).toEqual(['devtools/src/clock.ts', 'src/clock.ts'])
  })

  it('is the die, but as a default: luck is a parameter', () => {
    expect(users(['Math.random']).sort()).toEqual([
      'devtools/src/endpoint/start-token-endpoint.ts',
      'src/options.ts',
    ])
  })

  it('is the console, but for what a subscriber threw, the one warning, and the logger', () => {
    const logging = users(['console']).filter((path) => !path.startsWith('devtools/src/cli'))
    expect(logging.sort()).toEqual(['devtools/src/bridges/console.ts', 'src/streams.ts', 'src/warnings.ts'])
  })
})

describe('What finds them', () => {
  it('sees every way to import', () => {
    const text = `import a from 'a'; import type b from 'b'; export { c } from 'c'; export type { d } from 'd'
      const e = await import('e'); const f = require('f'); type G = import('g').G; import 'h'
      // import i from 'i'
      const j = "import j from 'j'"`
    const imports = importsOf('example.ts', text)
    expect(imports.map(({ specifier }) => specifier)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
    const types = imports.filter(({ typeOnly }) => typeOnly)
    expect(types.map(({ specifier }) => specifier)).toEqual(['b', 'd', 'g'])
  })

  it.each([
    'setTimeout(f, 1)',
    'globalThis.setTimeout(f, 1)',
    'const clock = { setTimeout }',
    'const clock = { setTimeout: setTimeout }',
    'const wait = setTimeout',
  ])('sees the timer in %s', (text) => {
    expect(globalsUsed('example.ts', text)).toContain('setTimeout')
  })

  it.each([
    'clock.setTimeout(f, 1)',
    'const clock = { setTimeout: f }',
    'interface Clock { setTimeout(callback: () => void): void }',
    'type Handle = ReturnType<typeof setTimeout>',
    'const { setTimeout: wait } = clock',
    "// setTimeout(f, 1)\nconst text = 'setTimeout(f, 1)'",
  ])('sees no timer in %s', (text) => {
    expect(globalsUsed('example.ts', text)).not.toContain('setTimeout')
  })

  it('tells the date of now from a date that is given', () => {
    expect(globalsUsed('example.ts', 'new Date(); Date.now()')).toEqual(
      new Set(['new Date()', 'Date.now', 'Date']),
    )
    expect(globalsUsed('example.ts', 'new Date(at)')).not.toContain('new Date()')
  })
})

describe('What no file of the repo names', () => {
  const texts = files.filter((path) =>
    /\.(ts|tsx|mjs|js|json|md|html|css|yml|yaml)$|^\.ci\/run$|^\.npmrc$/.test(path),
  )

  it('is a package registry’s host', () => {
    const hosts = new RegExp(['registry', 'npmjs'].join('\\.'))
    expect(texts.filter((path) => hosts.test(readText(path)))).toEqual([])
  })

  it('is a path of the machine that it was written on', () => {
    const paths = new RegExp(`(?<![\\w.])/(?:${['work', 'root', 'home'].join('|')})/[\\w.]`)
    expect(texts.filter((path) => paths.test(readText(path)))).toEqual([])
  })
})
