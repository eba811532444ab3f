/**
 * The columns of a coupled run's rows, in their order, and what a value of each may be: what a run writes and what a
 * reader checks.
 */
import type { CoupledJob, Quantity } from '../plan/job.js'

/** Columns that say which row it is. */
const KEY_COLUMNS: readonly string[] = ['law', 'N', 'delta', 'sigma', 'replica', 't']

/** Columns that each quantity takes from the coupled run as they are. */
export const RUN_COLUMNS: Readonly<Record<Quantity, readonly string[]>> = {
  deviation: ['position', 'momentum', 'positionEuclidean', 'momentumEuclidean', 'supPosition', 'supMomentum'],
  chaos: ['Delta', 'J0', 'logJ0', 'J1', 'logJ1'],
  fluctuation: ['fluctuation', 'fluctuationEuclidean', 'stability', 'inB'],
  majorant: ['majorantFluctuation', 'inC'],
  conservation: ['energyDrift', 'momentumDrift', 'angularMomentumDrift'],
  budget: ['forceError'],
  distances: [],
}

/** Columns at the last time alone, for p = 1 and 2. */
export const DISTANCE_COLUMNS: readonly string[] = [1, 2].flatMap(p => [
  `W${p}PsiPhi`,
  `W${p}PhiSecond`,
  `W${p}PsiSecond`,
  `W${p}Cutoff`,
])

/** Columns that a quantity adds to those of the run. */
const OWN_COLUMNS: Readonly<Partial<Record<Quantity, readonly string[]>>> = {
  deviation: ['sup', 'outside'],
  budget: ['stepShare', 'forceShare', 'fieldShare', 'budgetTotal', 'steps'],
  distances: DISTANCE_COLUMNS,
}

/** Not defined without a cut-off: NaN there. */
const NEEDS_CUTOFF = new Set(['J0', 'logJ0', 'J1', 'logJ1', 'outside', 'inB', 'majorantFluctuation', 'inC'])
/** 1 or 0. */
const FLAGS = new Set(['outside', 'inB', 'inC'])
/** Logarithms of what may be 0. */
const LOGARITHMS = new Set(['logJ0', 'logJ1'])
/** Quotients by the deviation, which is 0 without interaction. */
const SHARES = new Set(['stepShare', 'forceShare', 'fieldShare', 'budgetTotal'])
const ONLY_LAST = new Set(DISTANCE_COLUMNS)

/**
 * All columns of the rows of these quantities, in their order.
 * @example coupledColumns(['deviation']).at(-1) // 'outside'
 */
export function coupledColumns(quantities: readonly Quantity[]): string[] {
  return [...KEY_COLUMNS, ...valueColumns(quantities)]
}

/** The columns that hold measured numbers. */
export function valueColumns(quantities: readonly Quantity[]): string[] {
  return quantities.flatMap(quantity => [...RUN_COLUMNS[quantity], ...(OWN_COLUMNS[quantity] ?? [])])
}

/**
 * What is wrong with a measured value, in words; undefined if nothing is.
 * @param k number of the row, that is, of the job's time
 */
export function valueFault(
  job: Pick<CoupledJob, 'delta' | 'sigma' | 'times'>,
  k: number,
  name: string,
  value: unknown,
): string | undefined {
  const got = `row ${k} has ${name} = ${String(value)}`
  if (typeof value !== 'number') return `${got}, which must be a number`
  const last = k === job.times.length - 1
  if (ONLY_LAST.has(name) && !last)
    return Number.isNaN(value) ? undefined : `${got}, which must be NaN before the last time`
  if (Number.isNaN(value) && NEEDS_CUTOFF.has(name) && job.delta === 'Infinity') return undefined
  if (FLAGS.has(name)) return value === 0 || value === 1 ? undefined : `${got}, which must be 0 or 1`
  if (LOGARITHMS.has(name)) {
    return value < Number.POSITIVE_INFINITY ? undefined : `${got}, which must be finite or -Infinity`
  }
  if (SHARES.has(name) && job.sigma === 0) return undefined
  return Number.isFinite(value) && value >= 0 ? undefined : `${got}, which must be a finite number >= 0`
}
