/**
 * What is summed in the law of large numbers: a pair function h with a bound c min{N^(alpha delta), |x|^-alpha},
 * reduced to the numbers that tail bounds need, in units of the cut-off radius, so that N may be astronomically large.
 * Read by the bounds of this folder and by the claims of section 7.
 */

import { requireNumber, requireOneOf, requirePositive } from '../base/errors.js'
import { requireShape } from '../base/shape.js'
import { maximumGradientNorm } from '../interaction/gradientNorms.js'

/** h(x) = N^(alpha delta) H(N^delta x) on R^3. */
export interface Summand {
  readonly name: string
  /** h as TeX. */
  readonly tex: string
  /** alpha in (52). */
  readonly alpha: number
  /** The smallest c with |h| <= c min{N^(alpha delta), |x|^-alpha}. */
  readonly c: number
  /** Cartesian components; each is bounded by itself, and a union over them follows. */
  readonly components: 1 | 3
  /** Whether h >= 0. */
  readonly sign: 'positive' | 'both'
  /** sup |H|. */
  readonly supremum: number
  /** ln int |H|^m d^3x of one component, for real m with alpha m > 3. */
  logMomentIntegral(m: number): number
  /**
   * An upper bound of |h*rho(x)| (of one component), for all x and all 0 <= rho <= rhoSup of mass 1.
   * @param logN natural logarithm of N
   */
  meanBound(logN: number, delta: number, rhoSup: number): number
}

/** Requires a summand. @throws TypeError, RangeError */
export function requireSummand(summand: unknown): void {
  requireShape<Pick<Summand, 'alpha' | 'sign' | 'supremum' | 'components' | 'logMomentIntegral' | 'meanBound'>>(
    'summand',
    summand,
    {
      alpha: 'number',
      sign: 'text',
      supremum: 'number',
      components: 'number',
      logMomentIntegral: 'function',
      meanBound: 'function',
    },
  )
}

/** C of Lemma 3.4 at its sharp value: |k*rho| <= C ||rho||_inf^(2/3) for mass 1; it holds for the kernel (4) too. */
const FORCE_CONSTANT = ((4 * Math.PI) / 5) * (15 / (4 * Math.PI)) ** (1 / 3)

/**
 * A component of the kernel (4). int |H_1|^m = 4 pi/(m+1) [1/(m+3) + 1/(2m-3)], as the mean of |n_1|^m over the sphere
 * is 1/(m+1).
 * @source (4), (63)
 * @example Math.exp(forceSummand().logMomentIntegral(2)) // 8 pi/5
 */
export function forceSummand(): Summand {
  return {
    name: 'force',
    tex: 'k^N_\\delta',
    alpha: 2,
    c: 1,
    components: 3,
    sign: 'both',
    supremum: 1,
    logMomentIntegral: m => {
      requireExponent(m, 2)
      return Math.log((4 * Math.PI) / (m + 1)) + Math.log(1 / (m + 3) + 1 / (2 * m - 3))
    },
    meanBound: (_logN, _delta, rhoSup) => FORCE_CONSTANT * requirePositive('rhoSup', rhoSup) ** (2 / 3),
  }
}

/**
 * The majorant l^N_delta of (47), H = A inside |x| = 3 and 54 |x|^-3 outside, A = 1 as printed and (1 + 3 sqrt 3)/2
 * repaired: int H^m = 4 pi [9 A^m + 9 2^m/(m-1)]. Its mean is bounded by the bathtub ball of radius R, 4 pi R^3
 * ||rho||_inf/3 = 1.
 * @source Definition 6.2, (47), (64)
 * @example Math.exp(majorantSummand('printed').logMomentIntegral(2)) // 180 pi
 */
export function majorantSummand(version: 'printed' | 'repaired'): Summand {
  requireOneOf('version', version, ['printed', 'repaired'])
  const A = version === 'printed' ? 1 : maximumGradientNorm(-2, 1, 3)
  return {
    name: `majorant-${version}`,
    tex: 'l^N_\\delta',
    alpha: 3,
    c: Math.max(54, 27 * A),
    components: 1,
    sign: 'positive',
    supremum: Math.max(A, 2),
    logMomentIntegral: m => {
      requireExponent(m, 3)
      // 54^m 3^(3-3m)/(3m-3) = 27 2^m/(3m-3)
      return Math.log(36 * Math.PI) + logSum(m * Math.log(A), m * Math.LN2 - Math.log(m - 1))
    },
    meanBound: (logN, delta, rhoSup) => {
      // ln of R/(3 N^-delta); below 2^(1/3) the ball does not contain the core with the jump of the printed version.
      const reach = logBathtubRadius(rhoSup) - Math.log(3) + delta * logN
      const sup = Math.max(A, 2) * Math.exp(3 * delta * logN)
      if (reach < Math.log(2) / 3) return sup
      return Math.min(sup, 4 * Math.PI * rhoSup * (9 * A + 54 * reach))
    },
  }
}

/**
 * The largest h that Proposition 7.2 allows, c min{N^(alpha delta), |x|^-alpha}: int H^m = 4 pi c^m [1/3 + 1/(alpha m -
 * 3)].
 * @param alpha in [2, 3]
 * @source Proposition 7.2
 */
export function powerSummand(alpha: number, c: number = 1): Summand {
  requireNumber('alpha', alpha, 2, 3)
  requirePositive('c', c)
  return {
    name: `power-${alpha}`,
    tex: `c\\min\\{N^{${alpha}\\delta},|x|^{-${alpha}}\\}`,
    alpha,
    c,
    components: 1,
    sign: 'positive',
    supremum: c,
    logMomentIntegral: m => {
      requireExponent(m, alpha)
      return Math.log(4 * Math.PI) + m * Math.log(c) + Math.log(1 / 3 + 1 / (alpha * m - 3))
    },
    meanBound: (logN, delta, rhoSup) => {
      const reach = logBathtubRadius(rhoSup) + delta * logN
      const sup = c * Math.exp(alpha * delta * logN)
      if (reach <= 0) return sup
      // int_1^(R/r_c) s^(2 - alpha) ds, in units of the cut-off radius
      const outer = alpha === 3 ? reach : Math.expm1((3 - alpha) * reach) / (3 - alpha)
      return Math.min(sup, 4 * Math.PI * c * rhoSup * Math.exp((alpha - 3) * delta * logN) * (1 / 3 + outer))
    },
  }
}

/** ln of the radius of the ball that holds mass 1 at height rhoSup. */
function logBathtubRadius(rhoSup: number): number {
  return Math.log(3 / (4 * Math.PI * requirePositive('rhoSup', rhoSup))) / 3
}

function requireExponent(m: number, alpha: number): void {
  requireNumber('m', m, 2, Number.MAX_VALUE, `a number >= 2 (so that ${alpha} m > 3)`)
}

/** ln(e^a + e^b), without overflow. */
export function logSum(a: number, b: number): number {
  const high = Math.max(a, b)
  if (!Number.isFinite(high)) return high
  return high + Math.log1p(Math.exp(Math.min(a, b) - high))
}
