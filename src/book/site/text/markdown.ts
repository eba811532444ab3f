/**
 * Markdown to HTML as Jupyter reads it: formulas, tables, raw HTML; with headings that can be linked to.
 */
import { tex } from '@mdit/plugin-tex'
import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import json from 'highlight.js/lib/languages/json'
import typescript from 'highlight.js/lib/languages/typescript'
import MarkdownIt from 'markdown-it'
import { escapeHtml, slug } from './html.js'
import { plainMarkdown } from './plainMarkdown.js'
import { kept, tailOf, typeset } from './typeset.js'

/** A heading of a page. */
export interface Heading {
  readonly level: number
  readonly id: string
  /** As written, formulas as TeX. */
  readonly text: string
  readonly html: string
}

/** What a page gives to the renderer and gets back from it. */
export interface MarkdownPage {
  /** Ids in use on the page so far; new ones are added. */
  readonly ids: Set<string>
  readonly headings: Heading[]
  /** The address of a link or image of the source, or undefined where it leads to nothing that the book has. */
  link(target: string): string | undefined
  onError(message: string): void
}

hljs.registerLanguage('typescript', typescript)
hljs.registerLanguage('bash', bash)
hljs.registerLanguage('json', json)

const LANGUAGES: Readonly<Record<string, string>> = { ts: 'typescript', js: 'typescript', sh: 'bash' }

/** Source code as HTML with the classes of highlight.js. */
export function highlight(code: string, language: string): string {
  const known = LANGUAGES[language] ?? language
  return hljs.getLanguage(known) ? hljs.highlight(code, { language: known }).value : escapeHtml(code)
}

const parser = MarkdownIt({ html: true, linkify: false, highlight })
parser.use(tex, {
  delimiters: 'dollars',
  allowInlineWithSpace: false,
  render: (content: string, display: boolean, env: unknown) =>
    typeset(content, display, message => (env as MarkdownPage).onError(message)),
})

parser.renderer.rules.heading_open = (tokens, index, _options, env: MarkdownPage) => {
  const token = tokens[index]!
  const inline = tokens[index + 1]!
  const id = unused(String(token.meta?.anchor ?? slug(inline.content.replace(/[$\\{}]/g, ''))), env.ids)
  const level = Number(token.tag.slice(1))
  const html = parser.renderer.renderInline(inline.children ?? [], parser.options, env)
  env.headings.push({ level, id, text: inline.content, html })
  return `<${token.tag} id="${escapeHtml(id)}">`
}

parser.renderer.rules.heading_close = (tokens, index, _options, env: MarkdownPage) => {
  const { id, text } = env.headings[env.headings.length - 1]!
  const link = `<a class="anchor" href="#${escapeHtml(id)}" aria-label="Link to ${escapeHtml(plainMarkdown(text))}">#</a>`
  return `${link}</${tokens[index]!.tag}>\n`
}

parser.renderer.rules.table_open = () => '<div class="scroll" tabindex="0" role="group" aria-label="table"><table>\n'
parser.renderer.rules.table_close = () => '</table></div>\n'

// Long lines scroll inside their block, by keyboard too.
for (const name of ['fence', 'code_block'] as const) {
  const block = parser.renderer.rules[name]!
  parser.renderer.rules[name] = (...args) => block(...args).replace('<pre>', '<pre tabindex="0">')
}

// A link of the source becomes one of the book; where the book has nothing to lead to, its words stay.
const dead = Symbol('a link that leads nowhere')
parser.renderer.rules.link_open = (tokens, index, options, env: MarkdownPage, self) => {
  const token = tokens[index]!
  const target = env.link(token.attrGet('href') ?? '')
  if (target === undefined) {
    let depth = 0
    for (let i = index; i < tokens.length; i++) {
      depth += tokens[i]!.type === 'link_open' ? 1 : tokens[i]!.type === 'link_close' ? -1 : 0
      if (depth === 0) {
        tokens[i]!.meta = dead
        break
      }
    }
    return '<span class="to-come">'
  }
  token.attrSet('href', target)
  return self.renderToken(tokens, index, options)
}
parser.renderer.rules.link_close = (tokens, index, options, _env, self) =>
  tokens[index]!.meta === dead ? '</span>' : self.renderToken(tokens, index, options)

const image = parser.renderer.rules.image!
parser.renderer.rules.image = (tokens, index, options, env: MarkdownPage, self) => {
  const token = tokens[index]!
  const source = env.link(token.attrGet('src') ?? '')
  if (source === undefined) return escapeHtml(token.content)
  token.attrSet('src', source)
  token.attrSet('loading', 'lazy')
  return image(tokens, index, options, env, self)
}

const mathInline = parser.renderer.rules.math_inline!
parser.core.ruler.push('punctuation_after_formulas', state => {
  for (const { children } of state.tokens) {
    children?.forEach((token, i) => {
      const next = children[i + 1]
      if (token.type !== 'math_inline' || next?.type !== 'text') return
      const tail = tailOf(token.content, next.content)
      token.meta = { tail }
      next.content = next.content.slice(tail.length)
    })
  }
})
parser.renderer.rules.math_inline = (tokens, index, options, env, self) =>
  kept(tokens[index]!.content, mathInline(tokens, index, options, env, self), String(tokens[index]!.meta?.tail ?? ''))

/** An id that the page does not have yet: the wanted one, else with a number behind. */
function unused(wanted: string, ids: Set<string>): string {
  let id = wanted
  for (let n = 1; ids.has(id); n++) id = `${wanted}-${n}`
  ids.add(id)
  return id
}

/** Anchors that stand as `<a id>` above a heading, as Jupyter needs them, become marks behind it, {#name}. */
const markAnchors = (source: string): string =>
  source.replace(
    /^<a id="([\w.-]+)"><\/a>\s*\n(#{1,6} .*)$/gm,
    (_, id: string, heading: string) => `${heading} {#${id}}`,
  )

const MARK = / \{#([\w.-]+)\}$/
parser.core.ruler.before('inline', 'heading_marks', state => {
  state.tokens.forEach((token, i) => {
    const inline = state.tokens[i + 1]
    const mark = token.type === 'heading_open' ? MARK.exec(inline!.content) : null
    if (mark === null) return
    token.meta = { anchor: mark[1] }
    inline!.content = inline!.content.slice(0, mark.index)
  })
})

/** Jupyter takes formulas out before it reads Markdown, so a bar in a formula does not end the cell of a table. */
const protectBars = (source: string): string =>
  source
    .split('\n')
    .map(line =>
      line.startsWith('|')
        ? line.replace(
            /\$([^$]+)\$/g,
            (_, formula: string) => `$${formula.replace(/\\?\|/g, bar => (bar === '|' ? '\\vert ' : '\\Vert '))}$`,
          )
        : line,
    )
    .join('\n')

/**
 * Renders Markdown.
 * @param source as in a notebook or a page of docs/
 * @param page filled with the headings found and the ids used
 */
export function renderMarkdown(source: string, page: MarkdownPage): string {
  return parser.render(protectBars(markAnchors(source)), page)
}
