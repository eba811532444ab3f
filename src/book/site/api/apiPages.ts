/**
 * The API reference: a page for every layer of src/, and one that lists all exports. Made from what typedoc reads, in
 * the book's own form: formulas by KaTeX, links between types, the source of every file below its exports.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PageBody } from '../notebookPage.js'
import type { SearchSection } from '../searchSections.js'
import { escapeHtml } from '../text/html.js'
import { type Heading, highlight, type MarkdownPage } from '../text/markdown.js'
import { typesetText } from '../text/typeset.js'
import { API_LAYERS, type ApiLayer } from './apiLayers.js'
import { firstSentence, inlineHtml, textHtml, wordsOf } from './apiText.js'
import {
  type Address,
  type ApiComment,
  type ApiReflection,
  KIND,
  memberHtml,
  parameterName,
  signatureHtml,
  typeHtml,
} from './apiTypes.js'

/** typedoc's data of a package. */
export interface ApiProject {
  readonly children: readonly ApiReflection[]
}

/** An export and where it is shown. */
interface Entry {
  readonly reflection: ApiReflection
  readonly layer: string
  /** Below src/. */
  readonly file: string
  readonly line: number
}

/** The pages, the list of all exports first. */
export interface ApiPages {
  readonly index: PageBody
  readonly layers: readonly PageBody[]
}

/**
 * @param project as typedoc reads it
 * @param root the clone, where the sources are
 * @throws Error for an export outside the layers
 */
export function apiPages(
  project: ApiProject,
  root: string,
  onError: (page: string, message: string) => void,
): ApiPages {
  const entries = project.children.map(entryOf)
  const places = new Map(
    entries.map(({ reflection, layer }) => [reflection.id, `api-${layer}.html#${reflection.name}`]),
  )
  const address: Address = id => places.get(id)
  const layers = API_LAYERS.map(layer => {
    const own = entries.filter(entry => entry.layer === layer.name)
    return layerPage(layer, own, address, root, message => onError(`api-${layer.name}`, message))
  })
  return { index: indexPage(entries, address, message => onError('api', message)), layers }
}

