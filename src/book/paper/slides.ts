/**
 * A notebook as slides: a heading with its statement and formulas, then each figure at the size of a slide, tables and
 * verdicts. What a lecturer says freely, code and solutions are left out. Cells with Jupyter's slide types rule
 * themselves.
 */
import { basename } from 'node:path'
import type { Figure } from '../../figures/theme/figure.js'
import { figureForSize } from '../../figures/theme/figureForSize.js'
import { joined, type NotebookCell, type NotebookOutput, readNotebook } from '../../notebook/notebookFile.js'
import { PLOTLY_MIME } from '../../notebook/pictures/labextensionEntry.js'
import type { BookFile } from '../site/figures/figureFiles.js'
import { bookLink } from '../site/links.js'
import { outputHtml } from '../site/outputHtml.js'
import { escapeHtml } from '../site/text/html.js'
import { type MarkdownPage, renderMarkdown } from '../site/text/markdown.js'
import { plainMarkdown } from '../site/text/plainMarkdown.js'
import { type Printed, printed } from './printedBook.js'

/** A slide before it is fitted to its page. */
interface Slide {
  readonly kind: 'opening' | 'words' | 'picture'
  /** The element of its heading, or none. */
  readonly heading: string
  readonly blocks: string[]
}

/** Elements of HTML that have no end, and those of pictures that end themselves. */
const EMPTY = /^<(?:br|hr|img|input|col|wbr)\b|\/>$/

/** The outermost elements of a piece of HTML. @example blocksOf('<p>a</p>\n<ul><li>b</li></ul>').length // 2 */
export function blocksOf(html: string): string[] {
  const blocks: string[] = []
  let depth = 0
  let block = ''
  for (const part of html.split(/(<[^>]*>)/)) {
    block += part
    if (part.startsWith('</')) depth -= 1
    else if (part.startsWith('<') && !EMPTY.test(part)) depth += 1
    if (depth > 0) continue
    if (block.trim() !== '') blocks.push(block.trim())
    block = ''
  }
  return blocks
}

const isHeading = (block: string): boolean => /^<h[1-3][\s>]/.test(block)
const isFormula = (block: string | undefined): boolean => block?.startsWith('<div class="formula"') === true

/**
 * What of a text is seen: its first paragraph, formulas with the words that lead to them, paragraphs that begin with
 * bold or slanted words as statements do, lists and tables.
 */
function seen(blocks: readonly string[]): string[] {
  return blocks.filter((block, i) => {
    const first = i > 0 && isHeading(blocks[i - 1]!)
    return first || !/^<p>/.test(block) || /^<p><(strong|em)>/.test(block) || isFormula(blocks[i + 1])
  })
}

/** Jupyter's slide type of a cell. */
const slideType = ({ metadata }: NotebookCell): string | undefined =>
  (metadata.slideshow as { readonly slide_type?: string } | undefined)?.slide_type

/** Whether a cell's slide type says that a slide begins with it. */
export const begins = (cell: NotebookCell): boolean => /^(slide|subslide)$/.test(slideType(cell) ?? '')

/** Hints are for those who try, not for those who listen. */
const isHint = (block: string): boolean => block.startsWith('<details')

/** Whether a cell's slide type says that it is not shown. */
export const unseen = (cell: NotebookCell): boolean => /^(skip|notes)$/.test(slideType(cell) ?? '')

/** Solutions are for those who have tried, references for those who read. */
const leftOut = (cell: NotebookCell, source: string): boolean =>
  unseen(cell) || cell.metadata.tags?.includes('solution') === true || /^\*Solution|^#+ References\b/.test(source)

/** The stored figure at the size of a slide; as it is where its parts would lie on each other. */
function atSlideSize(plot: Record<string, unknown>): Record<string, unknown> {
  const figure = { id: 'slide', caption: '', table: {}, provenance: {}, ...plot } as unknown as Figure
  try {
    const { data, layout: fitted } = figureForSize(figure, 'slide')
    return { data, layout: { ...fitted, width: 1280, height: 720 } }
  } catch (error) {
    if (error instanceof RangeError) return plot
    throw error
  }
}

/**
 * The slides of a notebook, as a document of pages of 1280 x 720 CSS pixels.
 * @param file its path
 * @throws Error naming a notebook that cannot be read
 */
export function slidesOf(file: string): Printed {
  const name = basename(file).replace(/\.ipynb$/, '')
  const contents = { notebooks: new Set([name]), docs: new Set<string>() }
  const link = (target: string): string | undefined => bookLink(contents, 'notebooks', target)
  const onError = (): void => undefined
  const page: MarkdownPage = { ids: new Set(), headings: [], link, onError }
  const files: BookFile[] = []
  let figures = 0
  const context = { figureId: () => `${name}-${++figures}`, files, onError }
  const slides: Slide[] = []
  const { cells } = readNotebook(file)
  const ruled = cells.some(begins)

  const begin = (kind: Slide['kind'], heading: string): void => void slides.push({ kind, heading, blocks: [] })
  /** The slide that more words go on: after a picture a new one, under the same heading. */
  const current = (): Slide => {
    const last = slides.at(-1)
    if (last === undefined || last.kind === 'picture') begin('words', again(page))
    return slides.at(-1)!
  }
  const write = (blocks: readonly string[]): void => {
    for (const block of blocks) {
      if (isHeading(block) && (!ruled || unheaded())) begin(block.startsWith('<h1') ? 'opening' : 'words', block)
      else if (!isHint(block)) current().blocks.push(block)
    }
  }
  /** Whether a cell has begun a slide and nothing stands on it yet. */
  const unheaded = (): boolean => slides.at(-1)?.kind === 'words' && slides.at(-1)!.blocks.length === 0
  const showOutput = (output: NotebookOutput): void => {
    const data = 'data' in output ? output.data : {}
    const plot = data[PLOTLY_MIME] as Record<string, unknown> | undefined
    if (plot !== undefined) {
      begin('picture', '')
      slides
        .at(-1)!
        .blocks.push(
          outputHtml({ ...output, data: { ...data, [PLOTLY_MIME]: atSlideSize(plot) } } as NotebookOutput, context),
        )
    } else if (['text/html', 'text/latex', 'image/png'].some(type => data[type] !== undefined)) {
      write([outputHtml(output, context)])
    }
  }
  for (const cell of cells) {
    const source = joined(cell.source)
    if (leftOut(cell, source)) continue
    if (ruled && begins(cell)) begin('words', slideType(cell) === 'subslide' ? again(page) : '')
    if (cell.cell_type === 'markdown') {
      const blocks = blocksOf(renderMarkdown(source, page))
      write(ruled ? blocks : seen(blocks))
    } else for (const output of cell.outputs ?? []) showOutput(output)
  }
  const title = plainMarkdown(page.headings[0]?.text ?? name)
  const html = slides
    .filter(({ kind, blocks }) => kind === 'opening' || blocks.length > 0)
    .map(slide => slideHtml(slide, title))
    .join('\n')
  return printed(title, [{ name, title, html }], files, 'slides')
}

/** The last heading once more, for a slide that goes on: no heading of the outline. */
function again({ headings }: MarkdownPage): string {
  const last = headings.at(-1)
  return last === undefined ? '' : `<p class="slide-heading">${last.html}</p>`
}

function slideHtml({ kind, heading, blocks }: Slide, title: string): string {
  const foot = kind === 'words' ? `<p class="slide-foot">${escapeHtml(title)}</p>` : ''
  return `<section class="slide ${kind}">${heading}<div class="slide-body">${blocks.join('\n')}</div>${foot}</section>`
}
