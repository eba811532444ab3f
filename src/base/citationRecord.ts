/**
 * CITATION.cff as data: what the build hands to {@link cite}.
 */

/** A person, or a group by its name. */
export interface CitedAuthor {
  readonly name?: string
  readonly 'family-names'?: string
  readonly 'given-names'?: string
}

/** An article in the list of references of CITATION.cff; every value is text. */
export interface CitedArticle {
  readonly type: string
  readonly title: string
  readonly authors: readonly CitedAuthor[]
  readonly journal: string
  readonly year: string
  readonly volume: string
  readonly start: string
  readonly end: string
  readonly doi?: string
  /** Others than the DOI, as 'arXiv:1502.04608'. */
  readonly identifiers?: readonly { readonly type: string; readonly value: string }[]
}

/** CITATION.cff, in the Citation File Format 1.2; every value is text. */
export interface CitationRecord {
  readonly 'cff-version': string
  readonly message: string
  readonly title: string
  readonly type: string
  readonly version: string
  /** Year, month and day, joined by hyphens. */
  readonly 'date-released': string
  readonly license: string
  readonly authors: readonly CitedAuthor[]
  readonly keywords: readonly string[]
  readonly references: readonly CitedArticle[]
}
