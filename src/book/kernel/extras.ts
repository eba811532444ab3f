/**
 * What comes to the kernel only when a cell may need it, known by the names that the cell uses: recorded files of the
 * project, and the package that reads and writes Parquet.
 */

/** Files or a package that are loaded on demand. */
export interface Extra {
  readonly name: string
  /** A file, or a folder with all its files, below the clone: data/NAME.js in the book. Without it: assets/NAME.js. */
  readonly from?: string
  /** Names, one of which a cell uses. */
  readonly names: readonly string[]
}

/** 'ensemble' is the room that tables are imported from. */
const TABLES = ['ensemble', 'packagedEnsemble', 'openStore']

export const extras: readonly Extra[] = [
  { name: 'claims', from: 'data/claims.json', names: ['recordedLedger'] },
  { name: 'ensembles', from: 'data/ensembles', names: ['packagedEnsemble'] },
  { name: 'rare', from: 'data/rare', names: ['recordedTail', 'recordedTails'] },
  { name: 'tubes', from: 'data/tubes', names: ['recordedTubes'] },
  { name: 'parquet', names: TABLES },
]

/** What a cell may need. @example extrasOf('recordedLedger()')[0].name // 'claims' */
export function extrasOf(source: string): readonly Extra[] {
  const words = new Set(source.match(/[\w$]+/g))
  return extras.filter(({ names }) => names.some(name => words.has(name)))
}
