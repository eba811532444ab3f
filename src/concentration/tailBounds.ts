/**
 * Explicit bounds on the probability that the law of large numbers of Proposition 7.2 is violated, as logarithms:
 * Bernstein's inequality, and Markov's with the 2M-th moment as in (54)-(62), every constant computed. Called by the
 * claims of section 7.
 */
import { type OptionNames, requireInteger, requireNumber, requireOptions, requirePositive } from '../base/errors.js'
import { logMomentsOfSum } from './momentsOfSum.js'
import { logSum, requireSummand, type Summand } from './summand.js'

/**
 * The event max_i |(1/N) sum_{j != i} h(q_i - q_j) - h*rho(q_i)|_inf >= threshold, q_i independent with density rho.
 */
export interface TailEvent {
  readonly summand: Summand
  /** Natural logarithm of N, >= 0. */
  readonly logN: number
  /** Cut-off exponent, >= 0 and finite. */
  readonly delta: number
  /** ||rho||_inf; the mass is 1. */
  readonly rhoSup: number
  /** Natural logarithm of the threshold. */
  readonly logThreshold: number
}

const SUM_OPTIONS: OptionNames<Omit<TailEvent, 'logThreshold'>> = {
  summand: true,
  logN: true,
  delta: true,
  rhoSup: true,
}

/** What enters a bound on the sum of the centred summands Y_j = h(q_1 - q_j) - h*rho(q_1), given q_1. */
interface CentredSum {
  /**
   * ln(N threshold - |h*rho|): the mean of the N - 1 terms falls short of N h*rho by h*rho. -Infinity if not positive.
   */
  readonly logT: number
  /** ln of the bound of |h*rho|. */
  readonly logMean: number
  /** ln of the bound ||rho||_inf int |h|^m of E|h|^m. */
  logMoment(m: number): number
  /** ln of the bound of |Y|. */
  readonly logRange: number
  /** ln(2 components N), the union bound. */
  readonly logUnion: number
}

