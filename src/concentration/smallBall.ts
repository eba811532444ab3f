/**
 * Lower bounds of fluctuations: how seldom a sum of independent terms stays near a point, by Berry and Esseen. What
 * shows that a threshold below the standard deviation is NOT typically met. Called by the claims on Corollary 7.3.
 */
import { requireNumber, requireOneOf, requireOptions } from '../base/errors.js'
import { gaussLegendre } from '../base/numerics/quadrature.js'
import { erf } from '../base/numerics/special.js'
import { type Estimate, estimated } from '../base/statistics/estimate.js'
import { maximumGradientNorm } from '../interaction/gradientNorms.js'

/** Shevtsova's constant for equally distributed terms. */
const BERRY_ESSEEN = 0.4748

/** Sum of n independent copies of Y, by logarithms. */
export interface SumShape {
  /** ln n. */
  readonly logCount: number
  /** ln of a lower bound of Var Y. */
  readonly logVariance: number
  /** ln of an upper bound of E|Y - EY|^3. */
  readonly logThird: number
}

/**
 * An upper bound of sup_c P(|Y_1 + ... + Y_n - c| < T):
 *   erf(T/(sqrt 2 sigma sqrt n)) + 2 * 0.4748 E|Y - EY|^3/(sigma^3 sqrt n), at most 1,
 * since the interval has normal mass at most that of the centred one, and each end costs one Berry-Esseen error.
 * @param logT natural logarithm of the half width T
 * @source Shevtsova 2011, arXiv:1111.6554 (constant 0.4748)
 * @example smallBallProbability({ logCount: Math.log(1e6), logVariance: 0, logThird: 0 }, 0) // 0.0017...
 */
