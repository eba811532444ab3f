/**
 * Explicit bounds of E W_p^p(mu^N, f), the expected sampling error of Theorem 9.3, with every constant computed: the
 * dyadic partition argument carried out without a lost factor. Called by the claims beyond the paper.
 */

import { requireInteger, requireNumber, requireOptions } from '../base/errors.js'
import { withInterrupts } from '../base/interrupt.js'
import { type BarOption, reporting } from '../base/progress.js'
import { requireNumbers } from '../base/shape.js'
import { type Estimate, exact } from '../base/statistics/estimate.js'
import { finish, inTurns, pace, type Steps, type TurnOptions } from '../base/steps.js'

/** Sample size, dimension and order. */
export interface ExpectedDistanceOptions {
  /** Sample size, >= 1. */
  readonly N: number
  /** Dimension of the space, >= 1. */
  readonly d: number
  /** Order of W_p, >= 1. */
  readonly p: number
}

/** Options of {@link expectedDistanceAsync}. */
export interface ExpectedDistanceAsyncOptions extends ExpectedDistanceOptions, TurnOptions, BarOption {}

/**
 * E W_p^p(mu^N, f) for every law f on [0, 1]^d and N independent points of f.
 *
 * Derivation. Cut the cube into 2^(dl) cells of diameter sqrt d 2^-l, l = 0, 1, ... Couple mu and f from the finest
 * level up: in every cell as much of what is left as possible. After level l the part coupled inside a cell F is
 * min{mu(F), f(F)}, whatever the finer levels did, since sum_G min{mu(G), f(G)} + min{sum (mu(G) - f(G))_+, sum (f(G) -
 * mu(G))_+} = min{mu(F), f(F)} over the cells G of F. So the pair is not in one cell of level l with probability m_l =
 * (1/2) sum_F |mu(F) - f(F)| for all l at once, and with D_l = (sqrt d 2^-l)^p
 *   W_p^p <= sum_(l >= 0) D_l (m_(l+1) - m_l) = sum_(l >= 1) (D_(l-1) - D_l) m_l
 *          = d^(p/2) (2^p - 1) sum_(l >= 1) 2^(-pl) m_l.
 * E|mu^N(F) - f(F)| <= (f(F)(1 - f(F))/N)^(1/2), and by Cauchy-Schwarz E m_l <= min{1, (1/2) ((2^(dl) - 1)/N)^(1/2)}:
 *   E W_p^p <= d^(p/2) (2^p - 1) sum_(l >= 1) 2^(-pl) min{1, (1/2) ((2^(dl) - 1)/N)^(1/2)}.
 * Of the order N^(-1/2) for p > d/2, N^(-1/2) log N for p = d/2, N^(-p/d) for p < d/2, as (87) has it.
 * @returns the value of the bound, 'exact' up to rounding
 * @throws TypeError, RangeError naming the argument
 * @source derived here; the partition is that of N. Fournier, A. Guillin 2015, doi:10.1007/s00440-014-0583-7
 * @example expectedDistanceInCube({ N: 100, d: 1, p: 1 }).value < 0.12072 // true
 */
export function expectedDistanceInCube(options: ExpectedDistanceOptions): Estimate {
  requireOptions<ExpectedDistanceOptions>('expectedDistanceInCube', options, { N: true, d: true, p: true })
  const { d, p } = checked(options)
  const value = d ** (p / 2) * (2 ** p - 1) * dyadicSum(checked(options))
  return exact(value, 'dyadic partition', 1e-12)
}

/** sum_(l >= 1) 2^(-pl) min{1, (1/2) ((2^(dl) - 1)/N)^(1/2)} of {@link expectedDistanceInCube}. */
export function dyadicSum({ N, d, p }: ExpectedDistanceOptions): number {
  return levels(p, l => Math.min(1, 0.5 * Math.sqrt((2 ** (d * l) - 1) / N)))
}

