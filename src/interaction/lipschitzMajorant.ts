/**
 * The radial functions l that bound difference quotients of the kernel: l^N_delta of Def. 6.2 (47), as printed and
 * repaired, and the extremal function of Lemma 6.1's hypothesis (45).
 */
import { requireNumber, requireOneOf, requireOptions, requirePositive } from '../base/errors.js'
import { representableCutoffRadius } from './cutoffRadius.js'
import { maximumGradientNorm } from './gradientNorms.js'

/** A radial function l >= 0 on R^3 that satisfies (45), l(r) <= c min{N^(3 gamma), r^-3}. */
export interface RadialMajorant {
  readonly name: string
  /** Formula of l as TeX. */
  readonly tex: string
  /** l(r), r >= 0. Unit: 1/length^3. */
  value(r: number): number
  /** Radii > 0 where the formula of l changes. */
  readonly breaks: readonly number[]
  /** sup l. */
  readonly supremum: number
  /** l(r) = outerConstant r^-3 for r >= innerRadius. */
  readonly outerConstant: number
  /** l is constant for r < innerRadius. */
  readonly innerRadius: number
  /** The constant value of l for r < innerRadius (Infinity if innerRadius is 0). */
  readonly innerValue: number
  /** The smallest c in (45). */
  readonly c: number
  /** The gamma of (45). */
  readonly gamma: number
  /** What it was made from, for provenance. */
  readonly parameters: Readonly<Record<string, number | string>>
}

/** Options of {@link lipschitzMajorant}. */
export interface LipschitzMajorantOptions {
  /** Number of particles, a positive integer or Infinity. */
  readonly N: number
  /** Cut-off exponent in [0, Infinity]; Infinity: no cut-off. */
  readonly delta: number
  /** 'printed': (47) letter by letter. 'repaired' (default): with the inner constant that makes (48) true. */
  readonly version?: 'printed' | 'repaired'
  /** The norm in which the repaired version makes (48) true, default 'maximum' as in (48). */
  readonly norm?: 'euclidean' | 'maximum'
}

/**
 * The majorant (47), l(r) = 54 r^-3 for r >= 3 N^-delta and A N^(3 delta) otherwise, for the kernel (4) in R^3.
 *
 * Printed: A = 1. It jumps UP at 3 N^-delta, from 1 to 54/27 = 2 times N^(3 delta), and (48) is false with it: the
 * kernel's Lipschitz constant is attained just outside N^-delta, where the gradient of q/|q|^3 has norm 2 N^(3 delta).
 *
 * Repaired, Euclidean norm: A = 2, the Lipschitz constant of k^N_delta. This l is continuous. (48) in the norm |.|
 * holds for r < 3 N^-delta by that constant; and for r >= 3 N^-delta, |xi| < 2 N^-delta because the segment from q to
 * q + xi stays at radii >= r/3 >= N^-delta, where the gradient is at most 2 (r/3)^-3 = 54 r^-3.
 *
 * Repaired, maximum norm: A = (1 + 3 sqrt 3)/2 (`maximumGradientNorm`), again the Lipschitz constant. Here
 * |xi|_inf < 2 N^-delta allows |xi| up to 2 sqrt 3 N^-delta and the segment may cross the cut-off ball; 54 suffices
 * all the same. In units N^-delta = 1, r >= 3, e = |xi|_inf < 2: if sqrt(3) e <= 0.614 r the segment stays at radii
 * >= 0.386 r > 1 and the row sums are at most A (0.386 r)^-3 < 54 r^-3. Otherwise |k(q)| = r^-2 and
 * |k(q + xi)| <= min{1, (r - sqrt(3) e)^-2} bound the quotient times r^3 by (r + r^3 min{...})/e, which in e is
 * convex up to e = (r - 1)/sqrt 3 and decreasing after it, hence at most its values at e = 0.3546 r (which is < 22),
 * at (r - 1)/sqrt 3 if that is below 2, and at 2 if not: these are at most 46.8, reached at r = 1 + 2 sqrt 3.
 *
 * The smallest c in (45), with gamma = delta: on r >= 3 N^-delta the ratio of l to min{N^(3 delta), r^-3} is 54; on
 * N^-delta <= r < 3 N^-delta it is A N^(3 delta) r^3 < 27 A; below it is A. So c = 54 as printed and in the Euclidean
 * repair, and c = 27 (1 + 3 sqrt 3)/2 = 83.648 in the maximum norm.
 *
 * Without cut-off (delta or N infinite) l(r) = 54 r^-3 throughout and c = 54.
 * @throws TypeError, RangeError for N, delta, version or norm outside their range, or N^(3 delta) too large for a
 * double
 * @source Definition 6.2, (47); Lemma 6.3, (48)
 * @example lipschitzMajorant({ N: 1000, delta: 1 / 3, norm: 'euclidean' }).supremum // 2000
 */
