/**
 * The fluctuations of the law of large numbers, measured: how far sums over independent particles are from their mean
 * field, for forces (the set B_t) and majorants (the set C_t). Called by the claims of section 7 and their figures.
 */
import { quote, requireFunction, requireInteger, requireLength, requireN, requireOptions } from '../base/errors.js'
import { randomStream, requireSeed } from '../base/random.js'
import { forces } from '../forces/forces.js'
import { majorantSums } from '../forces/pairSums.js'
import { type Law, requireLaw } from '../law/law.js'
import { isForce, meanTable, type PairSource, requireSource } from './pairSource.js'
import type { RadialTable } from './radialTable.js'

/** Options of {@link measureFluctuations}. */
export interface FluctuationOptions {
  /** Number of particles N >= 1. */
  readonly N: number
  /** Number of independent samples, >= 1. */
  readonly replicates: number
  /** Seed of the streams; replica r draws from seed/law/N/r/lln. */
  readonly seed: number | string
  /**
   * Each independent draw is repeated this many times, default 1. More than 1 breaks the independence on purpose: N
   * particles then carry the information of N/copies.
   */
  readonly copies?: number
}

/** What every replicate gave. */
export interface Fluctuations {
  /** max_i |(1/N) sum_{j != i} h(q_i - q_j) - h*rho(q_i)|_inf, length `replicates`. */
  readonly maximum: Float64Array
  /** The same for particle 1 alone. */
  readonly first: Float64Array
  /** (1/N) sum_i |...|^2 with the Euclidean norm. */
  readonly meanSquare: Float64Array
  /** Largest error seen in the table of h*rho. */
  readonly tableError: number
}

/**
 * The deviations d_i = (1/N) sum_{j != i} h(q_i - q_j) - h*rho(q_i) of one configuration.
 * @param q positions, length 3N, structure of arrays
 * @param mean h*rho as a function of the radius (for a force its outward component, sigma included)
 * @returns length 3N (structure of arrays) for a force, N for a scalar h
 * @throws as {@link forces}
 * @source (53), Definition 7.1
 */
export function deviations(q: Float64Array, source: PairSource, mean: (r: number) => number): Float64Array {
  if (!(q instanceof Float64Array)) throw new TypeError(`q must be a Float64Array, got ${quote(q)}`)
  requireSource(source)
  requireFunction('mean', mean)
  const N = q.length / 3
  const vector = isForce(source)
  // A tolerance of 1e-9 keeps the sum in double precision over all pairs.
  const sums = vector
    ? forces(q, source, { method: 'direct', precision: 'f64', tolerance: 1e-9 }).force
    : majorantSums(q, source)
  for (let i = 0; i < N; i++) {
    const r = Math.sqrt(q[i]! * q[i]! + q[N + i]! * q[N + i]! + q[2 * N + i]! * q[2 * N + i]!)
    const value = mean(r)
    if (!vector) sums[i] = sums[i]! - value
    else if (r > 0) for (let a = 0; a < 3; a++) sums[a * N + i] = sums[a * N + i]! - (value * q[a * N + i]!) / r
  }
  return sums
}

/**
 * Fluctuations over independent replicates: N particles drawn from the law, h their pair function, h*rho from a table.
 * @param law spherically symmetric about 0
 * @param source a kernel of R^3 or a majorant
 * @throws RangeError, TypeError naming the argument
 * @source Definition 7.1, (52)
 * @example measureFluctuations(uniformBallLaw(), cutoffKernel({ N: 100, delta: 0.3 }), { N: 100, replicates: 10, seed: 1 })
 */
export function measureFluctuations(law: Law, source: PairSource, options: FluctuationOptions): Fluctuations {
  requireOptions<FluctuationOptions>('measureFluctuations', options, {
    N: true,
    replicates: true,
    seed: true,
    copies: true,
  })
  const { replicates, seed, copies = 1 } = options
  const N = requireN(options.N)
  requireInteger('replicates', replicates, 1, 1e8)
  requireInteger('copies', copies, 1, N)
  requireSource(source)
  requireLaw(law)
  requireSeed(seed)
  const table: RadialTable = meanTable(law, source)
  const maximum = new Float64Array(replicates)
  const first = new Float64Array(replicates)
  const meanSquare = new Float64Array(replicates)
  for (let r = 0; r < replicates; r++) {
    const stream = randomStream({ seed, law: law.name, N, replica: r, stream: 'lln' })
    const q = repeated(law.sample(Math.ceil(N / copies), stream).q, N, copies)
    const d = deviations(q, source, table.at)
    const components = d.length / N
    for (let i = 0; i < N; i++) {
      let largest = 0
      let square = 0
      for (let a = 0; a < components; a++) {
        const x = d[a * N + i]!
        largest = Math.max(largest, Math.abs(x))
        square += x * x
      }
      maximum[r] = Math.max(maximum[r]!, largest)
      meanSquare[r] = meanSquare[r]! + square / N
      if (i === 0) first[r] = largest
    }
  }
  return { maximum, first, meanSquare, tableError: table.error }
}

/** N positions from fewer: particle i has the place of draw floor(i/copies). */
function repeated(draws: Float64Array, N: number, copies: number): Float64Array {
  if (copies === 1) return draws
  const n = draws.length / 3
  requireLength('draws', draws, 3 * Math.ceil(N / copies))
  const q = new Float64Array(3 * N)
  for (let a = 0; a < 3; a++) for (let i = 0; i < N; i++) q[a * N + i] = draws[a * n + Math.floor(i / copies)]!
  return q
}
