import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compile } from 'svelte/compiler'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { compileScript, parse as parseVue } from 'vue/compiler-sfc'
import { HELP } from '../../devtools/src/cli/help'
import { type Fence, fencesOf } from '../helpers/fences'
import { ROOT, readText, repoFiles } from '../helpers/repo'

const documents = repoFiles().filter((path) => /\.md$/.test(path) && !path.startsWith('.changeset/'))
const fences = documents.flatMap((path) => fencesOf(path, readText(path)))
const of = (...languages: string[]) => fences.filter(({ language }) => languages.includes(language))
const place = ({ file, line }: Fence) => `${file}:${line}`
const checked = ['ts', 'tsx', 'js', 'vue', 'svelte', 'json', 'sh', 'css']
/** Drawn or only read: there is nothing to run. */
const shown = ['mermaid', 'text', 'http', 'html']

describe('The code in the documents', () => {
  it('is there, in languages that are checked or only shown', () => {
    expect(fences.length).toBeGreaterThan(10)
    const unknown = fences.filter(({ language }) => ![...checked, ...shown].includes(language))
    expect(unknown.map((fence) => `${place(fence)} ${fence.language}`)).toEqual([])
  })

  it('type-checks, each block as a module of its own', () => {
    const blocks = [...of('ts', 'tsx', 'js'), ...of('vue').map(vueScript), ...of('svelte').map(svelteScript)]
    expect(blocks.length).toBeGreaterThan(8)
    expect(diagnosticsOf(blocks)).toEqual([])
  }, 120_000)

  it.each(of('svelte').map((fence) => [place(fence), fence.text]))(
    'compiles: the Svelte of %s',
    (_, text) => {
      expect(compile(text, { generate: 'client' }).warnings.map(({ message }) => message)).toEqual([])
    },
  )

  it.each(of('vue').map((fence) => [place(fence), fence.text]))('compiles: the Vue of %s', (_, text) => {
    expect(vueProblems(text)).toEqual([])
  })

  it.each(of('json').map((fence) => [place(fence), fence.text]))('parses: the JSON of %s', (_, text) => {
    expect(() => JSON.parse(text)).not.toThrow()
  })

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> }
    const named = of('sh').flatMap((fence) =>
      [...fence.text.matchAll(/\bnpm (?:run (\S+)|(test|start)\b)/g)].map(
        ([, run, short]) => run ?? short ?? '',
      ),
    )
    expect(named).toContain('test')
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('names flags of the CLI that its help tells of', () => {
    const lines = of('sh').flatMap(({ text }) =>
      text.split('\n').filter((line) => line.includes('token-devtools dev')),
    )
    expect(lines.length).toBeGreaterThan(0)
    const flags = lines.flatMap((line) => line.match(/--[a-zA-Z-]+/g) ?? [])
    expect(flags.filter((flag) => !HELP.includes(flag))).toEqual([])
  })
})

describe('What checks it', () => {
  const example = (language: string, text: string): Fence => ({
    file: 'example.md',
    line: 10,
    language,
    text,
  })

  it('finds what is wrong in a block, and says on which line', () => {
    const wrong = [
      example('ts', "\nexport const count: number = 'one'"),
      example(
        'tsx',
        "import { useTokens } from 'livekit-token-store'\nexport const view = <p>{useTokens()}</p>",
      ),
      example('js', "import { createTokenStore } from 'livekit-token-store'\ncreateTokenStore({})"),
      svelteScript(example('svelte', '<script lang="ts">\nconst count: number = store\n</script>{count}')),
    ]
    expect(diagnosticsOf(wrong).map((told) => told.slice(0, 30))).toEqual([
      expect.stringContaining('example.md:12 Type'),
      expect.stringContaining('example.md:11 Module'),
      expect.stringContaining('example.md:12 Argument'),
      expect.stringContaining('example.md:12 Cannot find'),
    ])
  }, 60_000)

  it('leaves the blocks apart: what one declares no other knows', () => {
    const apart = [example('ts', 'const mine = 1'), example('ts', 'console.log(mine)')]
    expect(diagnosticsOf(apart)).toEqual([expect.stringContaining("Cannot find name 'mine'")])
  }, 60_000)

  it('finds a name in a Vue template that its script does not have', () => {
    const component = (name: string) =>
      `<script setup lang="ts">\nconst state = 1\n</script>\n<template><p>{{ ${name} }}</p></template>`
    expect(vueProblems(component('state'))).toEqual([])
    expect(vueProblems(component('sate'))).toEqual(['the template uses sate'])
    expect(vueProblems(component('state +'))).toHaveLength(1)
  })

  it('reads every fence, whatever is around it', () => {
    const markdown =
      '# A\n```ts\none\n```\n- in a list:\n  ```sh\n  two\n    three\n  ```\n````text\n```\n````'
    expect(fencesOf('a.md', markdown).map(({ language, line, text }) => [language, line, text])).toEqual([
      ['ts', 2, 'one'],
      ['sh', 6, 'two\n  three'],
      ['text', 10, '```'],
    ])
    expect(() => fencesOf('a.md', '```ts\none')).toThrow('a.md:1')
  })
})

