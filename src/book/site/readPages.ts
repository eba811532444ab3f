/**
 * The texts of the book: every notebook, drafts apart, and every page of docs/ that the clone holds now.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { joined, readNotebook } from '../../notebook/notebookFile.js'
import { notebookFiles } from '../../notebook/notebookFolder.js'
import { docPage } from './docPage.js'
import { bookLink, notebookPath } from './links.js'
import { notebookPage, type PageBody } from './notebookPage.js'
import type { Problems } from './problems.js'

/** A notebook's page and one line about it. */
export interface Told {
  readonly body: PageBody
  readonly statements: string
}

/** The texts, and how links from anywhere find them. */
export interface Pages {
  readonly told: readonly Told[]
  readonly explained: readonly PageBody[]
  /** The address of a target seen from a folder of the clone; undefined for what the book does not have. */
  link(folder: string, target: string): string | undefined
  /** Ids by page. */
  readonly ids: ReadonlyMap<string, ReadonlySet<string>>
  /** Targets asked for that the book does not have. */
  readonly missing: ReadonlySet<string>
}

/** The order of docs/ in the navigation; others follow by name. */
const DOC_ORDER = [
  'teaching',
  'statements',
  'claims',
  'accuracy',
  'performance',
  'ensembles',
  'scaling',
  'notebooks',
  'setup',
  'book',
  'hosting',
  'dependencies',
]

const rank = (name: string): number => (DOC_ORDER.includes(name) ? DOC_ORDER.indexOf(name) : DOC_ORDER.length)

/** What a first cell says of its notebook: the statements, or else the first sentence of its text. */
function lineOf(cell: string): string {
  const statements = /\*\*Statements?:\*\* (.*?)(?: ·|\n|$)/.exec(cell)?.[1]
  const paragraph = cell.split(/\n\s*\n/).find(text => !text.startsWith('#') && !text.startsWith('**Statement'))
  return statements ?? /^(?:\*\*[^*]*\*\* )?(.*?[.!?])(?=\s|$)/.exec(paragraph ?? '')?.[1] ?? ''
}

/** @param root the clone @throws Error naming a notebook that cannot be read */
export function readPages(root: string, notebooks: string, found: Problems): Pages {
  const names = notebookFiles(root, notebooks).map(name => name.replace(/\.ipynb$/, ''))
  const docs = readdirSync(join(root, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => name.replace(/\.md$/, ''))
    .sort()
    .sort((a, b) => rank(a) - rank(b))
  const contents = { notebooks: new Set(names), docs: new Set(docs) }
  const missing = new Set<string>()
  const link = (folder: string, target: string): string | undefined => {
    const address = bookLink(contents, folder, target)
    // Sources, tests and data are no pages; what remains is still to be written.
    if (address === undefined && !/^(\.\.\/)*(src|test|data)\//.test(target)) missing.add(target)
    return address
  }
  const told = names.map(name => {
    const notebook = readNotebook(join(notebooks, `${name}.ipynb`))
    const first = joined(notebook.cells.find(({ cell_type }) => cell_type === 'markdown')?.source ?? '')
    const body = notebookPage(
      notebook,
      name,
      target => link('notebooks', target),
      message => found.add(name, message),
    )
    const file = { path: notebookPath(name), content: readFileSync(join(notebooks, `${name}.ipynb`)) }
    return { body: { ...body, files: [...body.files, file] }, statements: lineOf(first) }
  })
  const explained = docs.map(name =>
    docPage(
      join(root, 'docs'),
      name,
      target => link('docs', target),
      message => found.add(name, message),
    ),
  )
  const ids = new Map([...told.map(({ body }) => body), ...explained].map(({ name, ids: known }) => [name, known]))
  return { told, explained, link, ids, missing }
}
