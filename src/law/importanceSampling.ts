/**
 * Estimates under a density that is known only pointwise, from draws of an envelope that dominates it.
 */
import { requireLength } from '../base/errors.js'
import { type RandomStream, randomStream } from '../base/random.js'
import { confident, type Estimate } from '../base/statistics/estimate.js'
import { requireMomentOrder } from './moments.js'

/** A law that can be sampled and that dominates another: density <= bound * envelope density everywhere. */
export interface Envelope {
  /** One draw; q and p of length d. */
  sample(stream: RandomStream): { readonly q: ArrayLike<number>; readonly p: ArrayLike<number> }
  /** Its normalised density. */
  density(q: ArrayLike<number>, p: ArrayLike<number>): number
  /** M >= 1 with f0 <= M times the envelope's density; rejection keeps one draw in M. */
  readonly bound: number
}

/** A density with its envelope. */
export interface EnvelopedDensity {
  /** f0(q, p) >= 0; q, p of length d. */
  density(q: ArrayLike<number>, p: ArrayLike<number>): number
  readonly envelope: Envelope
  /** Dimension of position space, default 3; 2: a planar law. */
  readonly d?: 2 | 3
}

/** Draws from the envelope, with the weight f0/envelope of each. */
export interface Probes {
  readonly weights: Float64Array
  /** Length 2d each: q, then p. */
  readonly points: readonly Float64Array[]
}

/** Standard errors either side of a mean at confidence level 0.99. */
export const QUANTILE: number = 2.5758293035489004
const LEVEL = 0.99

function pointText(q: ArrayLike<number>, p: ArrayLike<number>): string {
  return `q = (${Array.from(q).join(', ')}), p = (${Array.from(p).join(', ')})`
}

/** f0/envelope at a point, checked to be in [0, bound]. */
export function weightAt({ density, envelope }: EnvelopedDensity, q: ArrayLike<number>, p: ArrayLike<number>): number {
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

/** `count` seeded draws from the envelope, each checked against the bound. */
export function probe(options: EnvelopedDensity, name: string, count: number): Probes {
  const stream = randomStream(`probes/${name}/${count}`)
  const { d = 3 } = options
  const weights = new Float64Array(count)
  const points: Float64Array[] = []
  for (let i = 0; i < count; i++) {
    const { q, p } = options.envelope.sample(stream)
    requireLength('q of envelope.sample', q, d)
    requireLength('p of envelope.sample', p, d)
    weights[i] = weightAt(options, q, p)
    const z = new Float64Array(2 * d)
    z.set(q)
    z.set(p, d)
    points.push(z)
  }
  return { weights, points }
}

/** The mean of numbers with its confidence interval. */
export function mean(values: Float64Array, method: string): Estimate {
  const n = values.length
  const value = values.reduce((sum, x) => sum + x, 0) / n
  const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (n - 1)
  const half = QUANTILE * Math.sqrt(variance / n)
  return confident(value, half, { level: LEVEL, method })
}

/** sum w |x|^m / sum w, with the standard error of a ratio. */
export function weightedMoment({ weights, points }: Probes, variable: 'q' | 'p' | 'z', m: number): Estimate {
  requireMomentOrder(m)
  const d = points[0]!.length / 2
  const from = variable === 'p' ? d : 0
  const to = variable === 'q' ? d : 2 * d
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
  return confident(value, half, { level: LEVEL, method })
}
