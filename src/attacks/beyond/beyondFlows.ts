/**
 * Coupled flows of many replicates, and the exponents of their deviations: what the claims beyond the paper share.
 */

import type { Sigma } from '../../base/errors.js'
import { randomStream } from '../../base/random.js'
import { bootstrapSlope, median } from '../../base/statistics/bootstrapSlope.js'
import { type Estimate, estimated } from '../../base/statistics/estimate.js'
import { coupledFlow } from '../../flow/coupled/coupledFlow.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import type { ProfileName } from '../../interaction/profiles.generated.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'

/** What is run: N = least, 2 least, 4 least, ... up to most. */
export interface DeviationRuns {
  readonly least: number
  readonly most: number
  readonly replicates: number
  /** Cut-off exponent; Infinity: none. */
  readonly delta: number
  readonly sigma: Sigma
  /** Exponent of the singularity, default 2. */
  readonly alpha?: number
  readonly profile?: ProfileName
  readonly T: number
}

/** Deviations of the momenta at time T, per N and replicate; |.| is Euclidean for one particle. */
export interface Deviations {
  readonly N: readonly number[]
  /** max_i |Psi^2_i - Phi^2_i|. */
  readonly largest: readonly Float64Array[]
  /** median over i of |Psi^2_i - Phi^2_i|. */
  readonly typical: readonly Float64Array[]
  /** |Psi^1 - Phi^1|_infinity. */
  readonly position: readonly Float64Array[]
  /** Largest stability quotient |K(Psi) - K(Phi)|_inf / |Psi^1 - Phi^1|_inf at the end. */
  readonly quotient: readonly Float64Array[]
  /**
   * Median over the first replicates of what doubling the step changes, as a share of the deviation, at the largest N.
   */
  readonly stepShare: number
}

/** Replicates whose step error is measured too. */
const CHECKED = 3

/**
 * Steps that resolve an encounter: a twelfth of the cut-off radius at speed 1, and an eighth of the distance 1/N at
 * which two particles turn each other round where the cut-off does not prevent it.
 */
export function stepsFor(N: number, delta: number, T: number): number {
  const inverse = Math.min(8 * N, 12 * N ** Math.min(delta, 2))
  return 2 * Math.ceil(0.5 * T * Math.max(48, inverse))
}

/**
 * Runs Psi and Phi from the same Gaussian points and keeps what is left between them at time T.
 * @throws as {@link coupledFlow}
 */
export async function measureDeviations(runs: DeviationRuns, seed: string, signal?: AbortSignal): Promise<Deviations> {
  const { least, most, replicates, delta, sigma, alpha = 2, profile = 'truncated', T } = runs
  const law = gaussianLaw()
  const N: number[] = []
  for (let n = least; n <= most; n *= 2) N.push(n)
  const table = (): Float64Array[] => N.map(() => new Float64Array(replicates))
  const [largest, typical, position, quotient] = [table(), table(), table(), table()]
  const shares: number[] = []
  for (const [row, n] of N.entries()) {
    const kernel = cutoffKernel({ N: n, delta, sigma, alpha, profile })
    for (let replica = 0; replica < replicates; replica++) {
      const checked = n === N.at(-1) && replica < CHECKED
      const run = await coupledFlow({
        notes: 'hide',
        law,
        N: n,
        delta,
        kernel,
        T,
        seed,
        replica,
        outputs: 1,
        scheme: 'leapfrog',
        steps: stepsFor(n, delta, T),
        majorant: 'omit',
        budget: checked ? 'measured' : 'omit',
        // The budget's other parts are far below one per cent of the deviation.
        fieldTolerance: 1e-4,
        ...(signal === undefined ? {} : { signal }),
      })
      const distances = new Float64Array(n)
      for (let i = 0; i < n; i++) {
        let square = 0
        for (let a = 0; a < 3; a++) square += (run.Psi.p[a * n + i]! - run.Phi.p[a * n + i]!) ** 2
        distances[i] = Math.sqrt(square)
      }
      largest[row]![replica] = distances.reduce((most, d) => Math.max(most, d), 0)
      typical[row]![replica] = median(distances)
      position[row]![replica] = run.columns.position!.at(-1)!
      quotient[row]![replica] = run.columns.stability!.at(-1)! / run.columns.position!.at(-1)!
      if (checked) shares.push(run.budget.step.value)
    }
  }
  return { N, largest, typical, position, quotient, stepShare: median(shares) }
}

/** The exponent e of a deviation that falls like N^-e: the slope of its medians with a bootstrap interval. */
export function exponentOf({ N }: Deviations, samples: readonly Float64Array[], seed: string, level = 0.95): Estimate {
  const { slope } = bootstrapSlope(N, samples, randomStream(`${seed}/slopes`), { statistic: 'median', level })
  return { ...slope, value: -slope.value, low: -slope.high, high: -slope.low }
}

/** The median of replicates with the spread of its quartiles as a share of itself, for figures and tables. */
export function quartiles(sample: Float64Array): Estimate {
  const sorted = Float64Array.from(sample).sort()
  const value = median(sorted)
  const at = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!
  const spread = Math.max(value - at(0.25), at(0.75) - value)
  return { ...estimated(value, spread, 'median; quartiles of replicates'), low: at(0.25), high: at(0.75) }
}
