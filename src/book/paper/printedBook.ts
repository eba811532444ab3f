/**
 * A notebook, or the whole book, as one document for the printer: no navigation, nothing folded, links within it or
 * into the web.
 */
import { basename } from 'node:path'
import { cite } from '../../base/cite.js'
import { readNotebook } from '../../notebook/notebookFile.js'
import type { BookFile } from '../site/figures/figureFiles.js'
import { securityPolicy } from '../site/layout.js'
import { bookLink } from '../site/links.js'
import { notebookPage } from '../site/notebookPage.js'
import { escapeHtml } from '../site/text/html.js'
import { plainMarkdown } from '../site/text/plainMarkdown.js'
import type { Site } from '../site/writeSite.js'

/** A document, and the files that it shows. */
export interface Printed {
  readonly title: string
  readonly html: string
  readonly files: readonly BookFile[]
  /** Ids of its figures, in order. */
  readonly figures: readonly string[]
  /** Pages of paper, or slides; also the name of the style sheet. */
  readonly looks: 'book' | 'slides'
}

/** A part of a document. */
export interface Chapter {
  /** Unique; ids of the chapter begin with it. */
  readonly name: string
  readonly title: string
  readonly html: string
}

/** What a printer has no use for: the laboratories, the script's texts, and pages that explain the code alone. */
const LEFT_OUT = /^(lab-|api)/

/**
 * A notebook with its stored outputs.
 * @param file its path
 * @throws Error naming a notebook that cannot be read
 */
export function printedNotebook(file: string): Printed {
  const name = basename(file).replace(/\.ipynb$/, '')
  const contents = { notebooks: new Set([name]), docs: new Set<string>() }
  const link = (target: string): string | undefined => bookLink(contents, 'notebooks', target)
  const { title, html, files } = notebookPage(readNotebook(file), name, link, () => undefined)
  return printed(plainMarkdown(title), [{ name, title: plainMarkdown(title), html }], files)
}

/** The pages of a site but its laboratories and API reference, with a list of contents and how to cite them. */
export function printedBook(site: Site): Printed {
  const chapters = site.files.flatMap(({ path, content }): Chapter[] => {
    const page = /<title>(.*?)(?: · Mean field limit)?<\/title>[\s\S]*<main[^>]*>([\s\S]*)<nav class="neighbours"/.exec(
      path.endsWith('.html') ? String(content) : '',
    )
    const name = path.replace(/\.html$/, '')
    return page === null || LEFT_OUT.test(name) ? [] : [{ name, title: page[1]!, html: page[2]! }]
  })
  const entries = chapters.slice(1).map(({ name, title }) => `<li><a href="${name}.html">${title}</a></li>`)
  const contents: Chapter = {
    name: 'contents',
    title: 'Contents',
    html: `<h1>Contents</h1><ol>${entries.join('')}</ol><h2>How to cite</h2>${cite('text')
      .split('\n')
      .map(paragraph => `<p>${escapeHtml(paragraph)}</p>`)
      .join('')}`,
  }
  return printed('Mean field limit', [...chapters.slice(0, 1), contents, ...chapters.slice(1)], site.files)
}

/**
 * A document of chapters.
 * @param files what it may show; its pages are left out
 * @param looks its pages: of text, or slides; the name of the style sheet, too
 */
export function printed(
  title: string,
  chapters: readonly Chapter[],
  files: readonly BookFile[],
  looks: Printed['looks'] = 'book',
): Printed {
  const known = new Set(chapters.map(({ name }) => name))
  const body = chapters.map(
    chapter => `<section class="chapter" id="${chapter.name}">${within(chapter, known)}</section>`,
  )
  const html = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${securityPolicy([])}">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="assets/${looks}.css">
</head>
<body class="${looks === 'slides' ? 'slides' : 'text'}">
<main>
${body.join('\n')}
</main>
</body>
</html>
`
  const figures = [...html.matchAll(/<figure class="plot" data-figure="([^"]*)"/g)].map(match => match[1]!)
  return { title, html, files: files.filter(({ path }) => !path.endsWith('.html')), figures, looks }
}

/** A chapter among others: its ids are its own, its links stay in the document, what was folded is open. */
function within({ name, html }: Chapter, known: ReadonlySet<string>): string {
  const target = (address: string): string => {
    if (/^(https?:|mailto:)/.test(address)) return ` href="${address}"`
    const [page = '', anchor = ''] = address.split('#')
    const chapter = page === '' ? name : page.replace(/\.html$/, '')
    if (!known.has(chapter)) return ''
    return ` href="#${chapter}${anchor === '' ? '' : `--${anchor}`}"`
  }
  return (
    html
      .replace(/ id="([^"]+)"/g, (_, id: string) => ` id="${name}--${id}"`)
      .replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${name}--${id})`)
      .replace(/ href="([^"]*)"/g, (_, address: string) => target(address))
      .replaceAll(' loading="lazy"', '')
      // Of the two forms of a formula paper shows one.
      .replace(/<span class="katex-mathml">[\s\S]*?<\/math><\/span>/g, '')
      .replace(/<details(?! open)/g, '<details open')
  )
}
