/**
 * How to cite this package and the paper that it follows. The one source is CITATION.cff, from which the build makes
 * `citation.generated.ts`.
 */
import { citationRecord, citationText } from './citation.generated.js'
import type { CitationRecord, CitedArticle, CitedAuthor } from './citationRecord.js'
import { requireOneOf } from './errors.js'

/** What {@link cite} writes: BibTeX entries, plain text, or the file CITATION.cff as it is. */
export type CitationFormat = 'bibtex' | 'text' | 'cff'

/** All of them. */
export const CITATION_FORMATS: readonly CitationFormat[] = ['bibtex', 'text', 'cff']

/**
 * The citation of this package, and of the paper whose statements it turns into claims.
 * @param format 'bibtex' (default): one entry for the package, one for the paper; 'text': a paragraph for each; 'cff':
 * the file CITATION.cff
 * @throws RangeError for another format
 * @source CITATION.cff
 * @example cite('text').split('\n').length // 2
 */
export function cite(format: CitationFormat = 'bibtex'): string {
  requireOneOf('format', format, CITATION_FORMATS)
  if (format === 'cff') return citationText.trimEnd()
  return format === 'bibtex' ? citationBibtex(citationRecord) : citationParagraphs(citationRecord)
}

/** A page of the book: its title without markup, and the file that it is made of. */
export interface CitedPage {
  readonly title: string
  readonly file: string
}

/**
 * The citation of one page of the book, from the same record as {@link cite}.
 * @returns an entry of type misc, which every BibTeX style prints, and a paragraph
 * @example citePage({ title: 'Two flows', file: '04-two-flows.ipynb' }).text.includes('04-two-flows.ipynb') // true
 */
export function citePage({ title, file }: CitedPage, record: CitationRecord = citationRecord): CitationOfPage {
  const [year, month] = record['date-released'].split('-')
  const bibtex = entry('misc', `mean-field-limit-${file.replace(/\.\w+$/, '')}`, {
    author: bibtexAuthors(record.authors),
    title: `{${escaped(title)}}`,
    howpublished: `{${escaped(record.title)}}, version ${escaped(record.version)}`,
    note: `Notebook ${escaped(file)}`,
    year: year!,
    month: String(Number(month)),
  })
  const work = `${record.title}. Version ${record.version}, ${record.license} licence.`
  return {
    bibtex,
    text: `${plainAuthors(record.authors)} (${year}). ${title}${stop(title)} Notebook ${file} of ${work}`,
  }
}

/** What {@link citePage} writes. */
export type CitationOfPage = Readonly<Record<'bibtex' | 'text', string>>

/** A title that ends with a question mark has its end. */
const stop = (title: string): string => (/[.?!]$/.test(title) ? '' : '.')

/** The BibTeX entries of a record. Titles stand in two pairs of braces, since styles would take their capitals away. */
export function citationBibtex(record: CitationRecord): string {
  const [year, month] = record['date-released'].split('-')
  const software = entry('software', 'mean-field-limit', {
    author: bibtexAuthors(record.authors),
    title: `{${escaped(record.title)}}`,
    version: escaped(record.version),
    year: year!,
    month: String(Number(month)),
    license: escaped(record.license),
  })
  return [software, ...record.references.map(articleEntry)].join('\n\n')
}

function articleEntry(article: CitedArticle): string {
  const { title, authors, journal, year, volume, start, end, doi } = article
  const arxiv = arxivOf(article)
  return entry('article', `${authors.map(author => author['family-names'] ?? '').join('')}${year}`, {
    author: bibtexAuthors(authors),
    title: `{${escaped(title)}}`,
    journal: escaped(journal),
    volume,
    pages: `${start}--${end}`,
    year,
    ...(doi === undefined ? {} : { doi }),
    ...(arxiv === undefined ? {} : { eprint: arxiv, archiveprefix: 'arXiv' }),
  })
}

function entry(type: string, key: string, fields: Readonly<Record<string, string>>): string {
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`)
  return `@${type}{${key},\n${lines.join(',\n')}\n}`
}

/** A group's name in braces, since BibTeX would take it for a first and a last name. */
function bibtexAuthors(authors: readonly CitedAuthor[]): string {
  return authors
    .map(author =>
      author.name === undefined
        ? `${escaped(author['family-names'] ?? '')}, ${escaped(author['given-names'] ?? '')}`
        : `{${escaped(author.name)}}`,
    )
    .join(' and ')
}

/** Characters that mean something to TeX. */
const escaped = (text: string): string => text.replace(/[&%#_$]/g, character => `\\${character}`)

const arxivOf = ({ identifiers = [] }: CitedArticle): string | undefined =>
  identifiers.find(({ value }) => value.startsWith('arXiv:'))?.value.slice('arXiv:'.length)

function citationParagraphs({ title, authors, version, license, references, ...rest }: CitationRecord): string {
  const year = rest['date-released'].slice(0, 4)
  const software = `${plainAuthors(authors)} (${year}). ${title}. Version ${version}, ${license} licence.`
  return [software, ...references.map(articleParagraph)].join('\n')
}

function articleParagraph(article: CitedArticle): string {
  const { title, authors, journal, year, volume, start, end, doi } = article
  const arxiv = arxivOf(article)
  const places = [
    `${plainAuthors(authors)} (${year}). ${title}. ${journal} ${volume}, ${start}–${end}.`,
    ...(doi === undefined ? [] : [`doi:${doi}.`]),
    ...(arxiv === undefined ? [] : [`arXiv:${arxiv}.`]),
  ]
  return places.join(' ')
}

function plainAuthors(authors: readonly CitedAuthor[]): string {
  return authors
    .map(author => author.name ?? `${author['given-names'] ?? ''} ${author['family-names'] ?? ''}`.trim())
    .join(', ')
}