export function smallBallProbability(options: SumShape, logT: number): number {
  requireOptions<SumShape>('smallBallProbability', options, { logCount: true, logVariance: true, logThird: true })
  const { logCount, logVariance, logThird } = options
  requireNumber('logCount', logCount, 0, Number.MAX_VALUE, 'a finite number >= 0')
  requireNumber('logVariance', logVariance, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  requireNumber('logThird', logThird, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  requireNumber('logT', logT, Number.NEGATIVE_INFINITY, Number.MAX_VALUE, 'a number below Infinity')
  const width = Math.exp(logT - 0.5 * (logVariance + logCount))
  const error = 2 * BERRY_ESSEEN * Math.exp(logThird - 1.5 * logVariance - 0.5 * logCount)
  return Math.min(1, erf(width * Math.SQRT1_2) + error)
}

/** Which sum of section 7, for particles independent and uniform in the unit ball. */
export interface BallSum {
  readonly sum: 'force' | 'majorant-printed' | 'majorant-repaired'
  /** Natural logarithm of N. */
  readonly logN: number
  /** In (0, 1/3). */
  readonly delta: number
  /** Natural logarithm of the threshold. */
  readonly logThreshold: number
}

/**
 * An upper bound of P(max_i |(1/N) sum_{j != i} h(q_i - q_j) - h*rho(q_i)|_inf < threshold), N particles uniform in the
 * unit ball: it bounds the probability for ONE particle and, for the force, one component. Given |q_1| = r the summand
 * has, with |K| <= 1 and s = 1 - r (terms within s of q_1 only),
 *   force: Var >= 6/(5 r_c) - 1/s - 1, E|Y|^3 <= ((3/8)^(1/3)/r_c + 1)^3;
 *   majorant: Var >= 27 A^2/r_c^3 + 108/r_c^3 - 2916/s^3 - a^2, E|Y|^3 <= 27 A^3/r_c^6 + 108/r_c^6 + a^3,
 *   a = 27 A + 162 ln(1/(3 r_c)) >= l*rho,
 * where the ball of radius s around q_1 (s >= r_c, 3 r_c) lies inside; where the variance bound is not positive the
 * bound is 1. The integral over r is done by Gauss rules: the value is a proved bound but for the quadrature, whose
 * error is given.
 * @returns the bound, with its quadrature error (panels halved)
 * @throws RangeError naming the argument
 * @example ballSmallBall({ sum: 'force', logN: 50, delta: 0.2, logThreshold: -0.6 * 50 }).value
 */
export function ballSmallBall(options: BallSum): Estimate {
  requireOptions<BallSum>('ballSmallBall', options, { sum: true, logN: true, delta: true, logThreshold: true })
  const { sum, logN, delta, logThreshold } = options
  requireOneOf('sum', sum, ['force', 'majorant-printed', 'majorant-repaired'])
  requireNumber('logN', logN, Math.LN2, Number.MAX_VALUE, 'a number >= ln 2')
  requireNumber('delta', delta, Number.MIN_VALUE, Number.MAX_VALUE, 'a finite number > 0')
  requireNumber('logThreshold', logThreshold, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  const logRadius = -delta * logN
  const given = sum === 'force' ? forceShape : majorantShape(sum)
  // ln(N - 1)
  const logCount = logN + Math.log1p(-Math.exp(-logN))
  const at = (s: number): number => {
    const shape = given(s, logRadius)
    return shape === undefined ? 1 : smallBallProbability({ ...shape, logCount }, logN + logThreshold)
  }
  const coarse = meanOverBall(at, logRadius, 4)
  const fine = meanOverBall(at, logRadius, 2)
  // Rounding: some hundred panels of 16 terms of one sign.
  const error = Math.abs(fine - coarse) + 1e-12 * fine
  return estimated(fine, error, 'Berry-Esseen for one particle, Gauss-Legendre over its radius')
}

/**
 * int_0^1 3 (1 - s)^2 f(s) ds for a bound f that is 1 near the surface, s < e^logRadius at least, and falls with s: the
 * shell where it is 1 in closed form, the rest by panels whose distance from that shell grows by `ratio`, from 2^-40 of
 * its thickness.
 */
function meanOverBall(f: (s: number) => number, logRadius: number, ratio: number): number {
  let [low, high] = [Math.min(0, logRadius), 0]
  if (f(1) >= 1) return 1
  for (let k = 0; k < 64; k++) {
    const middle = 0.5 * (low + high)
    if (f(Math.exp(middle)) >= 1) low = middle
    else high = middle
  }
  const shell = Math.exp(high)
  const rule = gaussLegendre(16)
  let sum = shell * (3 - 3 * shell + shell * shell)
  let inner = 0
  for (let outer = 2 ** -40 * shell; inner < 1 - shell; outer *= ratio) {
    const half = 0.5 * (Math.min(outer, 1 - shell) - inner)
    for (let k = 0; k < 16; k++) {
      const s = shell + inner + half * (1 + rule.nodes[k]!)
      sum += half * rule.weights[k]! * 3 * (1 - s) ** 2 * f(s)
    }
    inner = Math.min(outer, 1 - shell)
  }
  return sum
}

type Shape = Omit<SumShape, 'logCount'> | undefined

/** At distance s from the surface. */
function forceShape(s: number, logRadius: number): Shape {
  const rc = Math.exp(logRadius)
  if (s < rc) return undefined
  // Times r_c, so that nothing overflows.
  const variance = 6 / 5 - rc / s - rc
  if (!(variance > 0)) return undefined
  return { logVariance: Math.log(variance) - logRadius, logThird: 3 * (Math.log(0.375 ** (1 / 3) + rc) - logRadius) }
}

function majorantShape(sum: 'majorant-printed' | 'majorant-repaired'): (s: number, logRadius: number) => Shape {
  const A = sum === 'majorant-printed' ? 1 : maximumGradientNorm(-2, 1, 3)
  return (s, logRadius) => {
    const rc = Math.exp(logRadius)
    const reach = -logRadius - Math.log(3)
    if (s < 3 * rc || reach < Math.log(2) / 3) return undefined
    const mean = 27 * A + 162 * reach
    // Times r_c^3 and r_c^6.
    const variance = 27 * A * A + 108 - 2916 * (rc / s) ** 3 - mean * mean * rc ** 3
    if (!(variance > 0)) return undefined
    const third = 27 * A ** 3 + 108 + mean ** 3 * rc ** 6
    return { logVariance: Math.log(variance) - 3 * logRadius, logThird: Math.log(third) - 6 * logRadius }
  }
}
