/**
 * The pages of the live laboratories.
 */
import type { PageParts } from './layout.js'

/** A laboratory of the book. */
export interface Laboratory {
  readonly name: string
  readonly title: string
  /** One line, formulas between $ signs. */
  readonly line: string
  /** The notebook that it belongs to. */
  readonly notebook: string
  page(onError: (message: string) => void): PageParts
}

/** In the order of the navigation. */
export const laboratories: readonly Laboratory[] = []
