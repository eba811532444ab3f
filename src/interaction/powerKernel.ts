/**
 * The kernels of the S^alpha classes (Def. 2.1) without cut-off.
 */
import { requireInteger, requireOptions, requireSigma, type Sigma } from '../base/errors.js'
import { inversePower, inversePowerPotential, requireAlpha, signed } from './inversePower.js'
import type { Kernel } from './kernel.js'

/** Options of {@link powerKernel}. */
export interface PowerKernelOptions {
  /** Exponent, 0 < alpha <= d. */
  readonly alpha: number
  /** 1 repulsive (default), -1 attractive, 0 none. */
  readonly sigma?: Sigma
  /** Dimension d >= 2, default 3. */
  readonly d?: number
}

/**
 * The kernel k(q) = sigma q/|q|^(alpha+1) in R^d with k(0) = 0, Def. 2.1 and section 10 of the paper.
 * The range 0 < alpha <= d includes every alpha of the paper (alpha <= 2) and Coulomb's d - 1; alpha > 2 in d = 3
 * is outside the paper's hypotheses and there to be tried.
 * @throws TypeError, RangeError for alpha outside (0, d], sigma not in {-1, 0, 1}, d not an integer >= 2
 * @source Definition 2.1
 * @example powerKernel({ alpha: 1.5 }).magnitude(4) // 0.125
 */
export function powerKernel(options: PowerKernelOptions): Kernel {
  requireOptions<PowerKernelOptions>('powerKernel', options, { alpha: true, sigma: true, d: true })
  const { alpha, sigma = 1, d = 3 } = options
  requireInteger('d', d, 2)
  if (d > 1000) requireInteger('d', d, 2, 1000)
  requireAlpha(alpha, d)
  requireSigma(sigma)
  const power = inversePower(alpha)
  const steeper = inversePower(alpha + 1)
  const potential = inversePowerPotential(alpha)
  return {
    name: alpha === d - 1 ? 'coulomb' : 'power',
    tex: `k(q) = \\sigma\\,\\frac{q}{|q|^{${alpha + 1}}}`,
    d,
    alpha,
    sigma,
    cutoffRadius: 0,
    breaks: [],
    parameters: { alpha, sigma, d },
    magnitude: r => (r === 0 ? 0 : power(r)),
    magnitudeDerivative: r => -alpha * steeper(r),
    potential: r => signed(sigma, potential(r)),
  }
}