function centredSum({ summand, logN, delta, rhoSup, logThreshold }: TailEvent): CentredSum {
  requireSummand(summand)
  requireNumber('logN', logN, 0, Number.MAX_VALUE, 'a finite number >= 0')
  requireNumber('delta', delta, 0, Number.MAX_VALUE, 'a finite number >= 0')
  requirePositive('rhoSup', rhoSup)
  requireNumber('logThreshold', logThreshold, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  const { alpha, sign, supremum, components } = summand
  const mean = summand.meanBound(logN, delta, rhoSup)
  const logMean = Math.log(mean)
  const share = Math.exp(logMean - logN - logThreshold)
  const logSup = Math.log(supremum) + alpha * delta * logN
  return {
    logT: share < 1 ? logN + logThreshold + Math.log1p(-share) : Number.NEGATIVE_INFINITY,
    logMean,
    // Bounded by sup^m as well, which matters where the cut-off is as wide as the density.
    logMoment: m =>
      Math.min(m * logSup, Math.log(rhoSup) + summand.logMomentIntegral(m) + (alpha * m - 3) * delta * logN),
    // |X - a| <= max{X, a} if both are >= 0.
    logRange: sign === 'positive' ? Math.max(logSup, logMean) : logSum(logSup, logMean),
    logUnion: Math.log(components) + logN,
  }
}

/**
 * ln of Bernstein's bound with a union over particles and components,
 *   P <= 2 k N exp(-T^2/(2 (N v + b T/3))), T = N threshold - |h*rho|, v = ||rho||_inf int h^2 >= Var Y, b >= |Y|,
 * valid for every density of mass 1 and height rhoSup; above 0 it says nothing. No constant is left open.
 * @returns natural logarithm, possibly > 0 or -Infinity
 * @throws RangeError naming the argument
 * @source Bernstein's inequality, Boucheron, Lugosi, Massart (2013), Theorem 2.10
 * @example bernsteinBound({ summand: forceSummand(), logN: 20, delta: 0.25, rhoSup: 0.24, logThreshold: -2 })
 */
export function bernsteinBound(deviation: TailEvent): number {
  requireOptions<TailEvent>('bernsteinBound', deviation, { ...SUM_OPTIONS, logThreshold: true })
  const { logT, logMoment, logRange, logUnion } = centredSum(deviation)
  if (logT === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY
  const denominator = Math.LN2 + logSum(deviation.logN + logMoment(2) - logT, logRange - Math.log(3))
  return Math.LN2 + logUnion - Math.exp(logT - denominator)
}

/** A moment bound and the power that gives it. */
export interface MomentBound {
  /** Natural logarithm of the bound on the probability, union included; may be > 0. */
  readonly logProbability: number
  /** The best M: the 2M-th moment was used. */
  readonly M: number
}

/**
 * The paper's bound (54)-(62) with its constants computed: P <= k N E(sum Y_j)^(2M)/T^(2M), the moment of the sum by
 * the exact count of multi-indices without an entry 1, E|Y|^m <= E h^m + (h*rho)^m for h >= 0 and (||h||_m + |h*rho|)^m
 * (Minkowski) otherwise, with E|h|^m <= ||rho||_inf int |h|^m; minimised over M.
 * @param maxM largest M tried, default 200; no more than N - 1 are
 * @returns the smallest logarithm over 1 <= M <= maxM
 * @throws RangeError naming the argument
 * @source Proposition 7.2, (54)-(62)
 */
export function momentBound(deviation: TailEvent, maxM: number = 200): MomentBound {
  requireOptions<TailEvent>('momentBound', deviation, { ...SUM_OPTIONS, logThreshold: true })
  requireInteger('maxM', maxM, 1, 2000)
  const { logT, logMean, logMoment, logUnion } = centredSum(deviation)
  if (logT === Number.NEGATIVE_INFINITY) return { logProbability: Number.POSITIVE_INFINITY, M: 1 }
  const positive = deviation.summand.sign === 'positive'
  const { logN } = deviation
  const M = logN < Math.log(maxM + 2) ? Math.max(1, Math.floor(Math.exp(logN)) - 1) : maxM
  const central = new Float64Array(2 * M + 1).fill(Number.NEGATIVE_INFINITY)
  for (let m = 2; m <= 2 * M; m++) {
    const raw = logMoment(m)
    central[m] = m === 2 ? raw : positive ? logSum(raw, m * logMean) : m * logSum(raw / m, logMean)
  }
  // N terms in place of N - 1: all contributions are positive.
  const moments = logMomentsOfSum(central, logN)
  let best: MomentBound = { logProbability: Number.POSITIVE_INFINITY, M: 1 }
  for (let power = 1; power <= M; power++) {
    const logProbability = logUnion + moments[2 * power]! - 2 * power * logT
    if (logProbability < best.logProbability) best = { logProbability, M: power }
  }
  return best
}

/**
 * The logarithm of the threshold at which Bernstein's bound equals the given probability.
 * @param logProbability natural logarithm of the wanted probability, < 0
 * @example bernsteinThreshold({ summand: forceSummand(), logN: 7, delta: 0.25, rhoSup: 0.24 }, Math.log(0.05))
 */
export function bernsteinThreshold(deviation: Omit<TailEvent, 'logThreshold'>, logProbability: number): number {
  requireOptions<Omit<TailEvent, 'logThreshold'>>('bernsteinThreshold', deviation, SUM_OPTIONS)
  requireNumber('logProbability', logProbability, -Number.MAX_VALUE, 0, 'a finite number <= 0')
  const { logMean, logMoment, logRange, logUnion } = centredSum({ ...deviation, logThreshold: 0 })
  // T^2 = 2 E (N v + b T/3), divided by N v: T = sqrt(N v) x with x^2 - 2 g x - 2 E = 0.
  const E = Math.LN2 + logUnion - logProbability
  const logScale = 0.5 * (deviation.logN + logMoment(2))
  const g = (E / 3) * Math.exp(logRange - logScale)
  const x = g + Math.sqrt(g * g + 2 * E)
  return logSum(logScale + Math.log(x), logMean) - deviation.logN
}
