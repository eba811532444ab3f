/**
 * Loader of the WebAssembly assignment solver: compiled once, instantiated synchronously for every problem with a
 * memory of its own, which goes when the problem does.
 */
import { transportBase64 } from './transport.generated.js'

/** The functions of `assembly/transport`; rows are points of X, columns points of Y. */
export interface AssignmentExports {
  /** Clears all and lays out memory for n rows and columns of dimension d; 0 if there is not enough. */
  setUp(n: number, d: number, p: number, listLength: number): number
  prepareColumns(): void
  refreshPrices(): void
  beginRound(epsilon: number): void
  bid(epsilon: number, most: number, leave: number, budget: number): number
  boundRows(): void
  leastOf(row: number): number
  costOf(row: number, column: number): number
  beginRepair(): void
  forgetLists(): void
  startingRow(k: number, count: number): number
  pricesFromRows(count: number, from: number, to: number): void
  abandonSearch(): void
  repair(slack: number, budget: number): number
  readonly work: { readonly value: number }
  readonly bids: { readonly value: number }
  readonly scans: { readonly value: number }
}

/** One problem in a memory of its own. */
export interface AssignmentModule {
  readonly run: AssignmentExports
  /** Points, coordinate a of point i at i * d + a. */
  readonly X: Float64Array
  readonly Y: Float64Array
  /** Per column. */
  readonly price: Float64Array
  readonly owner: Int32Array
  /** Per row. */
  readonly partner: Int32Array
  readonly matchCost: Float64Array
  readonly rowMinimum: Float64Array
  readonly bound: Float64Array
}

/** Columns in a leaf and in a group of the solver's layout: the order of points should keep these together in space. */
export const ASSIGNMENT_LEAF = 32
export const ASSIGNMENT_GROUP = 256

let compiled: WebAssembly.Module | undefined

/**
 * Memory and functions for one assignment problem.
 * @throws RangeError if that much memory cannot be had
 * @example assignmentModule(3, 2, 1, 32).price.length // 3
 */
export function assignmentModule(n: number, d: number, p: number, listLength: number): AssignmentModule {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(transportBase64), c => c.charCodeAt(0)))
  const abort = (): never => {
    throw new Error('the WebAssembly assignment aborted')
  }
  const { exports } = new WebAssembly.Instance(compiled, { env: { abort } })
  const run = exports as unknown as AssignmentExports
  // Checked here because 32-bit addresses would wrap: per point 2 d doubles, d + 1 floats, a list, and 112 bytes of
  // state; per group of points its boxes; per array the padding.
  const groups = Math.ceil(n / ASSIGNMENT_GROUP)
  const bytes = n * (16 * d + 20 * Math.min(listLength, n) + 112) + groups * (1104 * d + 1100) + 131072
  if (bytes > 2 ** 32 || run.setUp(n, d, p, listLength) === 0) {
    throw new RangeError(`an assignment of ${n} points in dimension ${d} needs more memory than WebAssembly has`)
  }
  const { memory, ...rest } = exports as unknown as { memory: { readonly buffer: ArrayBuffer } }
  const at = rest as unknown as Readonly<Record<string, { readonly value: number }>>
  const f64 = (name: string, length: number): Float64Array =>
    new Float64Array(memory.buffer, at[name]!.value >>> 0, length)
  const i32 = (name: string): Int32Array => new Int32Array(memory.buffer, at[name]!.value >>> 0, n)
  return {
    run,
    X: f64('X', n * d),
    Y: f64('Y', n * d),
    price: f64('price', n),
    owner: i32('owner'),
    partner: i32('partner'),
    matchCost: f64('matchCost', n),
    rowMinimum: f64('rowMinimum', n),
    bound: f64('bound', n),
  }
}
