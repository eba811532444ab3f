import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ApiPages, type ApiProject, apiPages } from '../../src/book/site/api/apiPages.js'
import { firstSentence, textHtml } from '../../src/book/site/api/apiText.js'
import { type ApiText, type ApiType, typeHtml } from '../../src/book/site/api/apiTypes.js'
import { unescapeHtml } from '../../src/book/site/text/html.js'
import type { MarkdownPage } from '../../src/book/site/text/markdown.js'
import { root } from '../support/capabilities.js'

interface Read {
  readonly project: ApiProject
  readonly warnings: readonly string[]
}
interface Reader {
  packageApi(options: { log(line: string): void }): Promise<Read>
  readExports(entry: string, tsconfig: string): Promise<Read>
}

const reader = async (): Promise<Reader> => import(pathToFileURL(join(root, 'scripts', 'book', 'api.mjs')).href)

/** The names that an index file exports, by reading its text. */
function exportedNames(index: string): string[] {
  const code = index.replace(/\/\/.*$/gm, '')
  return [...code.matchAll(/export (?:type )?\{([^}]*)\} from/g)].flatMap(([, list]) =>
    list!
      .split(',')
      .map(name => name.trim().replace(/^type /, ''))
      .filter(name => name !== ''),
  )
}

/** The section of an export on its page, undefined if no page has it. */
function sectionOf(pages: ApiPages, name: string): string | undefined {
  for (const { html } of pages.layers) {
    const start = html.indexOf(`<section class="export" id="${name}">`)
    if (start >= 0) return html.slice(start, html.indexOf('</section>', start))
  }
  return undefined
}

/** Names without a section, or whose section has no words below the declaration. */
function unexplained(pages: ApiPages, names: readonly string[]): string[] {
  return names.filter(name => {
    const summary = /<div class="summary">([\s\S]*?)<\/div>/.exec(sectionOf(pages, name) ?? '')?.[1] ?? ''
    return !/\w{2}/.test(summary.replace(/<[^>]*>/g, ''))
  })
}

const plainPage = (errors: string[] = []): MarkdownPage => ({
  ids: new Set(),
  headings: [],
  link: target => target,
  onError: message => errors.push(message),
})

describe('the API reference', () => {
  const src = join(root, 'src')
  const rooms = readdirSync(src).filter(name => existsSync(join(src, name, 'index.ts')))
  const names = rooms.flatMap(room => exportedNames(readFileSync(join(src, room, 'index.ts'), 'utf8')))
  const errors: string[] = []
  let read: Read
  let pages: ApiPages
  beforeAll(async () => {
    read = await (await reader()).packageApi({ log: () => undefined })
    pages = apiPages(read.project, root, (page, message) => errors.push(`${page}: ${message}`))
  })

  it('is read without a warning: every export is documented, every link of a docblock leads somewhere', () => {
    expect(read.warnings).toEqual([])
  })

  it('has a place with a summary for every name that the rooms export, and for nothing else', async () => {
    expect(names.length).toBeGreaterThan(500)
    expect(unexplained(pages, names)).toEqual([])
    const shown = pages.layers.flatMap(({ html }) =>
      [...html.matchAll(/<section class="export" id="([^"]+)"/g)].map(match => match[1]!),
    )
    expect(shown.sort()).toEqual([...names].sort())
    // What can be called is seen by the runtime too.
    const library = await import('../../src/index.js')
    for (const name of Object.keys(library)) expect(names).toContain(name)
  })

  it('lists every export on its first page, with a link to its place', () => {
    const links = new Map(
      [...pages.index.html.matchAll(/<dt><a href="([^"]+)"><code>([^<]+)<\/code>/g)].map(([, href, name]) => [
        name!,
        href!,
      ]),
    )
    expect([...links.keys()].sort()).toEqual([...names].sort())
    for (const [name, href] of links) {
      const [page, anchor] = href.split('#')
      const layer = pages.layers.find(body => `${body.name}.html` === page)
      expect(layer?.ids.has(anchor!), href).toBe(true)
      expect(anchor).toBe(name)
    }
  })

  it('names a missing export and an empty summary (control)', () => {
    expect(unexplained(pages, ['cutoffKernel', 'nothingOfTheKind'])).toEqual(['nothingOfTheKind'])
    const layers = pages.layers.map(body => ({
      ...body,
      html: body.html.replace(/(id="cutoffKernel">[\s\S]*?<div class="summary">)[\s\S]*?<\/div>/, '$1</div>'),
    }))
    expect(unexplained({ ...pages, layers }, ['cutoffKernel'])).toEqual(['cutoffKernel'])
  })

  it('typesets formulas without an error, links types, and shows the line of the source', () => {
    expect(errors).toEqual([])
    expect(pages.layers.find(({ name }) => name === 'api-claims')!.html).toContain('class="katex"')
    const section = sectionOf(pages, 'cutoffKernel')!
    expect(section).toContain('<a href="api-interaction.html#Kernel">Kernel</a>')
    expect(section).toMatch(/Throws[\s\S]*RangeError/)
    const line = Number(/#source-cutoffKernel-(\d+)"/.exec(section)![1])
    const source = readFileSync(join(root, 'src', 'interaction', 'cutoffKernel.ts'), 'utf8').split('\n')
    expect(source[line - 1]).toContain('export function cutoffKernel(')
    expect(pages.layers.map(({ html }) => html).join('')).toContain(`id="source-cutoffKernel-${line}"`)
  })

  it('has no script, no style and no address of another host of its own', () => {
    for (const { html } of [pages.index, ...pages.layers]) expect(html).not.toMatch(/<script|<style|\son\w+="|src="/)
  })
})

