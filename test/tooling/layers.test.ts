import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsOf, readText, repoFiles } from '../helpers/repo'

const files = repoFiles()
const sources = files.filter((path) => /^(machines|src|devtools\/src)\/.*\.ts$/.test(path))
const layerOf = (path: string) => path.match(/^(machines|src|devtools)\//)?.[1] ?? 'elsewhere'

/** The file that a relative import means. */
const target = (from: string, specifier: string) => {
  const path = normalize(join(dirname(from), specifier))
  return sources.find((source) => source === `${path}.ts` || source === `${path}/index.ts`)
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
  const clocks = ['src/clock.ts', 'devtools/src/clock.ts']

  it('is the machine’s clock, outside the files that are named after it', () => {
    const asks = /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|(?<![.\w])set(?:Timeout|Interval)\(/
    const asking = sources.filter((path) => !clocks.includes(path) && asks.test(code(path)))
    expect(asking).toEqual([])
  })

  it('is the die: luck is a parameter', () => {
    expect(sources.filter((path) => /\bMath\.random\(/.test(code(path)))).toEqual([])
  })

  it('is the console, but for what a subscriber threw and the one warning', () => {
    const logging = sources.filter(
      (path) => /\bconsole\./.test(code(path)) && !path.startsWith('devtools/src/cli'),
    )
    expect(logging).toEqual(['src/streams.ts', 'src/warnings.ts'])
  })

  /** Without comments, which may speak of what the code does not do. */
  function code(path: string): string {
    return readText(path).replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '')
  }
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
