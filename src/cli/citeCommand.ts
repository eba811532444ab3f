/**
 * `mfl cite`: how to cite the package and the paper.
 */
import { type CitationFormat, cite } from '../base/cite.js'
import { quote } from '../base/errors.js'
import { type Report, UsageError } from './report.js'

/** Options of `mfl cite`. */
export interface CiteOptions {
  /** bibtex, text or cff. */
  readonly format: string
}

/** @throws UsageError for another format @example citeCommand({ format: 'text' }).text */
export function citeCommand({ format }: CiteOptions): Report {
  if (!['bibtex', 'text', 'cff'].includes(format)) {
    throw new UsageError(`--format must be bibtex, text or cff; got ${quote(format)}`)
  }
  const citation = cite(format as CitationFormat)
  return { data: { format, citation }, text: citation }
}
