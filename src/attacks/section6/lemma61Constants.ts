/**
 * Lemma 6.1 in closed form: how large l*rho can be. Everything takes log N, so that astronomically large N fit. W is
 * Lambert's function at $A=\tfrac3{4\pi}N^{3\gamma}$; M = ||rho||_1, m = ||rho||_inf.
 * Derivation: docs/claims.md#lemma-61
 */
import { requireNumber, requireOptions, requirePositive } from '../../base/errors.js'
import { findRoot, lambertWofExp } from '../../base/numerics/roots.js'

const BALL = (4 * Math.PI) / 3

/** The l of (45) with equality: l = c min{N^(3 gamma), |q|^-3}. */
export interface MajorantParameters {
  /** Natural logarithm of N, >= 0; N itself may be too large for a number. */
  readonly logN: number
  /** Exponent of (45), in (0, 1) by hypothesis. */
  readonly gamma: number
  /** Constant of (45), > 0, default 1. */
  readonly c?: number
}

function check({ logN, gamma, c = 1 }: MajorantParameters): { logN: number; gamma: number; c: number } {
  requireNumber('logN', logN, 0, Number.MAX_VALUE, 'a finite number >= 0')
  return { logN, gamma: requirePositive('gamma', gamma), c: requirePositive('c', c) }
}

/**
 * The largest ||l*rho||_inf over all rho >= 0 with given ||rho||_1 and ||rho||_inf: that of a centred ball.
 * @throws RangeError unless all arguments are positive and finite
 * @example largestConvolution({ logN: 0, gamma: 1 / 3 }, 4 * Math.PI / 3, 1) // 4 pi/3
 */
export function largestConvolution(parameters: MajorantParameters, norm1: number, normInf: number): number {
  const { logN, gamma, c } = check(parameters)
  requirePositive('norm1', norm1)
  requirePositive('normInf', normInf)
  const logRatio = Math.log(norm1 / normInf / BALL) / 3 + gamma * logN
  return logRatio >= 0 ? c * normInf * (BALL + 4 * Math.PI * logRatio) : c * norm1 * Math.exp(3 * gamma * logN)
}

/** The supremum over all rho of ||l*rho||_inf / (||rho||_1 + ||rho||_inf), and where it is attained. */
export interface ConvolutionSupremum {
  /** c (4 pi/3) W(3 N^(3 gamma)/(4 pi)). */
  readonly value: number
  /** ||rho||_inf / (||rho||_1 + ||rho||_inf) of the extremal ball, W/(1 + W). */
  readonly share: number
  /** Radius of the extremal ball, (3/(4 pi W))^(1/3). */
  readonly radius: number
}

/**
 * The largest possible l*rho, over all densities of one mass and supremum.
 * @example convolutionSupremum({ logN: Math.log(1000), gamma: 1 / 3 }).value // 17.054...
 */
export function convolutionSupremum(parameters: MajorantParameters): ConvolutionSupremum {
  requireOptions<MajorantParameters>('convolutionSupremum', parameters, { logN: true, gamma: true, c: true })
  const { logN, gamma, c } = check(parameters)
  const W = lambertWofExp(3 * gamma * logN - Math.log(BALL))
  return { value: c * BALL * W, share: W / (1 + W), radius: Math.cbrt(1 / (BALL * W)) }
}

/**
 * The smallest C_l for which ||l*rho||_inf <= C_l max{1, log N} (||rho||_1 + ||rho||_inf) holds for all integers N >= 1
 * and all rho. With L = log N and W as above, W' = 3 gamma W/(1 + W), so that W/L falls while W < 3e/(4 pi) and rises
 * towards 3 gamma after that; for L <= 1 W itself rises. So the supremum is at N = 2, at N = 3 or at infinity: it is
 * 4 pi gamma c, not attained, unless gamma is below about 1/(4 pi).
 */
export function sharpGrowthConstant(gamma: number, c: number = 1): { readonly value: number; readonly at: number } {
  const at = (N: number): number =>
    convolutionSupremum({ logN: Math.log(N), gamma, c }).value / Math.max(1, Math.log(N))
  const candidates = [
    { value: 4 * Math.PI * gamma * c, at: Number.POSITIVE_INFINITY },
    { value: at(2), at: 2 },
    { value: at(3), at: 3 },
  ]
  return candidates.reduce((best, next) => (next.value > best.value ? next : best))
}

/**
 * The supremum over all rho of ||l*rho||_inf / (||rho||_1 + ||rho||_inf) for l = l^N_delta as printed in (47), which
 * jumps up at 3 N^-delta: the bathtub fills the shell from there first, then the core, then outwards. With
 * $B=N^{3\delta}/(36\pi)$, u = M/m:
 * - shell, $Bu\le1$: $72\pi\ln(1+Bu)$; stationary over 1 + u where y(ln y - 1) = B - 1, y = 1 + Bu, value $72\pi B/y$;
 * - core, $1\le Bu\le2$: linear in u, so never a maximum over 1 + u inside;
 * - outside, $Bu\ge2$: $36\pi+72\pi\ln(Bu)$; stationary where $w+\ln w=\ln B-\tfrac12$, w = 1/u, value $72\pi w$.
 * The maximum is outside for $N^{3\delta}\ge36\pi(2\ln2-1)=43.69$ and in the shell below that.
 * @example printedMajorantSupremum({ logN: Math.log(1e6), gamma: 1 / 3 }).value
 */
export function printedMajorantSupremum(parameters: Omit<MajorantParameters, 'c'>): {
  readonly value: number
  readonly stage: 'shell' | 'ball'
} {
  const { logN, gamma } = check(parameters)
  const logB = 3 * gamma * logN - Math.log(36 * Math.PI)
  if (logB >= Math.log(2 * Math.LN2 - 1)) return { value: 72 * Math.PI * lambertWofExp(logB - 0.5), stage: 'ball' }
  const B = Math.exp(logB)
  const y = findRoot(x => x * (Math.log(x) - 1) - (B - 1), 1, 2)
  return { value: (72 * Math.PI * B) / y, stage: 'shell' }
}
