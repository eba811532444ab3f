/**
 * A law of the user's own: from a density with an envelope to sample under, or from samples alone.
 */

import {
  quote,
  requireFunction,
  requireInteger,
  requireNumber,
  requireObject,
  requireOneOf,
  requireOptions,
  requirePositive,
  requireText,
} from '../base/errors.js'
import { maximizeLocally } from '../base/numerics/optimize.js'
import { requireShape } from '../base/shape.js'
import type { Estimate } from '../base/statistics/estimate.js'
import { type CustomSamplesOptions, lawFromSamples } from './empiricalLaw.js'
import {
  type EnvelopedDensity,
  mean,
  type Probes,
  probe,
  QUANTILE,
  weightAt,
  weightedMoment,
} from './importanceSampling.js'
import type { CustomLaw, RadialDensity } from './law.js'
import { sphericalCubature } from './meanField/sphericalCubature.js'
import { drawParticles } from './sampling.js'
import { searchMaximum } from './searchMaximum.js'

/** A custom law given by its density. */
export interface CustomDensityOptions extends EnvelopedDensity {
  /** Short name, used in stream keys. */
  readonly name: string
  /** 'check' (default): f0 must integrate to 1. 'rescale': it is divided by its integral as measured. */
  readonly normalisation?: 'check' | 'rescale'
  /** rho(q), if known; otherwise a cubature over p at every call, which is slow. A planar law needs it, or `radial`. */
  spatialDensity?(q: ArrayLike<number>): number
  /** The radial profile of rho, if it is symmetric: gives mean fields by one- or two-dimensional quadrature. */
  readonly radial?: RadialDensity
  /** Radii of the support, default Infinity. */
  readonly support?: { readonly q?: number; readonly p?: number }
  readonly tex?: string
  readonly parameters?: Readonly<Record<string, number | string>>
  /** Draws from the envelope for every numerical estimate, default 32768. */
  readonly probes?: number
}

/**
 * A law from a density and an envelope, or from samples.
 *
 * From a density: 32768 seeded draws from the envelope (`probes`) check f0 <= M envelope (so does every later draw),
 * give int f0 by importance sampling with its standard error, and the moments with confidence intervals (level 0.99).
 * An integral further than five standard errors from 1 is refused, or divided out with `normalisation: 'rescale'`.
 * Suprema are searched from the best probes: lower bounds in truth. What cannot be seen: mass where the envelope's
 * density is 0 or tiny, and whether a moment diverges (a draw that dominates it is reported in the estimate's method).
 *
 * From samples: draws are resampled with replacement, moments are the samples' own, and mean fields are sums over them.
 * Whether there is a density is not known: density and spatialDensity throw, and the suprema are Infinity, as for the
 * empirical measure that the law then is.
 * @throws TypeError for arguments of a wrong type; RangeError naming the point and the ratio where f0 > M envelope, the
 *   point where f0 is negative or not finite, or the integral if it is not 1
 * @example customLaw({ name: 'mine', samples: uniformBallLaw().sample(1000, randomStream('1/mine')) }).positionMoment(2)
 */
export function customLaw(options: CustomDensityOptions | CustomSamplesOptions): CustomLaw {
  requireObject('options', options, '{ name, density, envelope } or { name, samples }')
  if (typeof options.name !== 'string' || options.name === '' || options.name.includes('/')) {
    throw new TypeError(`name must be a non-empty string without '/', got ${quote(options.name)}`)
  }
  if ('samples' in options)
    requireOptions<CustomSamplesOptions>('customLaw', options, { name: true, samples: true, tex: true })
  else {
    requireOptions<CustomDensityOptions>('customLaw', options, {
      ...{ name: true, density: 'function', envelope: true, normalisation: true, spatialDensity: 'function' },
      ...{ radial: true, support: true, tex: true, parameters: true, probes: true, d: true },
    })
  }
  return 'samples' in options ? lawFromSamples(options) : lawFromDensity(options)
}

