/**
 * Runs the cells of a notebook one after the other, as the kernel does: names of one are there in the next, the value
 * of a last expression is printed, an error is reported with its place.
 */
import type ts from 'typescript'
import type { CellPosition } from '../../notebook/kernel/cellSources.js'
import { compileReport } from '../../notebook/kernel/compileReport.js'
import { type ErrorReport, errorReport } from '../../notebook/kernel/errorReport.js'
import { syntaxErrors } from './checkCell.js'
import { type CompiledCell, compileCell } from './compileCell.js'
import { dirname } from './platform/path.js'
import { KERNEL_FILE } from './protocol.js'

/** What a runner needs of the place where it runs. */
export interface CellPlace {
  readonly typescript: typeof ts
  /** The global object of the cells. */
  readonly scope: Record<string, unknown>
  /** Evaluates a program in that place. */
  evaluate(code: string): unknown
  /** The module of an import. @throws Error naming a module that is not there */
  load(module: string): unknown
  /** Prints the value of a last expression. */
  print(value: unknown): void
}

/** Runs cells. */
export interface CellRunner {
  /** Why the cell failed, or nothing. What it printed before stays. */
  run(source: string): Promise<ErrorReport | undefined>
  /** The report on something that was thrown outside of a run. */
  report(thrown: unknown): ErrorReport
}

/** @example (await cellRunner(place).run('const a: = 1'))!.ename // 'CompileError' */
export function cellRunner(place: CellPlace): CellRunner {
  const { typescript, scope, evaluate, load, print } = place
  const sources: string[] = []
  const compiled = new Map<number, CompiledCell>()
  const position = (cell: number, line: number): CellPosition | undefined => {
    const known = compiled.get(cell)
    const source = sources[cell - 1]
    if (known === undefined || source === undefined) return undefined
    const at = Math.min(known.lineOf(line), source.split('\n').length)
    const text = source.split('\n')[at - 1] ?? ''
    // Types are erased before it runs: the line is known, the column is not.
    return { cell, line: at, column: text.length - text.trimStart().length + 1 }
  }
  const lookup = {
    source: (cell: number) => sources[cell - 1],
    position,
    holdsPromise: (name: string) => Object.hasOwn(scope, name) && scope[name] instanceof Promise,
    library: dirname(KERNEL_FILE),
    debug: false,
  }
  return {
    report: thrown => errorReport(thrown, lookup),
    async run(source) {
      const cell = sources.push(source)
      const wrong = syntaxErrors(typescript, source)
      if (wrong.length > 0) return compileReport(wrong, cell, source, typescript, () => undefined)
      const ready = compileCell(typescript, source, cell)
      compiled.set(cell, ready)
      for (const name of ready.names) define(scope, name)
      try {
        const run = evaluate(ready.code) as (
          load: CellPlace['load'],
        ) => Promise<{ readonly value: unknown } | undefined>
        const result = await run(load)
        if (result?.value !== undefined && result.value !== null) print(result.value)
        return undefined
      } catch (error) {
        return errorReport(error, lookup)
      }
    },
  }
}

/** A name of the cells hides what the place itself calls so, and may be assigned to. */
function define(scope: Record<string, unknown>, name: string): void {
  Object.defineProperty(scope, name, { value: undefined, writable: true, configurable: true, enumerable: true })
}