describe('typedoc', () => {
  it('reports an undocumented export, an unknown link and a type that is not exported (control)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mfl-api-'))
    try {
      writeFileSync(
        join(folder, 'index.ts'),
        `interface Hidden { readonly a: number }
/** Documented; see {@link nothingOfTheKind}. @param hidden what it takes */
export function documented(hidden: Hidden): number { return hidden.a }
export function undocumented(): number { return 1 }
/** @throws never */
export function onlyTags(): number { return 1 }
`,
      )
      writeFileSync(join(folder, 'package.json'), '{ "name": "mean-field-limit", "version": "0.0.0" }')
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ compilerOptions: { strict: true, types: [] }, include: ['.'] }),
      )
      const { readExports } = await reader()
      const { warnings } = await readExports(join(folder, 'index.ts'), join(folder, 'tsconfig.json'))
      expect(warnings.join('\n')).toMatch(/undocumented.*does not have any documentation/)
      expect(warnings.join('\n')).toMatch(/nothingOfTheKind/)
      expect(warnings.join('\n')).toMatch(/Hidden.*not included in the documentation/)
      expect(warnings.join('\n')).toMatch(/onlyTags has tags, and no sentence/)
      expect(warnings).toHaveLength(4)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('a type in the API reference', () => {
  const shown = (type: ApiType): string => unescapeHtml(typeHtml(type, () => undefined).replace(/<[^>]*>/g, ''))
  const text: ApiType = { type: 'intrinsic', name: 'string' }
  const either: ApiType = { type: 'union', types: [text, { type: 'literal', value: 1 }] }

  it('is TypeScript, with parentheses where they are needed', () => {
    expect(shown({ type: 'array', elementType: either })).toBe('(string | 1)[]')
    expect(shown({ type: 'typeOperator', operator: 'readonly', target: { type: 'array', elementType: text } })).toBe(
      'readonly string[]',
    )
    expect(shown({ type: 'reference', name: 'Promise', typeArguments: [either] })).toBe('Promise<string | 1>')
    const member: ApiType = { type: 'namedTupleMember', name: 'low', isOptional: false, element: text }
    expect(shown({ type: 'tuple', elements: [member, { type: 'rest', elementType: text }] })).toBe(
      '[low: string, ...string]',
    )
    expect(shown({ type: 'predicate', name: 'value', asserts: true, targetType: text })).toBe('asserts value is string')
    const mapped: ApiType = { type: 'mapped', parameter: 'Name', parameterType: text, templateType: either }
    expect(shown(mapped)).toBe('{ [Name in string]: string | 1 }')
    expect(shown({ ...mapped, readonlyModifier: '+', optionalModifier: '+' })).toBe(
      '{ readonly [Name in string]?: string | 1 }',
    )
  })

  it('of an unknown form is an error that names it', () => {
    expect(() => shown({ type: 'conditional' })).toThrow(/cannot show a type of the form conditional/)
  })
})

describe('the text of a docblock', () => {
  const text = (content: string): ApiText[] => [{ kind: 'text', text: content }]

  it('stays as it is where Markdown would read it otherwise', () => {
    const html = textHtml(text('k^N_delta(q) = q_1 * q_2 < |q| and [0, 1] & #1'), () => undefined, plainPage())
    expect(html.replace(/&lt;/g, '<').replace(/&amp;/g, '&')).toBe(
      '<p>k^N_delta(q) = q_1 * q_2 < |q| and [0, 1] & #1</p>',
    )
  })

  it('has lists, formulas and code, and a formula that cannot be typeset is reported', () => {
    const errors: string[] = []
    const html = textHtml(text('One:\n- $N^{-\\delta}$\n- two\n\n$\\cdotW$'), () => undefined, plainPage(errors))
    expect(html).toMatch(/<ul>[\s\S]*katex[\s\S]*<\/ul>/)
    expect(errors.join()).toMatch(/cdotW/)
    expect(textHtml(text('TeX between $...$.'), () => undefined, plainPage())).toBe('<p>TeX between $...$.</p>')
  })

  it('is cut after its first sentence', () => {
    const summary = text('Runs both, as in Def. 5.1, at 0.5. Then more.')
    expect(firstSentence({ summary }).map(piece => piece.text)).toEqual(['Runs both, as in Def. 5.1, at 0.5.'])
  })
})