function lawFromDensity(options: CustomDensityOptions): CustomLaw {
  const { name, envelope, normalisation = 'check', radial, probes: count = 32_768, d = 3 } = options
  requireFunction('density', options.density)
  requireOneOf<2 | 3>('d', d, [2, 3])
  if (d === 2 && radial === undefined) requireFunction('spatialDensity', options.spatialDensity)
  if (typeof envelope !== 'object' || envelope === null) {
    throw new TypeError(`envelope must be {sample, density, bound}, got ${quote(envelope)}`)
  }
  requireFunction('envelope.sample', envelope.sample)
  requireFunction('envelope.density', envelope.density)
  requirePositive('envelope.bound', envelope.bound)
  requireOneOf('normalisation', normalisation, ['check', 'rescale'])
  if (options.parameters !== undefined) requireObject('parameters', options.parameters)
  if (radial !== undefined) {
    requireShape<Pick<RadialDensity, 'density' | 'enclosedMass'>>('radial', radial, {
      density: 'function',
      enclosedMass: 'function',
    })
  }
  requireInteger('probes', count, 100, 1e8)
  if (options.tex !== undefined) requireText('tex', options.tex)
  const support = {
    q: options.support?.q ?? Number.POSITIVE_INFINITY,
    p: options.support?.p ?? Number.POSITIVE_INFINITY,
  }
  requireNumber('support.q', support.q, Number.MIN_VALUE, Number.POSITIVE_INFINITY, 'a number > 0')
  requireNumber('support.p', support.p, Number.MIN_VALUE, Number.POSITIVE_INFINITY, 'a number > 0')

  const probes = probe(options, name, count)
  const integral = mean(probes.weights, 'importance sampling from the envelope')
  const standardError = (integral.high - integral.value) / QUANTILE
  if (normalisation === 'check' && !(Math.abs(integral.value - 1) <= 5 * standardError + 1e-9)) {
    throw new RangeError(
      `density must integrate to 1, got ${integral.value.toPrecision(6)} with standard error ` +
        `${standardError.toPrecision(2)} (${count} draws from the envelope); normalisation: 'rescale' divides by it`,
    )
  }
  const factor = normalisation === 'rescale' ? 1 / integral.value : 1
  const density = (q: ArrayLike<number>, p: ArrayLike<number>): number => factor * options.density(q, p)
  const momentEstimate = (variable: 'q' | 'p' | 'z', m: number): Estimate => weightedMoment(probes, variable, m)
  const momentumScale = Math.sqrt(momentEstimate('p', 2).value / d)
  const spatialDensity =
    options.spatialDensity !== undefined
      ? (q: ArrayLike<number>): number => factor * options.spatialDensity!(q)
      : radial !== undefined
        ? (q: ArrayLike<number>): number => radial.density(Math.hypot(q[0]!, q[1]!, d === 3 ? q[2]! : 0))
        : (q: ArrayLike<number>): number => marginal(p => density(q, p), momentumScale, support.p)

  const estimates = {
    normalisation: integral,
    get densitySup(): Estimate {
      return densitySup()
    },
    get rhoSup(): Estimate {
      return rhoSup()
    },
  }
  const densitySup = once(() => supremumOfDensity(density, probes))
  const rhoSup = once(() => supremumOfRho(spatialDensity, probes))
  return {
    name,
    ...(d === 3 ? {} : { d }),
    tex: options.tex ?? 'f_0',
    parameters: options.parameters ?? {},
    density,
    spatialDensity,
    get densitySup() {
      return densitySup().value
    },
    rhoNorm1: factor * integral.value,
    get rhoSup() {
      return rhoSup().value
    },
    momentumMoment: m => momentEstimate('p', m).value,
    positionMoment: m => momentEstimate('q', m).value,
    phaseMoment: m => momentEstimate('z', m).value,
    support,
    ...(radial !== undefined ? { radial } : {}),
    estimates,
    momentEstimate,
    sample: (N, stream) =>
      drawParticles(
        N,
        stream,
        (q, p) => {
          for (;;) {
            const draw = envelope.sample(stream)
            if (stream.uniform() * envelope.bound < weightAt(options, draw.q, draw.p)) {
              for (let a = 0; a < d; a++) {
                q[a] = draw.q[a]!
                p[a] = draw.p[a]!
              }
              return
            }
          }
        },
        d,
      ),
  }
}

function once<T>(compute: () => T): () => T {
  let value: T | undefined
  return () => {
    value ??= compute()
    return value
  }
}

/** int g d^3p by cubature around p = 0. */
function marginal(g: (p: ArrayLike<number>) => number, scale: number, radius: number): number {
  const slice = {
    spatialDensity: g,
    rhoSup: (1.5 * scale) ** -3,
    positionMoment: () => 2 * scale,
    support: { q: radius, p: Number.POSITIVE_INFINITY },
  }
  const combine = (_: number, shell: Float64Array, out: Float64Array): void => {
    out[0] = shell[0]!
  }
  return sphericalCubature(slice, [0, 0, 0], 0, combine, { breaks: [], tolerance: 1e-8, maxOrder: 16 })[0]!.value
}

/** Indices of the probes with the largest values of a function of the index. */
function best(count: number, values: ArrayLike<number>): readonly number[] {
  const order = Array.from({ length: values.length }, (_, i) => i)
  return order.sort((i, j) => values[j]! - values[i]!).slice(0, count)
}

function supremumOfDensity(density: CustomDensityOptions['density'], { points, weights }: Probes): Estimate {
  const d = points[0]!.length / 2
  const f = (z: Float64Array): number => density(z.subarray(0, d), z.subarray(d, 2 * d))
  const values = points.map((z, i) => (weights[i]! > 0 ? f(z) : 0))
  let value = 0
  for (const i of best(3, values)) {
    const size = Math.hypot(...points[i]!)
    value = Math.max(value, maximizeLocally(f, points[i]!, 0.25 * size).value)
  }
  return { value, low: value, high: value, kind: 'estimated', method: 'maximum search from the best probes' }
}

function supremumOfRho(rho: (q: ArrayLike<number>) => number, { points, weights }: Probes): Estimate {
  const centres = points.filter((_, i) => weights[i]! > 0).slice(0, 12)
  const d = points[0]!.length / 2
  const starts = [new Float64Array(d), ...centres.map(z => z.slice(0, d))]
  const chosen = best(
    1,
    starts.map(q => rho(q)),
  ).map(i => starts[i]!)
  const step = 0.5 * Math.max(...centres.map(z => Math.hypot(z[0]!, z[1]!, d === 3 ? z[2]! : 0)))
  const value = rho(searchMaximum(rho, chosen, step))
  return { value, low: value, high: value, kind: 'estimated', method: 'maximum search from the best probes' }
}
