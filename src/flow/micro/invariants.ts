/**
 * What the microscopic flow (5) conserves: energy, momentum, angular momentum, all per particle. Measured along runs as
 * a check on the integrator and on the forces.
 */

import type { Configuration } from '../../base/configuration.js'
import { requireArray, requireOptions } from '../../base/errors.js'
import { compensatedSum } from '../../base/numerics/compensatedSum.js'
import { forcesAsync } from '../../forces/forcesAsync.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import { requireState } from '../step/requireState.js'

/** Means over the particles. */
export interface Invariants {
  /** (1/N) sum |p_i|^2/2. */
  readonly kinetic: number
  /** (1/(2 N^2)) sum_{i != j} V(q_i - q_j), k = -grad V. */
  readonly potential: number
  /** Their sum, the Hamiltonian per particle; tends to the energy of the mean field. */
  readonly energy: number
  /** (1/N) sum p_i, length d. */
  readonly momentum: Float64Array
  /** (1/N) sum q_i x p_i: length 3 in d = 3, 1 in d = 2, 0 otherwise. */
  readonly angularMomentum: Float64Array
}

/** Largest changes since the first of several states. */
export interface InvariantDrift {
  /** |H - H_0|, absolute. */
  readonly energy: number
  /** |H - H_0| relative to kinetic energy plus |potential energy| at the beginning: does not blow up where H_0 = 0. */
  readonly relativeEnergy: number
  /** Maximum norm. */
  readonly momentum: number
  /** Maximum norm. */
  readonly angularMomentum: number
}

/** Options of {@link invariants}. */
export interface InvariantsOptions {
  /** Relative tolerance of the potential sums, default 1e-6, and 1e-12 up to 512 particles. */
  readonly tolerance?: number
  readonly threads?: number
  readonly signal?: AbortSignal
}

/**
 * The conserved quantities of a state, sums with compensation. The potential sums cost as much as a force.
 * @returns means per particle; rounding of the sums is below 1e-15 of the sum of moduli
 * @throws TypeError, RangeError as the force sums
 * @source (5), (6)
 * @example (await invariants(Z, coulombKernel({ sigma: -1 }))).energy
 */
export async function invariants(
  Z: Configuration,
  kernel: Kernel,
  options: InvariantsOptions = {},
): Promise<Invariants> {
  requireOptions<InvariantsOptions>('invariants', options, { tolerance: true, threads: true, signal: 'signal' })
  requireState(Z)
  requireKernel(kernel)
  const { N, d, q, p } = requireState(Z)
  const { tolerance = N <= 512 ? 1e-12 : 1e-6, ...rest } = options
  let potential = 0
  if (kernel.sigma !== 0 && N > 1) {
    const { potential: phi } = await forcesAsync(Z, kernel, { tolerance, potential: 'include', ...rest })
    potential = compensatedMean(N, i => phi![i]!) / 2
  }
  const kinetic =
    compensatedMean(N, i => {
      let square = 0
      for (let a = 0; a < d; a++) square += p[a * N + i]! * p[a * N + i]!
      return square
    }) / 2
  const momentum = Float64Array.from({ length: d }, (_, a) => compensatedMean(N, i => p[a * N + i]!))
  const planes = d === 3 ? [1, 2, 2, 0, 0, 1] : d === 2 ? [0, 1] : []
  const angularMomentum = Float64Array.from({ length: planes.length / 2 }, (_, c) => {
    const a = planes[2 * c]! * N
    const b = planes[2 * c + 1]! * N
    return compensatedMean(N, i => q[a + i]! * p[b + i]! - q[b + i]! * p[a + i]!)
  })
  return { kinetic, potential, energy: kinetic + potential, momentum, angularMomentum }
}

/** Largest deviations from the first entry. @example invariantDrift([before, after]).energy */
export function invariantDrift(series: readonly Invariants[]): InvariantDrift {
  requireArray('series', series)
  let [energy, momentum, angularMomentum] = [0, 0, 0]
  const first = series[0]
  if (first === undefined) return { energy, relativeEnergy: 0, momentum, angularMomentum }
  for (const next of series) {
    energy = Math.max(energy, Math.abs(next.energy - first.energy))
    momentum = Math.max(momentum, maximumDifference(next.momentum, first.momentum))
    angularMomentum = Math.max(angularMomentum, maximumDifference(next.angularMomentum, first.angularMomentum))
  }
  const unit = first.kinetic + Math.abs(first.potential)
  return { energy, relativeEnergy: energy === 0 ? 0 : energy / unit, momentum, angularMomentum }
}

/** max_k |x_k - y_k|; NaN if an entry is. */
export function maximumDifference(x: Float64Array, y: Float64Array): number {
  let most = 0
  for (let k = 0; k < x.length; k++) {
    const difference = Math.abs(x[k]! - y[k]!)
    if (Number.isNaN(difference)) return difference
    if (difference > most) most = difference
  }
  return most
}

/** The mean of term(i) over i < N. */
function compensatedMean(N: number, term: (i: number) => number): number {
  const sum = compensatedSum()
  for (let i = 0; i < N; i++) sum.add(term(i))
  return sum.total() / N
}
