/**
 * Laws on R^d to which the distance of a cloud is bracketed: what is needed is a sampler, and for the certified upper
 * bound independent coordinates with known distribution functions.
 */

import { requireArray, requireInteger, requirePositive } from '../../base/errors.js'
import type { RandomStream } from '../../base/random.js'
import { requireShape } from '../../base/shape.js'
import { type Law, requireLaw } from '../../law/law.js'
import { gaussianLaw1d, type Law1d, requireLaw1d, uniformLaw1d } from '../line/quantileLaw.js'
import { type PointCloud, phaseCloud } from '../pointCloud.js'

/** A probability law on R^d with a density. */
export interface SpaceLaw {
  readonly name: string
  readonly d: number
  /** n independent points. */
  sample(n: number, stream: RandomStream): PointCloud
  /** E|T|^k is finite if and only if k < tailOrder, where that is known. */
  readonly tailOrder?: number
  /** The laws of the coordinates, if these are independent. */
  readonly factors?: readonly Law1d[]
}

/** Far above what can be sampled in a useful way; each coordinate has a law of its own. */
const MOST_DIMENSIONS = 10_000

/**
 * Independent coordinates with the given laws on the line. Sampled by quantiles of uniforms from (0, 1).
 * @param factors one law for each of d >= 1 coordinates
 * @example productLaw([uniformLaw1d(), exponentialLaw1d()]).d // 2
 */
export function productLaw(factors: readonly Law1d[]): SpaceLaw {
  requireArray('factors', factors)
  const d = requireInteger('factors.length', factors.length, 1)
  for (const [a, factor] of factors.entries()) requireLaw1d(`factors[${a}]`, factor)
  return {
    name: [...new Set(factors.map(({ name }) => name))].join('*'),
    d,
    factors,
    tailOrder: Math.min(...factors.map(({ tailOrder }) => tailOrder)),
    sample: (n, stream) => {
      const x = new Float64Array(requireInteger('n', n, 1) * d)
      for (let i = 0; i < n; i++) {
        // Half a step of the uniforms' lattice, so that no quantile is at 0.
        for (let a = 0; a < d; a++) x[a * n + i] = factors[a]!.quantile(stream.uniform() + 2 ** -54)
      }
      return { n, d, x }
    },
  }
}

/** The uniform law on the cube [0, 1]^d. @example uniformCubeLaw(3).sample(10, randomStream('1/cube')).n // 10 */
export function uniformCubeLaw(d: number): SpaceLaw {
  return productLaw(Array<Law1d>(requireInteger('d', d, 1, MOST_DIMENSIONS)).fill(uniformLaw1d()))
}

/** The centred normal law on R^d with covariance sigma^2 times the identity. */
export function isotropicGaussianLaw(d: number, sigma: number = 1): SpaceLaw {
  requirePositive('sigma', sigma)
  return productLaw(Array<Law1d>(requireInteger('d', d, 1, MOST_DIMENSIONS)).fill(gaussianLaw1d(0, sigma)))
}

/** An initial law f0 on phase space R^6, through its sampler. */
export function phaseSpaceLaw(law: Law): SpaceLaw {
  requireLaw(law)
  return { name: law.name, d: 6, sample: (n, stream) => phaseCloud(law.sample(n, stream)) }
}

/** Requires a law on R^d. @throws TypeError, RangeError */
export function requireSpaceLaw(law: unknown): void {
  requireShape<SpaceLaw>('law', law, {
    name: 'text',
    d: 'number',
    sample: 'function',
    tailOrder: { optional: 'number' },
    factors: { optional: ['any'] },
  })
}
