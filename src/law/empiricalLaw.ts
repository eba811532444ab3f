/**
 * The empirical measure of given samples as a law.
 */
import type { Configuration } from '../base/configuration.js'
import {
  quote,
  requireInteger,
  requireLength,
  requireNumber,
  requireObject,
  requireOneOf,
  requireText,
} from '../base/errors.js'
import { type Estimate, exact } from '../base/statistics/estimate.js'
import type { CustomLaw } from './law.js'
import { requireMomentOrder } from './moments.js'
import { drawParticles } from './sampling.js'

/** A custom law given by samples. */
export interface CustomSamplesOptions {
  /** Short name, used in stream keys. */
  readonly name: string
  /** At least one particle in d = 3, or 2 for a planar law. */
  readonly samples: Configuration
  readonly tex?: string
}

/** The law 1/n sum of point masses at the samples; see {@link customLaw}. */
export function lawFromSamples({ name, samples, tex }: CustomSamplesOptions): CustomLaw {
  if (tex !== undefined) requireText('tex', tex)
  requireObject('samples', samples, 'like a configuration {N, d, q, p}')
  const n = requireInteger('samples.N', samples.N, 1)
  const d = requireOneOf<2 | 3>('samples.d', samples.d, [2, 3])
  requireLength('samples.q', samples.q, d * n)
  requireLength('samples.p', samples.p, d * n)
  for (const key of ['q', 'p'] as const) {
    samples[key].forEach((x, i) => {
      requireNumber(`samples.${key}[${i}]`, x, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
    })
  }
  const lengths = (variable: 'q' | 'p' | 'z'): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => {
      const part = (x: Float64Array): number =>
        d === 3 ? Math.hypot(x[i]!, x[i + n]!, x[i + 2 * n]!) : Math.hypot(x[i]!, x[i + n]!)
      return variable === 'z' ? Math.hypot(part(samples.q), part(samples.p)) : part(samples[variable])
    })
  const moment = (variable: 'q' | 'p' | 'z', m: number): number => {
    requireMomentOrder(m)
    return lengths(variable).reduce((sum, r) => sum + r ** m / n, 0)
  }
  const unknown = (what: string): never => {
    throw new TypeError(`the ${what} of the law ${quote(name)} is not known: it was made from samples`)
  }
  const infinite: Estimate = { ...exact(0, 'empirical measure'), value: Infinity, low: Infinity, high: Infinity }
  return {
    name,
    ...(d === 3 ? {} : { d }),
    tex: tex ?? 'f_0=\\tfrac1n\\sum_{i=1}^n\\delta_{z_i}',
    parameters: { samples: n },
    density: () => unknown('density'),
    spatialDensity: () => unknown('spatial density'),
    densitySup: Number.POSITIVE_INFINITY,
    rhoNorm1: 1,
    rhoSup: Number.POSITIVE_INFINITY,
    momentumMoment: m => moment('p', m),
    positionMoment: m => moment('q', m),
    phaseMoment: m => moment('z', m),
    support: { q: lengths('q').reduce((a, b) => Math.max(a, b)), p: lengths('p').reduce((a, b) => Math.max(a, b)) },
    atoms: samples,
    estimates: { normalisation: exact(1, 'empirical measure'), densitySup: infinite, rhoSup: infinite },
    momentEstimate: (variable, m) => exact(moment(variable, m), 'mean over the samples', n * Number.EPSILON),
    sample: (N, stream) =>
      drawParticles(
        N,
        stream,
        (q, p) => {
          const i = Math.floor(stream.uniform() * n)
          for (let a = 0; a < d; a++) {
            q[a] = samples.q[a * n + i]!
            p[a] = samples.p[a * n + i]!
          }
        },
        d,
      ),
  }
}
