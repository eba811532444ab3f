/**
 * The split (42)-(44) of the distance between particles and the limit, part by part in one run. Used by the claim on
 * Theorem 4.4 and its figure.
 */

import type { Configuration } from '../../base/configuration.js'
import { requireN, requirePositive } from '../../base/errors.js'
import { randomStream } from '../../base/random.js'
import { coupledFlow } from '../../flow/coupled/coupledFlow.js'
import { meanFieldFlow } from '../../flow/coupled/meanFieldFlow.js'
import { type RadialField, radialField } from '../../flow/field/radial/radialField.js'
import { coulombKernel } from '../../interaction/coulombKernel.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { wassersteinDistance } from '../../transport/assignment/wassersteinDistance.js'
import { phaseCloud } from '../../transport/pointCloud.js'

export const T = 1

const STEPS = 40

/** A run of the split. */
export interface SplitSpec {
  readonly N: number
  readonly delta: number
  readonly sigma: 1 | -1
  /** Order of W_p. */
  readonly p: 1 | 2
}

/** What the split is measured with: the mean field with the cut-off, and without. */
export interface SplitFields {
  readonly field: RadialField
  readonly limit: RadialField
}

/**
 * Fields of the normal law up to t = 1; the same for all seeds.
 * @param limit the one without cut-off, if it is there already
 * @throws RangeError for parameters outside their range
 */
export function splitFields({ N, delta, sigma }: Omit<SplitSpec, 'p'>, limit?: RadialField): SplitFields {
  const law = gaussianLaw()
  const kernel = cutoffKernel({ N: requireN(N), delta: requirePositive('delta', delta), sigma })
  return {
    field: radialField({ law, kernel, T, tolerance: 1e-4 }),
    limit: limit ?? radialField({ law, kernel: coulombKernel({ sigma }), T, tolerance: 1e-4 }),
  }
}

/** The three parts of the split and what they bound (its quantities of these names), at t = 1. */
export interface SplitParts {
  readonly first: number
  readonly second: number
  readonly third: number
  /** W_p(mu[Psi], a sample of f_T). */
  readonly whole: number
}

/**
 * (42), (43), (44) in one coupled run from normal data.
 * @param seed of the run
 * @param fields {@link splitFields} of the same spec
 * @example
 * const spec = { N: 64, delta: 0.3, sigma: 1, p: 1 } as const
 * (await splitParts(spec, '1', splitFields(spec))).second.toFixed(1) // '2.0'
 */
export async function splitParts(
  spec: SplitSpec,
  seed: string,
  { field, limit }: SplitFields,
  signal?: AbortSignal,
): Promise<SplitParts> {
  const { N, delta, sigma, p } = spec
  const law = gaussianLaw()
  const kernel = cutoffKernel({ N, delta, sigma })
  const run = await coupledFlow({
    notes: 'hide',
    ...{ law, N, delta, kernel, T, field, outputs: 2, steps: STEPS, threads: 1, seed: `${seed}/claim-4.4` },
    scheme: 'leapfrog',
    majorant: 'omit',
    budget: 'omit',
    rates: [],
    ...(signal === undefined ? {} : { signal }),
  })
  const second = law.sample(N, randomStream({ seed: `${seed}/claim-4.4`, law: law.name, N, replica: 1 }))
  const [cut, uncut] = [field, limit].map(by => meanFieldFlow(second, by, { steps: STEPS }))
  const distance = (X: Configuration, Y: Configuration): number =>
    wassersteinDistance(phaseCloud(X), phaseCloud(Y), { p }).value
  return {
    first: distance(run.Psi, run.Phi),
    second: distance(run.Phi, cut!),
    third: meanDifference(cut!, uncut!, p),
    whole: distance(run.Psi, uncut!),
  }
}

/** (mean of |x_i - y_i|^p)^(1/p) over the particles. */
function meanDifference(X: Configuration, Y: Configuration, p: number): number {
  const { N } = X
  let sum = 0
  for (let i = 0; i < N; i++) {
    let square = 0
    for (let a = 0; a < 3; a++) {
      const k = a * N + i
      square += (X.q[k]! - Y.q[k]!) ** 2 + (X.p[k]! - Y.p[k]!) ** 2
    }
    sum += square ** (p / 2) / N
  }
  return sum ** (1 / p)
}