export function lipschitzMajorant(options: LipschitzMajorantOptions): RadialMajorant {
  requireOptions<LipschitzMajorantOptions>('lipschitzMajorant', options, {
    N: true,
    delta: true,
    version: true,
    norm: true,
  })
  const { N, delta, version = 'repaired', norm = 'maximum' } = options
  requireOneOf('version', version, ['printed', 'repaired'])
  requireOneOf('norm', norm, ['euclidean', 'maximum'])
  const cutoff = representableCutoffRadius(N, delta, 3)
  const A = version === 'printed' ? 1 : norm === 'euclidean' ? 2 : maximumGradientNorm(-2, 1, 3)
  const symbol = version === 'printed' ? '' : norm === 'euclidean' ? '2\\,' : '\\tfrac{1+3\\sqrt3}{2}\\,'
  const present = cutoff > 0
  return majorant({
    name: version === 'printed' ? 'printed' : `repaired-${norm}`,
    tex: `l^N_\\delta(q) = \\begin{cases} 54\\,|q|^{-3} & |q| \\ge 3N^{-\\delta} \\\\ ${symbol}N^{3\\delta} & \\text{otherwise} \\end{cases}`,
    outerConstant: 54,
    innerRadius: 3 * cutoff,
    innerValue: present ? A / cutoff / cutoff / cutoff : Number.POSITIVE_INFINITY,
    c: present ? Math.max(54, 27 * A) : 54,
    gamma: delta,
    parameters: version === 'printed' ? { N, delta, version } : { N, delta, version, norm },
  })
}

/**
 * The largest l that hypothesis (45) of Lemma 6.1 allows: l(r) = c min{N^(3 gamma), r^-3}.
 * @param options N a positive integer or Infinity; gamma in [0, Infinity]; c > 0, default 1
 * @throws TypeError, RangeError for an argument outside its range, or N^(3 gamma) too large for a double
 * @source (45)
 * @example extremalMajorant({ N: 1000, gamma: 1 / 3 }).value(0.5) // 8
 */
export function extremalMajorant(options: {
  readonly N: number
  readonly gamma: number
  readonly c?: number
}): RadialMajorant {
  requireOptions<{ N: number; gamma: number; c?: number }>('extremalMajorant', options, {
    N: true,
    gamma: true,
    c: true,
  })
  const { N, gamma, c = 1 } = options
  requireNumber('gamma', gamma, 0, Number.POSITIVE_INFINITY, 'a number in [0, Infinity]')
  requirePositive('c', c)
  const cutoff = representableCutoffRadius(N, gamma, 3, 'gamma')
  return majorant({
    name: 'extremal',
    tex: 'l(q) = c\\,\\min\\{N^{3\\gamma}, |q|^{-3}\\}',
    outerConstant: c,
    innerRadius: cutoff,
    innerValue: cutoff > 0 ? c / cutoff / cutoff / cutoff : Number.POSITIVE_INFINITY,
    c,
    gamma,
    parameters: { N, gamma, c },
  })
}

/** The majorant that is innerValue for r < innerRadius and outerConstant r^-3 from there on. */
function majorant(shape: Omit<RadialMajorant, 'value' | 'breaks' | 'supremum'>): RadialMajorant {
  const { innerRadius, innerValue, outerConstant } = shape
  const outer = (r: number): number => outerConstant / r / r / r
  return {
    ...shape,
    breaks: innerRadius > 0 ? [innerRadius] : [],
    supremum: innerRadius > 0 ? Math.max(innerValue, outer(innerRadius)) : Number.POSITIVE_INFINITY,
    value: r => (r < innerRadius ? innerValue : outer(r)),
  }
}