/**
 * The same for a law on R^d. B_0 = [-1, 1]^d, B_n = [-2^n, 2^n]^d without [-2^(n-1), 2^(n-1)]^d. The coupling goes on
 * from the cells of each B_n to B_n and to all of R^d; what meets only there costs at most 2^(p-1)(|x|^p + |y|^p), with
 * |x| <= sqrt d 2^n:
 *   E W_p^p <= d^(p/2) sum_n 2^(np) [2^(p-1) min{2 f_n, (f_n/N)^(1/2)}
 *              + 2^p (2^p - 1) sum_(l >= 1) 2^(-pl) min{f_n, (1/2)(2^(dl) f_n/N)^(1/2)}],
 * f_n = f(B_n). Finite if sum_n 2^(np) f_n is, of the orders above if f_n <= C 2^(-kn) with k > 2p, as Theorem 9.3
 * asks.
 * @param masses f(B_0), f(B_1), ..., all of the law up to rounding
 * @returns the value of the bound
 * @throws TypeError, RangeError naming the argument; for masses that do not add up to 1
 * @example expectedDistance({ N: 100, d: 3, p: 1 }, gaussianShells(3)).value
 */
export function expectedDistance(options: ExpectedDistanceOptions, masses: readonly number[]): Estimate {
  requireOptions<ExpectedDistanceOptions>('expectedDistance', options, { N: true, d: true, p: true })
  return finish(shellSteps(options, masses))
}

/**
 * {@link expectedDistance} in turns with the event loop: the same number, with a progress bar where there are very many
 * shells, and a signal ends it.
 * @throws as expectedDistance; the signal's reason; InterruptedError at an interrupt of a notebook's cell (all as
 * rejections)
 * @example (await expectedDistanceAsync({ N: 100, d: 3, p: 1 }, gaussianShells(3))).value
 */
export async function expectedDistanceAsync(
  options: ExpectedDistanceAsyncOptions,
  masses: readonly number[],
): Promise<Estimate> {
  requireOptions<ExpectedDistanceAsyncOptions>('expectedDistanceAsync', options, {
    bar: true,
    signal: 'signal',
    onProgress: 'function',
    N: true,
    d: true,
    p: true,
  })
  return withInterrupts(options, heeding =>
    reporting('expectedDistance', heeding, report => inTurns(shellSteps(heeding, masses), heeding, report)),
  )
}

/** {@link expectedDistance} in steps. */
function* shellSteps(options: ExpectedDistanceOptions, masses: readonly number[]): Steps<Estimate> {
  const { N, d, p } = checked(options)
  requireNumbers('masses', masses)
  const sum = masses.reduce((total, mass, n) => total + requireNumber(`masses[${n}]`, mass, 0, 1), 0)
  requireNumber('the sum of masses', sum, 1 - 1e-9, 1 + 1e-9, '1')
  let value = 0
  const isTime = pace()
  for (const [n, f] of masses.entries()) {
    if (isTime(SHELL)) yield { fraction: n / masses.length, stage: 'shells' }
    const apart = 2 ** (p - 1) * Math.min(2 * f, Math.sqrt(f / N))
    const inside = 2 ** p * (2 ** p - 1) * levels(p, l => Math.min(f, 0.5 * Math.sqrt((2 ** (d * l) * f) / N)))
    value += d ** (p / 2) * 2 ** (n * p) * (apart + inside)
  }
  return exact(value, 'dyadic partition of shells', 1e-12)
}

/** Operations for a shell: some sixty levels of powers and roots. */
const SHELL = 5000

/** sum_(l >= 1) 2^(-pl) share(l) for shares <= 1: the rest beyond l = 60/p is below 2^-60. */
function levels(p: number, share: (l: number) => number): number {
  let sum = 0
  for (let l = 1; p * l <= 60 + p; l++) sum += 2 ** (-p * l) * share(l)
  return sum
}

function checked({ N, d, p }: ExpectedDistanceOptions): ExpectedDistanceOptions {
  requireInteger('N', N, 1)
  // 2^(dl) must be a number for l up to 60.
  requireInteger('d', d, 1, 16)
  requireNumber('p', p, 1, 64)
  return { N, d, p }
}
