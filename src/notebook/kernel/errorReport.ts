/**
 * An error of a cell as Jupyter's protocol and its readers want it: one line that says what, then where in the cell.
 */
import { inspect } from 'node:util'
import type { CellPosition } from './cellSources.js'

/** The content of Jupyter's `error` message. */
export interface ErrorReport {
  readonly ename: string
  readonly evalue: string
  /** Lines; the first is `ename: evalue`. */
  readonly traceback: readonly string[]
}

/** What is known of the cells that ran. */
export interface CellLookup {
  source(cell: number): string | undefined
  position(cell: number, line: number, column: number): CellPosition | undefined
  /** Whether a variable of the cells holds a promise now. */
  holdsPromise(name: string): boolean
  /** The folder of the library's own code, whose frames are hidden. */
  readonly library: string
  /** Whether every frame is shown. */
  readonly debug: boolean
}

/** How the code of cell n is called in stack traces. */
export function cellFile(cell: number): string {
  return `cell-${cell}.ts`
}

const CELL_FRAME = /(?:^|[\s(])cell-(\d+)\.ts:(\d+):(\d+)\)?$/
const AROUND = 2

/** Lines of a cell around one of them, with a marker below the column; line and column count from 1. */
export function codeFrame(source: string, line: number, column: number): string[] {
  const lines = source.split('\n')
  const first = Math.max(1, line - AROUND)
  const last = Math.min(lines.length, line + AROUND)
  const width = String(last).length
  const frame: string[] = []
  for (let n = first; n <= last; n++) {
    const text = lines[n - 1]!.replace(/\r$/, '')
    frame.push(`${n === line ? '>' : ' '} ${String(n).padStart(width)} | ${text}`.trimEnd())
    // Tabs stay tabs, so that the marker stands below its column however wide they are.
    if (n === line) frame.push(`  ${' '.repeat(width)} | ${text.slice(0, column - 1).replace(/[^\t]/g, ' ')}^`)
  }
  return frame
}

/** The heading of a code frame. */
export function placeText({ cell, line }: Omit<CellPosition, 'column'>): string {
  return `cell [${cell}], line ${line}`
}

/** The line that helps who forgot `await`. */
export function awaitHint(expression: string | undefined): string {
  const brief = expression !== undefined && expression.length <= 60 && !expression.includes('\n')
  return `did you forget await before ${brief ? expression : 'the call'}?`
}

/**
 * The report on what a cell threw. Frames of Node, of tslab and of the library are left out; what stands in cells is
 * said in the cells' own lines.
 */
export function errorReport(thrown: unknown, cells: CellLookup): ErrorReport {
  if (isInterrupt(thrown)) return plainReport('InterruptedError', 'the cell was interrupted')
  if (!(thrown instanceof Error)) return plainReport('Error', `thrown: ${inspect(thrown, { depth: 1 })}`)
  const ename = thrown.name || 'Error'
  const evalue = thrown.message
  const frames = framesOf(thrown)
  const places = frames.flatMap(frame => position(frame, cells) ?? [])
  const below: string[] = []
  const innermost = places[0]
  if (innermost !== undefined) {
    below.push(...framed(innermost, cells))
    const hint = thrown instanceof TypeError ? promiseOnLine(innermost, cells) : undefined
    if (hint !== undefined) below.push(awaitHint(hint))
  }
  // Where the call came from, down to the cell that was run; its line is shown with code if the error is in another.
  const outermost = places.at(-1)
  for (const place of places.slice(1)) {
    const elsewhere = place === outermost && place.cell !== innermost!.cell
    below.push(...(elsewhere ? framed(place, cells, 'called from ') : [`called from ${placeText(place)}`]))
  }
  if (thrown.cause !== undefined) below.push(`caused by ${headline(thrown.cause)}`)
  const shown = cells.debug ? frames : frames.filter(frame => !isInternal(frame, cells) && !CELL_FRAME.test(frame))
  return { ename, evalue, traceback: [...`${ename}: ${evalue}`.split('\n'), ...below, ...shown] }
}

/** A report without a place. */
export function plainReport(ename: string, evalue: string): ErrorReport {
  return { ename, evalue, traceback: `${ename}: ${evalue}`.split('\n') }
}

/** tslab ends awaited work, and Node synchronous code, by an error of its own. */
function isInterrupt(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false
  const { code } = thrown as NodeJS.ErrnoException
  return code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED' || thrown.message === 'Interrupted asynchronously'
}

function headline(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : inspect(thrown, { depth: 1 })
}

function framesOf({ stack }: Error): string[] {
  return String(stack ?? '')
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .map(line => line.replace(/^\s+/, '    '))
}

function position(frame: string, cells: CellLookup): CellPosition | undefined {
  const [, cell, line, column] = CELL_FRAME.exec(frame) ?? []
  return cell === undefined ? undefined : cells.position(Number(cell), Number(line), Number(column))
}

function isInternal(frame: string, { library }: CellLookup): boolean {
  const path = frame.replaceAll('\\', '/')
  return (
    path.includes('node:') ||
    path.includes('<anonymous>') ||
    /node_modules\/@?tslab\//.test(path) ||
    path.includes(`${library.replaceAll('\\', '/')}/`)
  )
}

function framed(place: CellPosition, cells: CellLookup, before = ''): string[] {
  const source = cells.source(place.cell)
  return [`${before}${placeText(place)}`, ...(source === undefined ? [] : codeFrame(source, place.line, place.column))]
}

/** A variable of the cells on this line that holds a promise, used without `await`. */
function promiseOnLine({ cell, line }: CellPosition, cells: CellLookup): string | undefined {
  const text = cells.source(cell)?.split('\n')[line - 1] ?? ''
  const names = text.matchAll(/(?<![\w$.]|\bawait\s+)[A-Za-z_$][\w$]*/g)
  return [...names].map(([name]) => name).find(name => cells.holdsPromise(name))
}
