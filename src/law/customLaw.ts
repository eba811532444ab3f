/**
 * A law of the user's own: from a density with an envelope to sample under, or from samples alone.
 */
import type { Configuration } from '../base/configuration.js'
import { quote, requireInteger, requireLength, requireNumber, requireOneOf, requirePositive } from '../base/errors.js'
import { type Estimate, exact } from '../base/estimate.js'
import { maximizeLocally } from '../base/optimize.js'
import { type RandomStream, randomStream } from '../base/random.js'
import type { Law, RadialDensity } from './law.js'
import { requireMomentOrder } from './moments.js'
import { drawParticles } from './sampling.js'
import { searchMaximum } from './searchMaximum.js'
import { sphericalCubature } from './sphericalCubature.js'

/** A law that can be sampled and that dominates another: density <= bound * envelope density everywhere. */
export interface Envelope {
  /** One draw; q and p of length 3. */
  sample(stream: RandomStream): { readonly q: ArrayLike<number>; readonly p: ArrayLike<number> }
  /** Its normalised density. */
  density(q: ArrayLike<number>, p: ArrayLike<number>): number
  /** M >= 1 with f0 <= M times the envelope's density; rejection keeps one draw in M. */
  readonly bound: number
}

/** A custom law given by its density. */
export interface CustomDensityOptions {
  /** Short name, used in stream keys. */
  readonly name: string
  /** f0(q, p) >= 0; q, p of length 3. */
  density(q: ArrayLike<number>, p: ArrayLike<number>): number
  readonly envelope: Envelope
  /** 'check' (default): f0 must integrate to 1. 'rescale': it is divided by its integral as measured. */
  readonly normalisation?: 'check' | 'rescale'
  /** rho(q), if known; otherwise a cubature over p at every call, which is slow. */
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

/** A custom law given by samples. */
export interface CustomSamplesOptions {
  /** Short name, used in stream keys. */
  readonly name: string
  /** At least one particle in d = 3. */
  readonly samples: Configuration
  readonly tex?: string
}

/** A custom law, with what is known about its numbers. */
export interface CustomLaw extends Law {
  /** `normalisation`, `densitySup`, `rhoSup`; computed on first use. */
  readonly estimates: Readonly<Record<'normalisation' | 'densitySup' | 'rhoSup', Estimate>>
  /** The moment of order m of |q|, |p| or |z| with its confidence interval. */
  momentEstimate(variable: 'q' | 'p' | 'z', m: number): Estimate
}

/**
 * A law from a density and an envelope, or from samples.
 *
 * From a density: 32768 seeded draws from the envelope (`probes`) check f0 <= M envelope (so does every later draw), give
 * int f0 by importance sampling with its standard error, and the moments with confidence intervals (level 0.99). An integral
 * further than five standard errors from 1 is refused, or divided out with `normalisation: 'rescale'`. Suprema are searched
 * from the best probes: lower bounds in truth. What cannot be seen: mass where the envelope's density is 0 or tiny, and
 * whether a moment diverges (a draw that dominates it is reported in the estimate's method).
 *
 * From samples: draws are resampled with replacement, moments are the samples' own, and mean fields are sums over them.
 * Whether there is a density is not known: density and spatialDensity throw, and the suprema are Infinity, as for the
 * empirical measure that the law then is.
 * @throws TypeError for arguments of a wrong type; RangeError naming the point and the ratio where f0 > M envelope, the point
 *   where f0 is negative or not finite, or the integral if it is not 1
 * @example customLaw({ name: 'mine', samples: uniformBallLaw().sample(1000, randomStream('1/mine')) }).positionMoment(2)
 */
export function customLaw(options: CustomDensityOptions | CustomSamplesOptions): CustomLaw {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`options must be {name, density, envelope} or {name, samples}, got ${quote(options)}`)
  }
  if (typeof options.name !== 'string' || options.name === '' || options.name.includes('/')) {
    throw new TypeError(`name must be a non-empty string without '/', got ${quote(options.name)}`)
  }
  return 'samples' in options ? lawFromSamples(options) : lawFromDensity(options)
}

