/**
 * Where a place in the code that runs stands in the cell that was written. tslab compiles a cell twice, TypeScript to
 * modules and modules to CommonJS; both steps are made to keep their source maps.
 */
import { SourceMap } from 'node:module'

/** A place in a cell; line and column counted from 1. */
export interface CellPosition {
  /** The number in the cell's brackets. */
  readonly cell: number
  readonly line: number
  readonly column: number
}

/** The cells that ran, by number: their text and the way back to it. */
export interface CellSources {
  /** TypeScript with both compilations told to keep maps: what tslab is to load in place of its own. */
  readonly typescript: object
  /** Keeps a cell under its number. @param output what tslab got for it */
  add(cell: number, source: string, output: string): void
  source(cell: number): string | undefined
  /** @param line of the code that ran, from 1 @param column from 1 */
  position(cell: number, line: number, column: number): CellPosition | undefined
}

interface Compiled {
  readonly source: string
  /** Of the code that ran; below it tslab puts a line that starts it. */
  readonly lines: number
  /** Last compilation first. */
  readonly maps: readonly SourceMap[]
}

interface TypeScript {
  createWatchCompilerHost(files: unknown, options: object, ...rest: unknown[]): unknown
  transpileModule(code: string, options: { compilerOptions?: object }): { outputText: string; sourceMapText?: string }
}

/** Lines that tslab puts before a cell. */
const PREFIX_LINES = 1
const COMMENT = /\n?\/\/# sourceMappingURL=(\S+)\s*$/

/** @param typescript the compiler that tslab is about to load */
export function cellSources(typescript: object): CellSources {
  const cells = new Map<number, Compiled>()
  // Of the cell that was compiled last.
  const mapsOf = new Map<string, readonly SourceMap[]>()
  const original = typescript as TypeScript
  const mapped: TypeScript = {
    createWatchCompilerHost: (files, options, ...rest) =>
      original.createWatchCompilerHost(files, { ...options, inlineSourceMap: true }, ...rest),
    transpileModule(code, options) {
      const first = inlineMap(code)
      if (first === undefined) return original.transpileModule(code, options)
      const second = original.transpileModule(code.replace(COMMENT, '\n'), {
        ...options,
        compilerOptions: { ...options.compilerOptions, sourceMap: true },
      })
      const outputText = second.outputText.replace(COMMENT, '\n')
      mapsOf.set(outputText, [new SourceMap(JSON.parse(second.sourceMapText!)), first])
      return { ...second, outputText }
    },
  }
  return {
    // Its properties can't be assigned, but tslab reads each of them whenever it needs it.
    typescript: new Proxy(typescript, {
      get: (target, key) => (key in mapped ? mapped[key as keyof TypeScript] : Reflect.get(target, key)),
    }),
    add(cell, source, output) {
      cells.set(cell, { source, lines: output.split('\n').length, maps: mapsOf.get(output) ?? [] })
      mapsOf.clear()
    },
    source: cell => cells.get(cell)?.source,
    position(cell, line, column) {
      const compiled = cells.get(cell)
      if (compiled === undefined || compiled.maps.length === 0 || line > compiled.lines) return undefined
      let place = { line: line - 1, column: column - 1 }
      for (const map of compiled.maps) {
        const entry = map.findEntry(place.line, place.column)
        if (!('originalLine' in entry)) return undefined
        place = { line: entry.originalLine, column: entry.originalColumn }
      }
      const count = compiled.source.split('\n').length
      const at = place.line - PREFIX_LINES + 1
      return at >= 1 && at <= count ? { cell, line: at, column: place.column + 1 } : undefined
    },
  }
}

function inlineMap(code: string): SourceMap | undefined {
  const data = /^data:application\/json;base64,(.*)$/.exec(COMMENT.exec(code)?.[1] ?? '')?.[1]
  return data === undefined ? undefined : new SourceMap(JSON.parse(Buffer.from(data, 'base64').toString('utf8')))
}