describe('The documents', () => {
  it.each(documents)('%s links to what is there', (path) => {
    const links = [...readText(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)].map(
      ([, target = '']) => target,
    )
    expect(links.filter((target) => !existsSync(join(ROOT, dirname(path), target)))).toEqual([])
  })

  it.each(documents)('%s names files of the repo that are there', (path) => {
    const named = [
      ...readText(path).matchAll(
        /`((?:src|machines|devtools\/src|test|scripts|examples|bench|docs)\/[\w./-]+\.\w+)`/g,
      ),
    ]
    expect(named.map(([, file = '']) => file).filter((file) => !existsSync(join(ROOT, file)))).toEqual([])
  })

  it('the README draws the machine as it is', () => {
    expect(() =>
      execFileSync(process.execPath, ['scripts/diagram.mjs', '--check'], { cwd: ROOT, stdio: 'pipe' }),
    ).not.toThrow()
  })
})

/** What the compiler finds, and what the template uses though the script does not have it. */
function vueProblems(text: string): string[] {
  const { descriptor, errors } = parseVue(text)
  if (errors.length > 0) return errors.map(String)
  try {
    const { content } = compileScript(descriptor, { id: 'example', inlineTemplate: true })
    return [...content.matchAll(/\b_ctx\.(\w+)/g)].map(([, name]) => `the template uses ${name}`)
  } catch (error) {
    return [String(error)]
  }
}

function vueScript(fence: Fence): Fence {
  const { scriptSetup } = parseVue(fence.text).descriptor
  return { ...fence, language: 'ts', text: scriptSetup?.content ?? '' }
}

/** `$store` reads a store in a component's script and markup; for the compiler it is a value that is there. */
function svelteScript(fence: Fence): Fence {
  const script = /<script[^>]*>([\s\S]*?)<\/script>/.exec(fence.text)?.[1] ?? ''
  const reads = [...new Set(fence.text.match(/\$[a-z]\w*(?=\.)/g) ?? [])]
  const known = [...reads.map((name) => `const ${name}: unknown`), 'function $props<Props>(): Props']
  return { ...fence, language: 'ts', text: [script, ...known.map((one) => `declare ${one}`)].join('\n') }
}

/** The blocks stand beside the repo's sources, so they import the packages by name as an app does. */
function diagnosticsOf(blocks: readonly Fence[]): string[] {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    ROOT,
  )
  const texts = new Map<string, { fence: Fence; text: string }>()
  for (const [index, fence] of blocks.entries()) {
    const name = join(ROOT, `.docs-block-${index}.${fence.language}`)
    texts.set(name, { fence, text: `${fence.text}\nexport {}\n` })
  }
  // An example may declare what it does not use.
  const host = ts.createCompilerHost({ ...options, noUnusedLocals: false, noUnusedParameters: false })
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (name) => texts.has(name) || fileExists(name)
  host.readFile = (name) => texts.get(name)?.text ?? readFile(name)
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const block = texts.get(name)
    return block
      ? ts.createSourceFile(name, block.text, languageVersion)
      : getSourceFile.call(host, name, languageVersion, ...rest)
  }
  const program = ts.createProgram({
    rootNames: [...texts.keys()],
    options: { ...options, noUnusedLocals: false, noUnusedParameters: false },
    host,
  })
  return [...texts].flatMap(([name, { fence }]) => {
    const source = program.getSourceFile(name)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) => {
        const line = source ? source.getLineAndCharacterOfPosition(start).line : 0
        return `${fence.file}:${fence.line + 1 + line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
      },
    )
  })
}