function lawFromSamples({ name, samples, tex }: CustomSamplesOptions): CustomLaw {
  if (typeof samples !== 'object' || samples === null) {
    throw new TypeError(`samples must be a configuration {N, d, q, p}, got ${quote(samples)}`)
  }
  const n = requireInteger('samples.N', samples.N, 1)
  requireInteger('samples.d', samples.d, 3, 3)
  requireLength('samples.q', samples.q, 3 * n)
  requireLength('samples.p', samples.p, 3 * n)
  for (const key of ['q', 'p'] as const) {
    samples[key].forEach((x, i) => {
      requireNumber(`samples.${key}[${i}]`, x, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
    })
  }
  const lengths = (variable: 'q' | 'p' | 'z'): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => {
      const part = (x: Float64Array): number => Math.hypot(x[i]!, x[i + n]!, x[i + 2 * n]!)
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
      drawParticles(N, stream, (q, p) => {
        const i = Math.floor(stream.uniform() * n)
        for (let a = 0; a < 3; a++) {
          q[a] = samples.q[a * n + i]!
          p[a] = samples.p[a * n + i]!
        }
      }),
  }
}

/** Draws from the envelope, with the weight f0/envelope of each. */
interface Probes {
  readonly weights: Float64Array
  /** Length 6 each: q, then p. */
  readonly points: readonly Float64Array[]
}

function lawFromDensity(options: CustomDensityOptions): CustomLaw {
  const { name, envelope, normalisation = 'check', radial, probes: count = 32_768 } = options
  requireFunction('density', options.density)
  if (typeof envelope !== 'object' || envelope === null) {
    throw new TypeError(`envelope must be {sample, density, bound}, got ${quote(envelope)}`)
  }
  requireFunction('envelope.sample', envelope.sample)
  requireFunction('envelope.density', envelope.density)
  requirePositive('envelope.bound', envelope.bound)
  requireOneOf('normalisation', normalisation, ['check', 'rescale'])
  requireInteger('probes', count, 100)
  const support = {
    q: options.support?.q ?? Number.POSITIVE_INFINITY,
    p: options.support?.p ?? Number.POSITIVE_INFINITY,
  }
  requireNumber('support.q', support.q, Number.MIN_VALUE, Number.POSITIVE_INFINITY, 'a number > 0')
  requireNumber('support.p', support.p, Number.MIN_VALUE, Number.POSITIVE_INFINITY, 'a number > 0')

  const probes = probe(options, count)
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
  const momentumScale = Math.sqrt(momentEstimate('p', 2).value / 3)
  const spatialDensity =
    options.spatialDensity !== undefined
      ? (q: ArrayLike<number>): number => factor * options.spatialDensity!(q)
      : radial !== undefined
        ? (q: ArrayLike<number>): number => radial.density(Math.hypot(q[0]!, q[1]!, q[2]!))
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
      drawParticles(N, stream, (q, p) => {
        for (;;) {
          const draw = envelope.sample(stream)
          if (stream.uniform() * envelope.bound < weightAt(options, draw.q, draw.p)) {
            for (let a = 0; a < 3; a++) {
              q[a] = draw.q[a]!
              p[a] = draw.p[a]!
            }
            return
          }
        }
      }),
  }
}

/** Standard errors either side of a mean at confidence level 0.99. */
const QUANTILE = 2.5758293035489004
const LEVEL = 0.99

function requireFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') throw new TypeError(`${name} must be a function, got ${quote(value)}`)
}

function once<T>(compute: () => T): () => T {
  let value: T | undefined
  return () => {
    value ??= compute()
    return value
  }
}

function pointText(q: ArrayLike<number>, p: ArrayLike<number>): string {
  return `q = (${Array.from(q).join(', ')}), p = (${Array.from(p).join(', ')})`
}

