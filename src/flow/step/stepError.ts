/**
 * How large the error of the time step of an actual run is: by doing it again with the step doubled. For error budgets.
 */

import { type Configuration, requireConfiguration } from '../../base/configuration.js'
import { requireInteger, requireNumber, requireOptions } from '../../base/errors.js'
import { turns } from '../../base/interrupt.js'
import { requireAffordable, type WorkLimits } from '../../base/limits.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { wasmCore } from '../../wasm/core.js'
import { maximumDifference } from '../micro/invariants.js'
import type { MagneticField } from './gyration.js'
import type { LangevinNoise } from './langevinNoise.js'
import { type Acceleration, type ParticleStepper, particleStepper } from './particleStepper.js'
import { requireState } from './requireState.js'
import type { SchemeName } from './symplecticScheme.js'

/** The run whose error is asked for, and how much work the answer may take. */
export interface StepErrorOptions {
  readonly acceleration: Acceleration
  /** Length of the run, not 0. */
  readonly T: number
  /** Its number of steps, even. */
  readonly steps: number
  readonly scheme?: SchemeName
  readonly noise?: LangevinNoise
  readonly magnetic?: MagneticField
  /** The state at T that the run itself reached: it is then not done again, and the answer costs half a run. */
  readonly final?: Configuration
  /** Do only this part of the interval, in (0, 1], and extrapolate. Default 1. Not together with `final`. */
  readonly share?: number
  /** What the call may take: {@link WorkLimits}. */
  readonly limits?: WorkLimits
  readonly signal?: AbortSignal
}

/** Errors at the end in maximum norm over particles and coordinates. */
export interface StepError {
  readonly q: Estimate
  readonly p: Estimate
  /** The larger of both. */
  readonly state: Estimate
  /** Exponent g of the growth t^g by which the errors were extrapolated; undefined without extrapolation. */
  readonly growth?: number
}

/** Order that step doubling may count on: at the corner of the kernel (4) every scheme has order 2. */
const SURE_ORDER = 2

/**
 * The error of a run by step doubling: with D the deviation between the run (step h) and one with step 2h, the error is
 * D/(2^r - 1) where errors shrink like h^r. r = 2 is what every scheme here has at the corner of the kernel (4), so the
 * value is D/3 (too large for smooth forces and orders above 2), and the interval [0, D] holds the error for every
 * r >= 1. With `share` < 1 both runs stop there, and the deviation grows on like t^g, with g measured between the
 * middle and the end of that part, and at least 1/2, the growth of a sum of independent errors; where errors grow
 * exponentially this is too low, and the method says what was done.
 * @param Z initial state
 * @throws TypeError, RangeError naming the argument; errors of the runs as they come
 * @example (await stepError(Z, { acceleration, T: 1, steps: 100, final: run.final })).state.high
 */
export async function stepError(Z: Configuration, options: StepErrorOptions): Promise<StepError> {
  requireOptions<StepErrorOptions>('stepError', options, {
    acceleration: 'function',
    T: true,
    steps: true,
    scheme: true,
    noise: 'given',
    magnetic: true,
    final: true,
    share: true,
    limits: true,
    signal: 'signal',
  })
  requireState(Z)
  if (options.final !== undefined) requireConfiguration('final', options.final)
  const { acceleration, T, steps, scheme = 'leapfrog', noise, magnetic, final, share = 1, signal } = options
  requireInteger('steps', steps, 2)
  if (steps % 2 !== 0) throw new RangeError(`steps must be even, so that the step can be doubled, got ${steps}`)
  requireAffordable({ N: Z?.N, steps }, options.limits)
  requireNumber('share', share, Number.MIN_VALUE, 1, 'a number in (0, 1]')
  if (final !== undefined && share !== 1)
    throw new RangeError(`share must be 1 where the final state is given, got ${share}`)
  const begin = (count: number): ParticleStepper =>
    particleStepper(Z, {
      ...{ acceleration, T, steps: count, scheme },
      ...(noise === undefined ? {} : { noise }),
      ...(magnetic === undefined ? {} : { magnetic }),
    })
  const coarse = begin(steps / 2)
  const fine = final === undefined ? begin(steps) : undefined
  const end = Math.min(steps / 2, Math.max(1, Math.round((share * steps) / 2)))
  const middle = Math.floor(end / 2)
  const turn = turns(signal)

  const deviation = async (until: number): Promise<readonly [q: number, p: number]> => {
    while (coarse.stepIndex < until) {
      await turn()
      await coarse.advance()
      await fine?.advance(2)
    }
    const { q, p } = fine?.Z ?? final!
    return [maximumDifference(coarse.Z.q, q), maximumDifference(coarse.Z.p, p)]
  }
  const partial = end < steps / 2
  const half = partial && middle > 0 ? await deviation(middle) : undefined
  const [q, p] = await deviation(end)
  if (!partial) return together(q, p, `step doubled: ${steps} against ${steps / 2} steps`)
  const { log, pow } = wasmCore()
  const [before, after] = [half === undefined ? 0 : Math.max(...half), Math.max(q, p)]
  const rate = before > 0 && after > 0 ? log(after / before) / log(end / middle) : 2
  const growth = Math.max(0.5, rate)
  const factor = pow(steps / 2 / end, growth)
  const method = `step doubled on ${end} of ${steps / 2} double steps, extrapolated like t^${growth.toFixed(2)}`
  return { ...together(q * factor, p * factor, method), growth }
}

/** The error of the finer of two runs that deviate by D. */
export function fromDeviation(D: number, method: string): Estimate {
  return { value: D / (2 ** SURE_ORDER - 1), low: 0, high: D, kind: 'estimated', method }
}

function together(q: number, p: number, method: string): StepError {
  const state = Math.max(q, p)
  return { q: fromDeviation(q, method), p: fromDeviation(p, method), state: fromDeviation(state, method) }
}
