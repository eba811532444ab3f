/**
 * TypeScript's language service over the cells of a page: what is wrong in a cell, what may be written at a place of
 * it, what a name is. As in the notebooks' kernel cells are not strict.
 */
import type ts from 'typescript'
import { firstSentence } from '../../present/firstSentence.js'
import { plainText } from '../../present/plainText.js'
import { type JoinedCell, joinCells, placeInCell } from './joinCells.js'
import type { CellDescription, CellMark, CellNames, TypesFiles } from './protocol.js'
import { wordBefore } from './wordBefore.js'

/** Answers about the last of some cells; the others stand above it. */
export interface CellService {
  /** Errors of syntax or, where there are none, of types, in the order of their places. */
  check(cells: readonly string[]): CellMark[]
  /** What may stand at an offset of the cell. */
  complete(cells: readonly string[], at: number): CellNames | undefined
  /** What stands at an offset of the cell, or before it. */
  describe(cells: readonly string[], at: number): CellDescription | undefined
}

/** The most names that are offered at once. */
const OFFERED = 50

/** "Cannot assign to 'a' because it is an import", which a constant of a cell above is to TypeScript alone. */
const ASSIGNED_IMPORT = 2632

const optionsOf = (typescript: typeof ts): ts.CompilerOptions => ({
  target: typescript.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  module: typescript.ModuleKind.ESNext,
  moduleResolution: typescript.ModuleResolutionKind.Bundler,
  esModuleInterop: true,
  strict: false,
  skipLibCheck: true,
  noEmit: true,
  types: [],
})

/**
 * @param typescript the compiler
 * @param files the declaration files that cells may use
 * @example cellService(ts, { files: {}, modules: {} }).check(['const a = ']).length // 1
 */
export function cellService(typescript: typeof ts, { files, modules }: TypesFiles): CellService {
  let joined: readonly JoinedCell[] = []
  const versions = new Map<string, { readonly text: string; readonly version: number }>()
  const textOf = (path: string): string | undefined => versions.get(path)?.text ?? files[path]
  const options = optionsOf(typescript)
  const globals = Object.keys(files).filter(path => path.startsWith('/globals/'))
  const disk = { fileExists: (path: string): boolean => textOf(path) !== undefined, readFile: textOf }
  const resolved = (name: string, from: string): ts.ResolvedModuleWithFailedLookupLocations => {
    const path = modules[name]
    if (path === undefined) return typescript.resolveModuleName(name, from, options, disk)
    const extension = path.endsWith('.cts') ? typescript.Extension.Dcts : typescript.Extension.Dts
    return { resolvedModule: { resolvedFileName: path, extension } }
  }
  const service = typescript.createLanguageService({
    ...disk,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...globals, ...joined.map(({ path }) => path)],
    getScriptVersion: path => String(versions.get(path)?.version ?? 0),
    getScriptSnapshot: path => {
      const text = textOf(path)
      return text === undefined ? undefined : typescript.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => '/cells',
    getDefaultLibFileName: () => '/lib/lib.es2022.d.ts',
    resolveModuleNameLiterals: (literals, from) => literals.map(({ text }) => resolved(text, from)),
  })
  /** The last of the cells, known to the service. */
  const open = (cells: readonly string[]): JoinedCell => {
    joined = joinCells(typescript, cells)
    for (const { path, text } of joined) {
      const known = versions.get(path)
      if (known?.text !== text) versions.set(path, { text, version: (known?.version ?? 0) + 1 })
    }
    return joined.at(-1)!
  }
  return {
    check: cells => {
      const cell = open(cells)
      const syntax = service.getSyntacticDiagnostics(cell.path)
      const wrong = syntax.length > 0 ? syntax : service.getSemanticDiagnostics(cell.path)
      return wrong.flatMap(each => markOf(typescript, cell, each)).sort((a, b) => a.from - b.from)
    },
    complete: (cells, at) => {
      const cell = open(cells)
      const source = cells.at(-1)!
      const from = at - wordBefore(source.slice(0, at)).length
      const found = service.getCompletionsAtPosition(cell.path, cell.start + at, {})
      if (found === undefined) return undefined
      const names = likeliest(found.entries, source.slice(from, at))
      return { from, names: names.slice(0, OFFERED), all: names.length <= OFFERED }
    },
    describe: (cells, at) => {
      const cell = open(cells)
      for (const place of at > 0 ? [at, at - 1] : [at]) {
        const info = service.getQuickInfoAtPosition(cell.path, cell.start + place)
        const from = info && placeInCell(cell, info.textSpan.start)
        if (info === undefined || from === undefined) continue
        const type = withoutModules(typescript.displayPartsToString(info.displayParts))
          .replace(/^\(alias\) /, '')
          .replace(/\nimport [^\n]*$/, '')
        const doc = typescript.displayPartsToString(info.documentation)
        return {
          from,
          to: from + info.textSpan.length,
          type,
          sentence: plainText(firstSentence(doc)).replace(/\s+/g, ' '),
        }
      }
      return undefined
    },
  }
}

/** Types of cells are named by their names alone. */
const withoutModules = (text: string): string => text.replace(/import\("[^"]*"\)\./g, '')

function markOf(typescript: typeof ts, cell: JoinedCell, diagnostic: ts.Diagnostic): CellMark[] {
  const { start = 0, length = 0, code } = diagnostic
  const from = placeInCell(cell, start)
  if (from === undefined) return []
  const to = placeInCell(cell, start + length)!
  const text = withoutModules(typescript.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
  const message = code === ASSIGNED_IMPORT ? text.replace('an import', 'a constant of a cell above') : text
  return [{ from, to, message }]
}

/** Names that begin as what is written, then those that contain it; each in TypeScript's own order. */
function likeliest(entries: readonly ts.CompletionEntry[], written: string): CellNames['names'] {
  const small = written.toLowerCase()
  const rank = (name: string): number => {
    if (name.startsWith(written)) return 0
    const place = name.toLowerCase().indexOf(small)
    return place < 0 ? 3 : place === 0 ? 1 : 2
  }
  return entries
    .map(({ name, kind, sortText }) => ({ name, kind: String(kind), sortText, rank: rank(name) }))
    .filter(each => each.rank < 3)
    .sort((a, b) => a.rank - b.rank || compare(a.sortText, b.sortText) || compare(a.name, b.name))
    .map(({ name, kind }) => ({ name, kind }))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