/** f0/envelope at a point, checked to be in [0, bound]. */
function weightAt({ density, envelope }: CustomDensityOptions, q: ArrayLike<number>, p: ArrayLike<number>): number {
  const f = density(q, p)
  if (!(f >= 0 && f < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`density must be a finite number >= 0, got ${f} at ${pointText(q, p)}`)
  }
  const e = envelope.density(q, p)
  if (!(e > 0)) throw new RangeError(`envelope.density must be > 0 where it draws, got ${e} at ${pointText(q, p)}`)
  // A few units in the last place above the bound is rounding in either density.
  if (!(f <= envelope.bound * e * (1 + 1e-12))) {
    throw new RangeError(
      `density must be at most envelope.bound = ${envelope.bound} times envelope.density, got ${f / e} times at ${pointText(q, p)}`,
    )
  }
  return f / e
}

function probe(options: CustomDensityOptions, count: number): Probes {
  const stream = randomStream(`probes/${options.name}/${count}`)
  const weights = new Float64Array(count)
  const points: Float64Array[] = []
  for (let i = 0; i < count; i++) {
    const { q, p } = options.envelope.sample(stream)
    requireLength('q of envelope.sample', q, 3)
    requireLength('p of envelope.sample', p, 3)
    weights[i] = weightAt(options, q, p)
    points.push(Float64Array.of(q[0]!, q[1]!, q[2]!, p[0]!, p[1]!, p[2]!))
  }
  return { weights, points }
}

function mean(values: Float64Array, method: string): Estimate {
  const n = values.length
  const value = values.reduce((sum, x) => sum + x, 0) / n
  const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (n - 1)
  const half = QUANTILE * Math.sqrt(variance / n)
  return { value, low: value - half, high: value + half, kind: 'confidence', level: LEVEL, method }
}

/** sum w |x|^m / sum w, with the standard error of a ratio. */
function weightedMoment({ weights, points }: Probes, variable: 'q' | 'p' | 'z', m: number): Estimate {
  requireMomentOrder(m)
  const from = variable === 'p' ? 3 : 0
  const to = variable === 'q' ? 3 : 6
  const powers = Float64Array.from(points, z => {
    let square = 0
    for (let a = from; a < to; a++) square += z[a]! * z[a]!
    return square ** (m / 2)
  })
  let total = 0
  let sum = 0
  let largest = 0
  for (let i = 0; i < powers.length; i++) {
    const term = weights[i]! * powers[i]!
    total += weights[i]!
    sum += term
    largest = Math.max(largest, term)
  }
  const value = sum / total
  let variance = 0
  for (let i = 0; i < powers.length; i++) variance += (weights[i]! * (powers[i]! - value)) ** 2
  const half = (QUANTILE * Math.sqrt(variance)) / total
  const warning = largest > 0.05 * sum ? '; one draw carries more than 5 % of it, it may diverge' : ''
  const method = `importance sampling from the envelope${warning}`
  return { value, low: value - half, high: value + half, kind: 'confidence', level: LEVEL, method }
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
  const f = (z: Float64Array): number => density(z.subarray(0, 3), z.subarray(3, 6))
  const values = points.map((z, i) => (weights[i]! > 0 ? f(z) : 0))
  let value = 0
  for (const i of best(3, values)) {
    const size = Math.hypot(...points[i]!)
    value = Math.max(value, maximizeLocally(f, points[i]!, 0.25 * size).value)
  }
  return { value, low: value, high: value, kind: 'estimated', method: 'maximum search from the best probes' }
}

function supremumOfRho(rho: (q: ArrayLike<number>) => number, { points, weights }: Probes): Estimate {
  const centres = points.filter((_, i) => weights[i]! > 0).slice(0, 48)
  const starts = [new Float64Array(3), ...centres.map(z => z.slice(0, 3))]
  const chosen = best(
    2,
    starts.map(q => rho(q)),
  ).map(i => starts[i]!)
  const step = 0.5 * Math.max(...centres.map(z => Math.hypot(z[0]!, z[1]!, z[2]!)))
  const value = rho(searchMaximum(rho, chosen, step))
  return { value, low: value, high: value, kind: 'estimated', method: 'maximum search from the best probes' }
}