function entryOf(reflection: ApiReflection): Entry {
  const source = reflection.sources?.[0] ?? { fileName: '', line: 0 }
  const file = source.fileName.replace(/^src\//, '')
  const folder = file.split('/')[0]!
  const layer = API_LAYERS.find(({ folders }) => folders.includes(folder))?.name
  if (layer === undefined)
    throw new Error(`${reflection.name} is exported from ${file}, which is in no layer of the API reference`)
  return { reflection, layer, file, line: source.line }
}

/** A function's docblock belongs to its signature. */
const commentOf = ({ comment, signatures }: ApiReflection): ApiComment | undefined =>
  comment ?? signatures?.[0]?.comment

const KINDS: Readonly<Record<number, string>> = {
  [KIND.variable]: 'constant',
  [KIND.function]: 'function',
  [KIND.class]: 'class',
  [KIND.interface]: 'record',
  [KIND.typeAlias]: 'type',
}

function indexPage(entries: readonly Entry[], address: Address, onError: (message: string) => void): PageBody {
  const page = markdownPage(onError)
  const headings: Heading[] = []
  const parts = API_LAYERS.map(({ name, title, line }) => {
    headings.push({ level: 2, id: name, text: title, html: escapeHtml(title) })
    const own = entries.filter(entry => entry.layer === name)
    const rows = own.map(
      ({ reflection }) =>
        `<dt><a href="${address(reflection.id)}"><code>${escapeHtml(reflection.name)}</code></a> <span class="kind">${KINDS[reflection.kind]}</span></dt>` +
        `<dd>${inlineHtml(firstSentence(commentOf(reflection)), address, page)}</dd>`,
    )
    return `<h2 id="${name}"><a href="api-${name}.html">${title}</a></h2><p>${typesetText(line, onError)}</p><dl class="exports">${rows.join('\n')}</dl>`
  })
  const html = `<h1 id="api-reference">API reference</h1>
<p class="lead">Everything that the package exports: ${entries.length} names by room, from the bottom to the top. What notebooks use comes from <code>'mean-field-limit'</code>, all of a room from the room, as in <code>'mean-field-limit/flow'</code>. Imports run downwards only.</p>
${parts.join('\n')}`
  const sections: SearchSection[] = [
    { page: 'api', anchor: 'api-reference', heading: 'API reference', text: 'All exports by layer', code: '' },
  ]
  return {
    name: 'api',
    title: 'All exports',
    html,
    headings,
    ids: new Set(['api-reference', ...API_LAYERS.map(({ name }) => name)]),
    files: [],
    sections,
  }
}

function layerPage(
  { name, title, line }: ApiLayer,
  entries: readonly Entry[],
  address: Address,
  root: string,
  onError: (message: string) => void,
): PageBody {
  const page = markdownPage(onError)
  const headings: Heading[] = []
  const sections: SearchSection[] = []
  const ids = new Set<string>()
  const files = [...new Set(entries.map(({ file }) => file))]
  const html = files.map(file => {
    const source = readFileSync(join(root, 'src', file), 'utf8')
    const short = stem(file)
    const id = `file-${short}`
    headings.push({ level: 2, id, text: short, html: escapeHtml(short) })
    ids.add(id)
    const own = entries.filter(entry => entry.file === file)
    for (const { reflection } of own) {
      ids.add(reflection.name)
      sections.push({
        page: `api-${name}`,
        anchor: reflection.name,
        heading: reflection.name,
        text: wordsOf({ summary: firstSentence(commentOf(reflection)) }),
        code: reflection.name,
      })
    }
    return `<section class="file"><h2 id="${id}">${escapeHtml(short)}</h2>
${headerHtml(source, page)}
${own.map(entry => exportHtml(entry, address, page)).join('\n')}
${sourceHtml(
  file,
  source,
  own.map(({ line }) => line),
)}</section>`
  })
  return {
    name: `api-${name}`,
    title,
    html: `<h1>${title}</h1><p class="lead">${typesetText(line, onError)}</p>\n${html.join('\n')}`,
    headings,
    ids,
    files: [],
    sections,
  }
}

/** Links of docblocks are resolved before; addresses of the web stay. */
const markdownPage = (onError: (message: string) => void): MarkdownPage => ({
  ids: new Set(),
  headings: [],
  link: target => target,
  onError,
})

/** What the file says of itself: its first docblock. */
function headerHtml(source: string, page: MarkdownPage): string {
  const block = /^\/\*\*\n([\s\S]*?)\n \*\//.exec(source)?.[1]
  if (block === undefined) return ''
  const text = block.replace(/^ \*( |$)/gm, '')
  const pieces = text.split(/(\{@link [\w.]+\}|`[^`]+`)/).map((part, i) => ({
    kind: i % 2 === 1 ? ('code' as const) : ('text' as const),
    text: part.replace(/^\{@link ([\w.]+)\}$/, '`$1`'),
  }))
  return `<div class="about">${textHtml(pieces, () => undefined, page)}</div>`
}

/** The text of a file, folded; a link to a line unfolds it. */
function sourceHtml(file: string, source: string, lines: readonly number[]): string {
  const marked = highlight(source.trimEnd(), 'typescript')
    .split('\n')
    .map((line, i) => (lines.includes(i + 1) ? `<span id="${lineId(file, i + 1)}"></span>${line}` : line))
    .join('\n')
  return `<details class="source"><summary>Source: <code>src/${escapeHtml(file)}</code></summary><pre tabindex="0"><code class="hljs">${marked}</code></pre></details>`
}

const stem = (file: string): string => file.split('/').at(-1)!.replace(/\.ts$/, '')

const lineId = (file: string, line: number): string => `source-${stem(file)}-${line}`

function exportHtml({ reflection, file, line }: Entry, address: Address, page: MarkdownPage): string {
  const { name, kind } = reflection
  const comment = commentOf(reflection)
  const summary = comment?.summary?.length ? textHtml(comment.summary, address, page) : ''
  return `<section class="export" id="${escapeHtml(name)}"><h3><code>${escapeHtml(name)}</code> <span class="kind">${KINDS[kind]}</span><a class="anchor" href="#${escapeHtml(name)}" aria-label="Link to ${escapeHtml(name)}">#</a></h3>
<pre class="signature" tabindex="0"><code class="hljs">${declarationHtml(reflection, address)}</code></pre>
<div class="summary">${summary}</div>
${membersHtml(reflection, address, page)}${tagsHtml(reflection, comment, address, page)}
<p class="ways"><a href="#${lineId(file, line)}">src/${escapeHtml(file)}, line ${line}</a></p></section>`
}

/** The first line of the declaration; members of a record follow in a list. */
function declarationHtml(reflection: ApiReflection, address: Address): string {
  const { name, kind, signatures, type, extendedTypes } = reflection
  const word = (text: string): string => `<span class="hljs-keyword">${text}</span>`
  const title = `<span class="hljs-title">${escapeHtml(name)}</span>`
  if (signatures !== undefined)
    return signatures.map(signature => `${word('function')} ${title}${signatureHtml(signature, address)}`).join('\n')
  if (kind === KIND.variable) return `${word('const')} ${title}: ${typeHtml(type!, address)}`
  if (kind === KIND.typeAlias && type !== undefined) return `${word('type')} ${title} = ${typeHtml(type!, address)}`
  const above = extendedTypes?.length
    ? ` ${word('extends')} ${extendedTypes.map(base => typeHtml(base, address)).join(', ')}`
    : ''
  const general = reflection.typeParameters?.length
    ? `&lt;${reflection.typeParameters.map(parameter => escapeHtml(parameter.name)).join(', ')}&gt;`
    : ''
  if (kind === KIND.typeAlias) return `${word('type')} ${title}`
  return `${word(kind === KIND.class ? 'class' : 'interface')} ${title}${general}${above}`
}

/** Members of a record, a class, or a type that is an object. */
function membersHtml({ children = [] }: ApiReflection, address: Address, page: MarkdownPage): string {
  const own = children.filter(member => member.kind !== KIND.constructor && member.inheritedFrom === undefined)
  if (own.length === 0) return ''
  const rows = own.map(member => {
    const comment = commentOf(member)
    const tags = (comment?.blockTags ?? []).map(
      ({ tag, content }) => `<p><i>${escapeHtml(tag.slice(1))}</i> ${inlineHtml(content, address, page)}</p>`,
    )
    const said = comment?.summary?.length ? inlineHtml(comment.summary, address, page) : ''
    return `<dt><code>${memberHtml(member, address)}</code></dt><dd>${said}${tags.join('')}</dd>`
  })
  return `<dl class="members">${rows.join('\n')}</dl>`
}

const TAGS: Readonly<Record<string, string>> = { '@returns': 'Returns', '@throws': 'Throws', '@source': 'Source' }

function tagsHtml(
  reflection: ApiReflection,
  comment: ApiComment | undefined,
  address: Address,
  page: MarkdownPage,
): string {
  const parameters = (reflection.signatures?.[0]?.parameters ?? []).filter(({ comment: said }) => said?.summary?.length)
  const rows = parameters.map(
    parameter =>
      `<dt><code>${escapeHtml(parameterName(parameter))}</code></dt><dd>${inlineHtml(parameter.comment!.summary!, address, page)}</dd>`,
  )
  for (const { tag, content } of comment?.blockTags ?? []) {
    if (TAGS[tag] !== undefined) rows.push(`<dt>${TAGS[tag]}</dt><dd>${inlineHtml(content, address, page)}</dd>`)
  }
  const examples = (comment?.blockTags ?? [])
    .filter(({ tag }) => tag === '@example')
    .map(({ content }) => {
      const code = content
        .map(({ text }) => text)
        .join('')
        .replace(/^```\w*\n|\n```$/g, '')
      return `<pre class="example" tabindex="0"><code class="hljs">${highlight(code, 'typescript')}</code></pre>`
    })
  return `${rows.length > 0 ? `<dl class="tags">${rows.join('\n')}</dl>` : ''}${examples.join('')}`
}
