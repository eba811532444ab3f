/**
 * The error budget of a coupled run: numerical errors beside the deviation that they must not be mistaken for.
 */
import { type Estimate, estimated } from '../../base/statistics/estimate.js'
import { type ForceAsyncOptions, forcesAsync } from '../../forces/forcesAsync.js'
import type { Kernel } from '../../interaction/kernel.js'
import { type AdviceInput, budgetAdvice } from './budgetAdvice.js'

/** Numerical errors of |Psi - Phi|, each as a share of the measured deviation. */
export interface ErrorBudget {
  /** Change of the deviation when the step is doubled, over the deviation. */
  readonly step: Estimate
  /** Largest force error on sampled particles over the fluctuation (73) that drives the deviation. */
  readonly force: Estimate
  /** Sup-error of the mean field over the same fluctuation. */
  readonly field: Estimate
  /** Their sum. */
  readonly total: number
  /** What the total may be. */
  readonly limit: number
  /** Whether it is. */
  readonly within: boolean
  /** One sentence. */
  readonly summary: string
  /** Steps of the first run, where it exceeded its budget and was repeated with more. */
  readonly firstSteps?: number
}

/** What a run knows about its errors. */
export interface BudgetInput {
  /**
   * sup over output times of |(Psi - Phi)_h - (Psi - Phi)_2h|_inf / sup |Psi - Phi|_inf, positions and momenta; NaN:
   * not measured.
   */
  readonly step: number
  /** sup over output times of the largest force error on sampled particles over (73). */
  readonly force: number
  readonly sampled: number
  /** sup-error of the field over the smallest (73). */
  readonly field: number
  readonly fieldMethod: string
  readonly limit: number
  /** What the run was made with, from which the summary says what would do; absent: the options alone are named. */
  readonly made?: Pick<AdviceInput, 'steps' | 'tolerance' | 'field'>
  /** Steps of the first run, where this one repeats it with more. */
  readonly firstSteps?: number
}

/**
 * The budget. A force error e acts on the deviation through the same linearised flow as the fluctuation F = |K - Kbar|
 * that causes it, so its share of the deviation is about e/F; so is that of an error of the mean field. The error of
 * the step is measured by a second run of both flows with twice the step: for a scheme of order 1 or more the
 * difference of the two is at least the error of the finer one.
 */
export function errorBudget({
  step,
  force,
  sampled,
  field,
  fieldMethod,
  limit,
  made,
  firstSteps,
}: BudgetInput): ErrorBudget {
  const known = [step, force, field].map(share => (Number.isNaN(share) ? 0 : share))
  const total = known.reduce((sum, share) => sum + share, 0)
  const within = total <= limit && !Number.isNaN(step)
  const percent = (share: number): string =>
    Number.isNaN(share) ? 'not measured' : `${(100 * share).toPrecision(2)} %`
  const parts = `step ${percent(step)}, force ${percent(force)}, field ${percent(field)} of the deviation`
  const advised = made === undefined ? '' : budgetAdvice({ shares: { step, force, field }, limit, ...made })
  const advice =
    advised === ''
      ? 'ask for more `steps`, a smaller force `tolerance` or a smaller `fieldTolerance`'
      : `ask for ${advised}`
  const again = firstSteps === undefined ? '' : `, with ${made?.steps} steps after ${firstSteps} had exceeded it`
  const summary = Number.isNaN(step)
    ? `error budget incomplete: ${parts}`
    : within
      ? `error budget kept: ${parts}; allowed ${percent(limit)}${again}`
      : `ERROR BUDGET EXCEEDED: ${parts}, together ${percent(total)}; allowed ${percent(limit)}${again}: ${advice}`
  const share = (value: number, method: string): Estimate =>
    Number.isNaN(value)
      ? { value, low: 0, high: Number.POSITIVE_INFINITY, kind: 'estimated', method: 'not measured' }
      : { ...estimated(0, value, method), value, low: 0 }
  return {
    step: share(step, 'second run with twice the step'),
    force: share(force, `direct sums in double precision on ${sampled} sampled particles`),
    field: share(field, fieldMethod),
    total,
    limit,
    within,
    summary,
    ...(firstSteps === undefined ? {} : { firstSteps }),
  }
}

/** So many times the steps of its first run a run may get. */
const MOST_TIMES = 4

/**
 * Whether a run is to be repeated with twice the steps: where its step exceeds what force and field leave of the
 * budget, and, as a share falls like the square of the step, MOST_TIMES the steps of the first run are enough.
 * @param times steps of this run over those of the first
 * @example
 * const shares = { step: 0.022, force: 0, sampled: 256, field: 0, fieldMethod: 'radial', limit: 0.02 }
 * wantsTwiceTheSteps(errorBudget(shares), 1) // true
 */
export function wantsTwiceTheSteps(
  { step, force, field, limit }: Pick<ErrorBudget, 'step' | 'force' | 'field' | 'limit'>,
  times: number,
): boolean {
  const room = limit - force.value - field.value
  return step.value > room && step.value <= room * (MOST_TIMES / times) ** 2
}

/**
 * The largest coordinate error of computed forces on every (N/count)-th particle, against direct sums in double
 * precision.
 * @param q positions, length d*N
 * @param force the forces to be checked, same layout
 * @param count how many particles, at most N
 */
export async function sampledForceError(
  q: Float64Array,
  force: Float64Array,
  kernel: Kernel,
  count: number,
  shared: Pick<ForceAsyncOptions, 'threads' | 'signal'> = {},
): Promise<number> {
  const { d } = kernel
  const N = q.length / d
  const n = Math.min(N, count)
  if (kernel.sigma === 0) return 0
  const chosen = Int32Array.from({ length: n }, (_, k) => Math.floor(((k + 0.5) * N) / n))
  const targets = new Float64Array(d * n)
  for (let a = 0; a < d; a++) for (let k = 0; k < n; k++) targets[a * n + k] = q[a * N + chosen[k]!]!
  // A target that is a source meets itself at distance 0, where the force is 0: the term j = i drops out by itself.
  const options = { method: 'direct', precision: 'f64', tolerance: 1e-12, ...shared } as const
  const exactForce = (await forcesAsync({ targets, sources: q }, kernel, options)).force
  let worst = 0
  for (let a = 0; a < d; a++) {
    for (let k = 0; k < n; k++) worst = Math.max(worst, Math.abs(exactForce[a * n + k]! - force[a * N + chosen[k]!]!))
  }
  return worst
}
