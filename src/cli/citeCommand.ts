/**
 * `mfl cite`: how to cite the package and the paper.
 */
import { CITATION_FORMATS, cite } from '../base/cite.js'
import { knownName } from './lists.js'
import type { Report } from './report.js'

/** Options of `mfl cite`. */
interface CiteOptions {
  /** bibtex, text or cff. */
  readonly format: string
}

/** @throws UsageError for another format @example citeCommand({ format: 'text' }).text */
export function citeCommand({ format }: CiteOptions): Report {
  const citation = cite(knownName('--format', format, CITATION_FORMATS))
  return { data: { format, citation }, text: citation }
}
