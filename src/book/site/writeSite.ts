/**
 * All pages of the book as files: notebooks, documentation, ledger, first page, search. No bundler here; the scripts
 * and styles that run in the reader's browser are made by scripts/book.mjs.
 */
import { join } from 'node:path'
import { recordedLedger } from '../../ensemble/store/recordedLedger.js'
import { recordedTubes } from '../../ensemble/store/recordedTubes.js'
import type { ProofNode } from '../../figures/section4/proofMapFigure.js'
import { PICTURED, tubesAnimation } from '../../figures/section4/tubesAnimation.js'
import { packageVersion } from '../../files/packageRoot.js'
import { type ApiPages, type ApiProject, apiPages } from './api/apiPages.js'
import { checkLinks } from './checkLinks.js'
import { dataScripts } from './dataScripts.js'
import type { BookFile } from './figures/figureFiles.js'
import { homeHtml } from './homePage.js'
import { companionHtml, laboratories } from './laboratoryPages.js'
import { ICON, KERNEL_PAGE, type NavigationGroup, type PageParts, pageHtml } from './layout.js'
import { claimAnchor, type LedgerLinks, ledgerHtml } from './ledgerPage.js'
import type { PageBody } from './notebookPage.js'
import { notebookWays } from './notebookWays.js'
import { type Problem, problems } from './problems.js'
import { proofMapHtml } from './proofMapHtml.js'
import { type Pages, readPages } from './readPages.js'
import { type SearchSection, searchScript } from './searchSections.js'
import { markMentions, mentionsOf, statementCards } from './text/mentions.js'
import { plainMarkdown } from './text/plainMarkdown.js'
import { anchorsOf, type LedgerRow, ledgerRows } from './text/statements.js'

/** The pages and their files, and what went wrong with them. */
export interface Site {
  readonly files: readonly BookFile[]
  readonly problems: readonly Problem[]
  /** Links that wait for something that the book does not have yet. */
  readonly toCome: readonly string[]
}

/**
 * Makes every page from what the clone holds now: a new notebook appears by itself.
 * @param root the clone
 * @param notebooks their folder, default that of the clone
 * @param api what typedoc reads; without it the book has no API reference
 * @throws Error naming a notebook or page that cannot be read
 */
export function writeSite(root: string, notebooks: string = join(root, 'notebooks'), api?: ApiProject): Site {
  const found = problems()
  const pages = readPages(root, notebooks, found)
  const reference = api === undefined ? undefined : apiPages(api, root, found.add)
  const rows = ledgerRows(recordedLedger())
  const groups = navigationOf(pages, reference)
  const version = packageVersion()
  const parts = [
    homePage(pages, rows, message => found.add('index', message)),
    ...pages.told.map(({ body }) => textPage(body, notebookWays(body.name, body.title))),
    ...laboratories.map(laboratory =>
      laboratory.page(pages.ids.has(laboratory.notebook), message => found.add(laboratory.name, message)),
    ),
    ledgerPage(
      rows,
      ledgerLinks(pages, message => found.add('ledger', message)),
    ),
    ...[...pages.explained, ...bodiesOfApi(reference)].map(body => textPage(body)),
  ]
  const mentions = mentionsOf(rows.map(({ claim }) => claim))
  const page = (part: PageParts): string =>
    pageHtml({ ...part, html: markMentions(part.html, part.name, mentions) }, groups, version)
  const files: BookFile[] = [
    ...parts.map(part => ({ path: `${part.name}.html`, content: page(part) })),
    ...statementCards(
      mentions,
      rows,
      ledgerLinks(pages, message => found.add('the cards of statements', message)),
    ),
    ...bodiesOf(pages).flatMap(body => body.files),
    { path: 'assets/icon.svg', content: ICON },
    { path: 'assets/theorem.svg', content: tubesAnimation(recordedTubes(), PICTURED) },
    ...dataScripts(root),
    { path: 'assets/search-data.js', content: searchData(pages, bodiesOfApi(reference), rows) },
  ]
  checkLinks(files, found)
  // It loads a script from its own folder, and nothing leads to it.
  const kernel = { path: 'assets/kernel.html', content: KERNEL_PAGE }
  return { files: [...files, kernel], problems: found.list, toCome: [...pages.missing].sort() }
}

const bodiesOf = ({ told, explained }: Pages): PageBody[] => [...told.map(({ body }) => body), ...explained]

const bodiesOfApi = (reference: ApiPages | undefined): PageBody[] =>
  reference === undefined ? [] : [reference.index, ...reference.layers]

