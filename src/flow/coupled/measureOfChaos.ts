/**
 * The measure of chaos of section 5: Delta (Definition 5.1) and J (40), followed along a coupled run.
 */

import { requireN, requireNumber, requireOptions, requirePositive } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { wasmCore } from '../../wasm/core.js'

/**
 * Parameters of one J^{N,lambda}_t, with the additive term N^(delta - beta) in place of the printed N^(3 delta - 1).
 */
export interface ChaosRate {
  /** Growth rate; the proof takes lambda = C_0. >= 0, 1/time. */
  readonly lambda: number
  /** Exponent of the fluctuation, |K - Kbar| < N^-beta; printed: 1 - 2 delta. */
  readonly beta: number
}

/** Parameters of {@link measureOfChaos}. */
export interface MeasureOfChaosOptions {
  /** Number of particles, >= 1. */
  readonly N: number
  /** Cut-off exponent, finite. */
  readonly delta: number
  /** Final time, > 0. */
  readonly T: number
  readonly rates: readonly ChaosRate[]
}

/** Delta and J at one time. */
export interface ChaosRecord {
  /** Delta^N_{Z,t} = sqrt(log N) |Psi^1 - Phi^1|_inf + |Psi^2 - Phi^2|_inf. */
  readonly Delta: number
  /** J of each rate, in [0, 1]. */
  readonly J: readonly number[]
  /** The natural logarithm of J without its cap at 1, for each rate. */
  readonly logJ: readonly number[]
}

/** Follows J, which is a supremum over the past. */
export interface MeasureOfChaos {
  /**
   * Takes the deviation at the next time and returns Delta and J up to then.
   * @param t not before the last one, in [0, T]
   * @param position |Psi^1 - Phi^1|_infinity
   * @param momentum |Psi^2 - Phi^2|_infinity
   */
  record(t: number, position: number, momentum: number): ChaosRecord
  /** The present suprema, for a run that is continued later. */
  readonly state: Float64Array
}

/**
 * Delta^N_{Z,t} = sqrt(log N) |Psi^1_{t,0} - Phi^1_{t,0}|_inf + |Psi^2_{t,0} - Phi^2_{t,0}|_inf, Definition 5.1.
 * @throws RangeError for N < 1
 * @source Definition 5.1
 * @example chaosDistance(1, 0.1, 0.2) // 0.2: the logarithm of 1 is 0
 */
export function chaosDistance(N: number, position: number, momentum: number): number {
  requireN(N)
  requireNumber('position', position, 0, Number.POSITIVE_INFINITY)
  requireNumber('momentum', momentum, 0, Number.POSITIVE_INFINITY)
  return Math.sqrt(wasmCore().log(N)) * position + momentum
}

/**
 * J^{N,lambda}_t = min{1, sup_{s <= t} e^{lambda sqrt(log N) (T - s)} (N^delta Delta_s + N^{delta - beta})}, (40) with
 * the printed N^{3 delta - 1} = N^{delta - beta} for beta = 1 - 2 delta. The supremum is over the times that are
 * recorded: record every step. At t = 0, where Delta = 0, already J >= e^{lambda sqrt(log N) T} N^{delta - beta}.
 * @throws RangeError for arguments outside their range, or times that go back
 * @source (40)
 * @example measureOfChaos({ N: 1e4, delta: 0.25, T: 1, rates: [{ lambda: 1, beta: 0.375 }] }).record(0, 0, 0).Delta // 0
 */
export function measureOfChaos(options: MeasureOfChaosOptions): MeasureOfChaos {
  requireOptions<MeasureOfChaosOptions>('measureOfChaos', options, { N: true, delta: true, T: true, rates: true })
  const { N, delta, T, rates } = options
  requireRates(rates)
  requireN(N)
  requireNumber('delta', delta, 0, Number.MAX_VALUE, 'a finite number >= 0')
  requirePositive('T', T)
  for (const { lambda, beta } of rates) {
    requireNumber('lambda', lambda, 0, Number.MAX_VALUE, 'a finite number >= 0')
    requireNumber('beta', beta, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  }
  const core = wasmCore()
  const logN = core.log(N)
  const root = Math.sqrt(logN)
  const scale = core.exp(delta * logN)
  const additive = rates.map(({ beta }) => core.exp((delta - beta) * logN))
  const state = new Float64Array(rates.length).fill(Number.NEGATIVE_INFINITY)
  let last = 0
  return {
    state,
    record: (t, position, momentum) => {
      if (!(t >= last && t <= T)) throw new RangeError(`t must be in [${last}, ${T}], got ${t}`)
      last = t
      const Delta = root * position + momentum
      for (let r = 0; r < rates.length; r++) {
        const now = rates[r]!.lambda * root * (T - t) + core.log(scale * Delta + additive[r]!)
        state[r] = Math.max(state[r]!, now)
      }
      const logJ = Array.from(state)
      return { Delta, logJ, J: logJ.map(value => (value >= 0 ? 1 : core.exp(value))) }
    },
  }
}

/** Requires a list of rates. @throws TypeError, RangeError */
export function requireRates(rates: unknown): void {
  requireShape<readonly ChaosRate[]>('rates', rates, [{ lambda: 'number', beta: 'number' }])
}
