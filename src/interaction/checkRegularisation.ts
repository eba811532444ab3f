/**
 * Which of the conditions i)-iv) of Definition 2.1 and (9) a kernel satisfies, and with which constants.
 */
import { requireOptions } from '../base/errors.js'
import { type Estimate, estimated, exact } from '../base/statistics/estimate.js'
import { cutoffRadius as cutoffRadiusOf } from './cutoffRadius.js'
import { type GradientNorm, gradientNorm } from './gradientNorms.js'
import { inversePower } from './inversePower.js'
import { type Kernel, requireKernel } from './kernel.js'
import { forceSupremum, gradientSupremum, scaled } from './kernelNorms.js'
import { radialSupremum } from './radialSupremum.js'

/** One condition. */
export interface ConditionCheck {
  /** Whether it holds, with c = 1 where the paper prints no constant. */
  readonly holds: boolean
  /** The smallest constant with which it holds; for ii) the largest relative deviation from k. */
  readonly constant: Estimate
  /** The radius where the constant is attained or approached. */
  readonly at: number
  /** What was compared, in a few words. */
  readonly note: string
}

/** A condition on the gradient, whose constant depends on the norm of a matrix. */
export interface GradientConditionCheck extends ConditionCheck {
  /** The smallest constants for |grad k| in each norm. */
  readonly gradient: Readonly<Record<GradientNorm, Estimate>>
}

/** What {@link checkRegularisation} returns. */
export interface RegularisationCheck {
  /** k = sigma q/|q|^(alpha+1) is S^alpha; `constant` is that of |k|, `gradient` those of |grad k|. */
  readonly i: GradientConditionCheck
  /** k^N_delta = k for |q| >= N^-delta. */
  readonly ii: ConditionCheck
  /** |k^N_delta| <= N^(delta alpha) for |q| < N^-delta. */
  readonly iii: ConditionCheck
  /** (9): |grad k^N_delta| <= N^(delta (alpha+1)) for |q| < N^-delta, judged in the Euclidean operator norm. */
  readonly iv: GradientConditionCheck
}

/** Rounding that "equal" and "at most 1" allow: g and r^alpha are each good to a few units in the last place. */
const ROUNDING = 1e-13

/**
 * Checks i)-iv) with N^-delta of the given N and delta, which need not be those the kernel was made with.
 *
 * The constant of iii) is sup over |q| < N^-delta of |k^N_delta| N^(-delta alpha), that of iv) the same with grad k and
 * alpha + 1. Kernel (4) satisfies all four with c = 1 (in iv) in the Euclidean and in the maximum norm; in the
 * Frobenius norm c = sqrt d).
 *
 * No C^1 kernel that satisfies ii) has c = 1 in iii), for any alpha > 0. Proof: in units N^-delta = 1, ii) gives
 * g(1) = 1 and, g being C^1, g'(1) = -alpha < 0; so g(s) = 1 + alpha (1 - s) + o(1 - s) > 1 for s < 1 near 1. The
 * constants of the C^1 profiles are therefore > 1: (4) escapes by its kink, Plummer's softening by violating ii).
 * @param kernel any kernel
 * @param options N a positive integer or Infinity, delta in [0, Infinity]
 * @throws TypeError, RangeError for N or delta outside their range
 * @source Definition 2.1, (9)
 * @example checkRegularisation(cutoffKernel({ N: 1000, delta: 0.3 }), { N: 1000, delta: 0.3 }).iv.holds // true
 */
export function checkRegularisation(
  kernel: Kernel,
  options: { readonly N: number; readonly delta: number },
): RegularisationCheck {
  requireOptions<{ readonly N: number; readonly delta: number }>('checkRegularisation', options, {
    N: true,
    delta: true,
  })
  requireKernel(kernel)
  const { N, delta } = options
  const rc = cutoffRadiusOf(N, delta)
  return {
    i: conditionI(kernel),
    ii: conditionII(kernel, rc),
    iii: conditionIII(kernel, rc),
    iv: conditionIV(kernel, rc),
  }
}

function conditionI({ sigma, alpha, d }: Kernel): GradientConditionCheck {
  const size = Math.abs(sigma)
  const gradient = eachNorm(norm => exact(size * gradientNorm(norm, -alpha, 1, d), 'closed form'))
  const note = 'k = sigma q/|q|^(alpha+1): |k| |q|^alpha and |grad k| |q|^(alpha+1) are constant'
  return { holds: true, constant: exact(size, 'closed form'), gradient, at: 1, note }
}

function conditionII(kernel: Kernel, rc: number): ConditionCheck {
  const power = inversePower(kernel.alpha)
  const deviation = (r: number): number => (kernel.sigma === 0 ? 0 : Math.abs(kernel.magnitude(r) / power(r) - 1))
  const own = Number.isFinite(kernel.cutoffRadius) ? kernel.cutoffRadius : 1
  const high = 1e6 * Math.max(rc, own, ...kernel.breaks)
  const found = radialSupremum(deviation, rc, high, kernel.breaks)
  const edge = rc > 0 ? deviation(rc) : 0
  const { value, at } = edge >= found.value ? { value: edge, at: rc } : found
  const holds = value <= ROUNDING
  const note = holds ? 'equal to rounding at every radius searched' : 'largest relative deviation |k^N_delta - k|/|k|'
  return { holds, constant: estimated(value, 1e-9 * value + ROUNDING, 'search over the radius'), at, note }
}

function conditionIII(kernel: Kernel, rc: number): ConditionCheck {
  if (rc === 0) return emptyBall()
  const { value, at } = forceSupremum(kernel, rc)
  const constant = scaled(value, rc ** kernel.alpha)
  return { holds: atMostOne(constant), constant, at, note: 'sup of |k| N^(-delta alpha) over |q| < N^-delta' }
}

function conditionIV(kernel: Kernel, rc: number): GradientConditionCheck {
  if (rc === 0) return { ...emptyBall(), gradient: eachNorm(() => emptyBall().constant) }
  const unit = rc ** (kernel.alpha + 1)
  const suprema = eachNorm(norm => gradientSupremum(kernel, norm, rc))
  const gradient = eachNorm(norm => scaled(suprema[norm].value, unit))
  const note = 'sup of |grad k| N^(-delta (alpha+1)) over |q| < N^-delta, Euclidean operator norm'
  return {
    holds: atMostOne(gradient.euclidean),
    constant: gradient.euclidean,
    gradient,
    at: suprema.euclidean.at,
    note,
  }
}

function emptyBall(): ConditionCheck {
  return { holds: true, constant: exact(0, 'empty'), at: 0, note: 'no cut-off: the ball |q| < N^-delta is empty' }
}

function atMostOne({ value, kind }: Estimate): boolean {
  // A searched supremum approaches 1 from below or meets it to the search's own error.
  return value <= 1 + (kind === 'exact' ? ROUNDING : 1e-11)
}

function eachNorm<T>(of: (norm: GradientNorm) => T): Record<GradientNorm, T> {
  return { euclidean: of('euclidean'), frobenius: of('frobenius'), maximum: of('maximum') }
}