function navigationOf({ told, explained }: Pages, reference: ApiPages | undefined): NavigationGroup[] {
  const entry = ({ name, title }: { readonly name: string; readonly title: string }) => ({
    name,
    title: plainMarkdown(title),
  })
  return [
    { title: 'Book', entries: [{ name: 'index', title: 'The map of the proof' }] },
    { title: 'Walk', entries: told.map(({ body }) => entry(body)) },
    { title: 'Laboratories', entries: laboratories.map(entry) },
    { title: 'Reference', entries: [{ name: 'ledger', title: 'The ledger' }, ...explained.map(entry)] },
    { title: 'API reference', entries: bodiesOfApi(reference).map(entry) },
  ].filter(({ entries }) => entries.length > 0)
}

/** A notebook or a page of docs/, with its ways and the laboratories that belong to it below its title. */
function textPage(body: PageBody, ways = ''): PageParts {
  const { name, title, headings, sections } = body
  const companions = laboratories.filter(({ notebook }) => notebook === name)
  const html = body.html.replace('</h1>', `</h1>${ways}${companions.map(companionHtml).join('')}`)
  return {
    name,
    title: plainMarkdown(title),
    description: plainMarkdown(sections[0]?.text ?? title).slice(0, 160),
    html,
    // Nothing to list beside the text: the text may have that room.
    kind: headings.some(({ level }) => level === 2) ? 'text' : 'wide',
    starts: [
      ...(html.includes('class="laboratory-place"') ? (['laboratory'] as const) : []),
      ...(hasCells(html) ? (['cells'] as const) : []),
    ],
    sections: headings.filter(({ level }) => level === 2),
  }
}

/** Whether a page has cells that can be run. */
const hasCells = (html: string): boolean => html.includes('<div class="cell"')

function homePage({ told, ids }: Pages, rows: readonly LedgerRow[], onError: (message: string) => void): PageParts {
  const hrefOf = (node: ProofNode): string | undefined => {
    const known = ids.get(node.notebook)
    if (known === undefined) return undefined
    const anchor = anchorsOf(node, rows).find(candidate => known.has(candidate))
    return `${node.notebook}.html${anchor === undefined ? '' : `#${anchor}`}`
  }
  const notebooks = told.map(({ body, statements }) => ({
    href: `${body.name}.html`,
    title: plainMarkdown(body.title),
    line: statements,
  }))
  const labs = laboratories.map(({ name, title, line }) => ({ href: `${name}.html`, title, line }))
  return {
    name: 'index',
    title: 'Mean field limit',
    description: 'A laboratory for the mean field limit of the Vlasov–Poisson system: every lemma can be read and run.',
    html: homeHtml(proofMapHtml(hrefOf, rows), notebooks, labs, rows, onError),
    kind: 'home',
  }
}

/** The ways out of claims. One whose section is not written yet leads to the top of its notebook. */
function ledgerLinks(pages: Pages, onError: (message: string) => void): LedgerLinks {
  const link = (target: string): string | undefined => {
    const address = pages.link('.', target)
    const [page = '', anchor = ''] = (address ?? '').split('#')
    return pages.ids.get(page.replace(/\.html$/, ''))?.has(anchor) === false ? page : address
  }
  return { link, onError }
}

function ledgerPage(rows: readonly LedgerRow[], links: LedgerLinks): PageParts {
  return {
    name: 'ledger',
    title: 'The ledger',
    description: 'Every claim with its verdict, its evidence and where it is told.',
    html: ledgerHtml(rows, links),
    kind: 'wide',
  }
}

function searchData(pages: Pages, reference: readonly PageBody[], rows: readonly LedgerRow[]): string {
  const bodies = [...bodiesOf(pages), ...reference]
  const claims: SearchSection[] = rows.map(({ claim, verdict: { reason, repair = '' } }) => ({
    page: 'ledger',
    anchor: claimAnchor(claim.id),
    heading: `${claim.label}: ${claim.title}`,
    text: `${claim.statement} ${reason} ${repair}`,
    code: '',
  }))
  const live: SearchSection[] = laboratories.map(({ name, title, line }) => ({
    page: name,
    anchor: 'content',
    heading: title,
    text: line,
    code: '',
  }))
  const titles = new Map([...bodies, ...laboratories].map(({ name, title }) => [name, title] as const))
  titles.set('ledger', 'The ledger')
  return searchScript([...bodies.flatMap(({ sections }) => sections), ...claims, ...live], titles)
}
