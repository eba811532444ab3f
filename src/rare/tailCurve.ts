/**
 * From the runs of a plan to the curve of Theorem 4.2: P(sup Delta >= c N^-delta) against N with intervals, and the
 * local exponents -d log P/d log N, which the theorem says grow without bound.
 */
import { requireNumber } from '../base/errors.js'
import { type TailEstimate, tailEstimates } from '../base/rare/tailEstimate.js'
import { requireShape } from '../base/shape.js'
import type { Estimate } from '../base/statistics/estimate.js'
import type { TailRecord } from './runTail.js'
import { parseTailPlan, type TailPlan, tailThresholds } from './tailPlan.js'

/** P at one N, delta and c. */
export interface TailPoint extends TailEstimate {
  readonly N: number
  readonly delta: number
  readonly factor: number
}

/** The exponent between two neighbours of a curve. */
export interface TailExponent {
  readonly delta: number
  readonly factor: number
  /** N of both ends. */
  readonly from: number
  readonly to: number
  readonly exponent: Estimate
}

/** What double precision and half the step change, for the states at the highest threshold of a cell. */
export interface TailRecheck {
  readonly N: number
  readonly delta: number
  /** How many states were scored again. */
  readonly states: number
  /** Root mean square of the relative change of S. */
  readonly rms: number
  /** What its mean changes in ln P, by the slope of ln P between the two highest thresholds; NaN for one threshold. */
  readonly shift: number
}

/** What a plan found. */
export interface TailCurve {
  readonly points: readonly TailPoint[]
  /** Between points that have intervals. */
  readonly exponents: readonly TailExponent[]
  readonly rechecks: readonly TailRecheck[]
}

/**
 * The curve of a plan that was run.
 * @param plan see {@link parseTailPlan}
 * @param records see `runTail`
 * @param level of the intervals, in (0, 1), default 0.95
 * @throws TypeError, RangeError naming the argument
 * @source Theorem 4.2
 * @example tailCurve(plan, records).points.map(point => point.value)
 */
export function tailCurve(plan: TailPlan, records: readonly TailRecord[], level: number = 0.95): TailCurve {
  const { seed } = parseTailPlan(plan)
  requireNumber('level', level, Number.MIN_VALUE, 1 - Number.EPSILON, 'a number in (0, 1)')
  requireShape<readonly { cell: object; schedule: object }[]>('records', records, [{ cell: 'any', schedule: 'any' }])
  const points = records.flatMap(({ cell, schedule, runs }): TailPoint[] => {
    const { N, delta, factors, population, movesPerLevel } = cell
    const thresholds = tailThresholds(cell)
    const setting = { thresholds, levels: schedule.levels, population, movesPerLevel, seed, level }
    return tailEstimates(runs, setting).map((tail, k) => ({ N, delta, factor: factors[k]!, ...tail }))
  })
  return { points, exponents: exponentsOf(points, level), rechecks: records.map(record => recheck(record, points)) }
}

function recheck({ cell, portraits }: TailRecord, points: readonly TailPoint[]): TailRecheck {
  const { N, delta } = cell
  const changes = portraits.map(({ score, precise }) => precise / score - 1)
  const mean = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length
  const [a, b] = points.filter(point => point.N === N && point.delta === delta).slice(-2)
  const slope =
    a === undefined || b === undefined ? Number.NaN : Math.log(b.value / a.value) / Math.log(b.threshold / a.threshold)
  const rms = Math.sqrt(mean(changes.map(x => x * x)))
  // S is larger by a factor of 1 + x: it is as if the threshold were lower by as much.
  return { N, delta, states: changes.length, rms, shift: -mean(changes) * slope }
}

function exponentsOf(points: readonly TailPoint[], level: number): TailExponent[] {
  return points.flatMap(point => {
    const curve = points.filter(({ delta, factor }) => delta === point.delta && factor === point.factor)
    const next = curve.filter(({ N }) => N > point.N).sort((a, b) => a.N - b.N)[0]
    if (next?.estimate === undefined || point.estimate === undefined) return []
    const [a, b] = [point.estimate, next.estimate]
    const span = Math.log(next.N / point.N)
    const value = Math.log(a.value / b.value) / span
    // The ends are independent: halves of their intervals in ln P add as squares.
    const low = Math.hypot(Math.log(a.value / a.low), Math.log(b.high / b.value)) / span
    const high = Math.hypot(Math.log(a.high / a.value), Math.log(b.value / b.low)) / span
    const method = 'from two independent probabilities, whose intervals in ln P add as squares'
    const exponent: Estimate = { value, low: value - low, high: value + high, kind: 'confidence', level, method }
    return [{ delta: point.delta, factor: point.factor, from: point.N, to: next.N, exponent }]
  })
}
