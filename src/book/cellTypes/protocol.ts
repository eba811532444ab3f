/**
 * What the page asks about the types of a cell, and what it is answered.
 */

/** A question about the last of some cells; those before it are the ones above it on the page. */
export type TypesQuestion =
  | { readonly what: 'check'; readonly cells: readonly string[] }
  | { readonly what: 'complete' | 'describe'; readonly cells: readonly string[]; readonly at: number }

/** A question with its number. */
export interface ToTypes {
  readonly id: number
  readonly question: TypesQuestion
}

/** A place in a cell where something is wrong; offsets count from the cell's beginning. */
export interface CellMark {
  readonly from: number
  readonly to: number
  readonly message: string
}

/** Names that may stand in the place of the text from `from` to the caret, the likeliest first. */
export interface CellNames {
  readonly from: number
  readonly names: readonly { readonly name: string; readonly kind: string }[]
  /** Whether these are all that contain what is written. */
  readonly all: boolean
}

/** What a name is, and what its docblock says first. */
export interface CellDescription {
  readonly from: number
  readonly to: number
  readonly type: string
  readonly sentence: string
}

/** The answers, by what was asked. */
export interface TypesAnswers {
  readonly check: readonly CellMark[]
  readonly complete: CellNames | undefined
  readonly describe: CellDescription | undefined
}

/** From the worker of the types, or about it. */
export type FromTypes =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: TypesAnswers[keyof TypesAnswers] }
  | { readonly kind: 'failed'; readonly message: string }

/** Declaration files as `npm run book` packs them. */
export interface TypesFiles {
  /** Texts by path; those of TypeScript itself are in /lib. */
  readonly files: Readonly<Record<string, string>>
  /** The file of a module, by the name that it is imported by. */
  readonly modules: Readonly<Record<string, string>>
}
