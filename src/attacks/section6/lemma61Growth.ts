/**
 * How ||l*rho||_inf grows with N for a fixed density: the measurement that tells log N from sqrt(log N) in Lemma 6.1.
 * l = c min{N^(3 gamma), |q|^-3}; all in terms of ln N, so that N may be astronomically large.
 */

import { requireNumber, requireOptions, requirePositive } from '../../base/errors.js'
import { integrate } from '../../base/numerics/quadrature.js'
import { requireShape } from '../../base/shape.js'
import { type Estimate, estimated } from '../../base/statistics/estimate.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { hourglassGradientAtOrigin, hourglassLaw } from '../../law/hourglassLaw.js'
import type { RadialDensity } from '../../law/law.js'
import { meanFieldLipschitz } from '../../law/meanField/meanFieldLipschitz.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import type { MajorantParameters } from './lemma61Constants.js'

/**
 * l*rho at the centre of a radial density, by quadrature in t = ln r: int 4 pi c rho(e^t) min{(N^gamma e^t)^3, 1} dt.
 * For a density that decreases with r it is ||l*rho||_inf, by rearrangement.
 * @param rho constant up to 1e-16 within e^-40 of its scale, as every density smooth or constant at 0 is
 * @example centralConvolution({ logN: 10, gamma: 1 / 3 }, uniformBallLaw().radial!).value // 1 + 10
 */
export function centralConvolution(options: MajorantParameters, rho: RadialDensity): Estimate {
  requireOptions<MajorantParameters>('centralConvolution', options, { logN: true, gamma: true, c: true })
  const { logN, gamma, c = 1 } = options
  requireNumber('logN', logN, 0, Number.MAX_VALUE, 'a finite number >= 0')
  requirePositive('gamma', gamma)
  requirePositive('c', c)
  requireRadial(rho)
  const edge = -gamma * logN
  const scale = Math.log(rho.scale)
  // Beyond e^40 scales nothing is left that counts: even rho ~ r^-4 holds e^-40 of its mass there.
  const end = Number.isFinite(rho.supportRadius) ? Math.log(rho.supportRadius) : scale + 40
  const start = Math.min(edge, end) - 15
  const integrand = (t: number): number =>
    4 * Math.PI * c * rho.density(Math.exp(t)) * Math.exp(3 * Math.min(0, t - edge))
  const breaks = [edge, ...[-40, -20, -10, -5, -2, 0, 1, 2, 4, 8].map(x => scale + x), ...rho.breaks.map(Math.log)]
  const { value, high } = integrate(integrand, start, end, { breaks: breaks.filter(x => x > start && x < end) })
  // Left of the start the integrand is e^(3 (t - edge)) times a constant, at most e^-45 of the inner piece.
  return estimated(value, high - value + 1e-15 * value, 'adaptive Gauss-Kronrod 7-15 in ln r')
}

/**
 * The local exponent of l*rho(0) in log N between N and N^2: ln(value(N^2)/value(N)) / ln 2. It tends to 1 for growth
 * like log N and would tend to 1/2 for growth like sqrt(log N).
 */
export function growthExponent(parameters: MajorantParameters, rho: RadialDensity): Estimate {
  requireOptions<MajorantParameters>('growthExponent', parameters, { logN: true, gamma: true, c: true })
  requireNumber('logN', parameters.logN, Number.MIN_VALUE, Number.MAX_VALUE / 2, 'a finite number > 0')
  const once = centralConvolution(parameters, rho)
  const twice = centralConvolution({ ...parameters, logN: 2 * parameters.logN }, rho)
  const error = (once.high - once.value) / once.value + (twice.high - twice.value) / twice.value
  return estimated(Math.log2(twice.value / once.value), error / Math.LN2, 'between N and N^2')
}

function requireRadial(rho: unknown): void {
  requireShape<Pick<RadialDensity, 'density' | 'breaks' | 'supportRadius' | 'scale'>>('rho', rho, {
    density: 'function',
    breaks: 'numbers',
    supportRadius: 'number',
    scale: 'number',
  })
}

/**
 * What the majorant pays for: the true Lipschitz constant of k^N_delta*rho (delta = gamma), over ||rho||_inf. Bounded
 * in N for a ball, but for the hourglass |q_3| > |q|/sqrt 3 it grows like $\tfrac{8\pi}{3\sqrt3}\delta\log N$: that set
 * is where $-e\cdot\nabla k\,e=(3\cos^2\theta-1)/|q|^3$ is positive, so it maximises this form over 0 <= rho <= m in a
 * ball, its core apart.
 */
export function trueLipschitz(delta: number, log10N: number): Record<string, Estimate> {
  if (log10N > 15) return {}
  const kernel = cutoffKernel({ N: Math.round(10 ** log10N), delta })
  const over = ({ value, low, high, kind, method }: Estimate, sup: number): Estimate => {
    const [a, b] = [Math.abs(low) / sup, Math.abs(high) / sup]
    return { value: Math.abs(value) / sup, low: Math.min(a, b), high: Math.max(a, b), kind, method }
  }
  const ball = uniformBallLaw()
  return {
    lipschitzBall: over(meanFieldLipschitz(ball, kernel).estimate, ball.rhoSup),
    gradientHourglass: over(hourglassGradientAtOrigin(1, kernel), hourglassLaw().rhoSup),
  }
}
