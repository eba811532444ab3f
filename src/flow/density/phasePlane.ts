/**
 * f^N_t on the plane of (q_1, p_1) through the origin of phase space, at several times: what is drawn of a density in
 * six dimensions.
 */
import type { Configuration } from '../../base/configuration.js'
import {
  quote,
  requireInteger,
  requireNumber,
  requireObject,
  requireOptions,
  requirePositive,
} from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { withInterrupts } from '../../base/interrupt.js'
import { requireAffordable } from '../../base/limits.js'
import { type BarOption, reporting } from '../../base/progress.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { type EvolvingField, requireField } from '../field/evolvingField.js'
import type { MagneticField } from '../step/gyration.js'
import { phaseSpaceDensity } from './phaseSpaceDensity.js'

/** Options of {@link phasePlane}. */
export interface PhasePlaneOptions extends BarOption {
  /** In [0, field.T]. */
  readonly times: readonly number[]
  /** The plane is |q_1| <= reach.q, |p_1| <= reach.p. */
  readonly reach: { readonly q: number; readonly p: number }
  /** Points along either side, default 96. */
  readonly points?: number
  /** Steps in a unit of time, default 32. */
  readonly rate?: number
  readonly magnetic?: MagneticField
  readonly signal?: AbortSignal
  /** Called with the part that is done, in [0, 1]. */
  readonly onProgress?: (part: number) => void
}

/** A density on a plane of phase space. */
export interface PhasePlane {
  readonly times: Float64Array
  /** q_1 along a row, p_1 from row to row. */
  readonly q: Float64Array
  readonly p: Float64Array
  /** f^N_t at every time: the value at (q[i], p[j]) is values[n][j * q.length + i]. */
  readonly values: readonly Float64Array[]
  /** sup f^N_t = sup f_0 over all of phase space. */
  readonly sup: number
  /** Largest error on the plane at every time. */
  readonly errors: readonly Estimate[]
}

/**
 * f^N_t(q_1, 0, 0, p_1, 0, 0) by {@link phaseSpaceDensity}, at several times.
 * @throws TypeError, RangeError naming the argument; the signal's reason (all as rejections)
 * @source (10)
 * @example
 * const field = stationaryField({ law: plummerLaw(), kernel: coulombKernel({ sigma: -1 }), T: 1 })
 * const plane = await phasePlane(field, { times: [0, 1], reach: { q: 1, p: 1 }, points: 3 })
 * plane.values[1][4] === plane.sup // true: the centre does not move
 */
export async function phasePlane(field: EvolvingField, options: PhasePlaneOptions): Promise<PhasePlane> {
  requireOptions<PhasePlaneOptions>('phasePlane', options, {
    bar: true,
    times: true,
    reach: 'given',
    points: true,
    rate: true,
    magnetic: true,
    signal: 'signal',
    onProgress: 'function',
  })
  requireField('field', field)
  const { reach, points = 96, rate = 32, magnetic } = options
  if (!(Array.isArray(options.times) && options.times.length > 0)) {
    throw new TypeError(`times must be a list of at least one time, got ${quote(options.times)}`)
  }
  const times: readonly number[] = options.times
  for (const [n, t] of times.entries()) requireNumber(`times[${n}]`, t, 0, field.T, `a number in [0, ${field.T}]`)
  requireObject('reach', reach, '{ q, p }')
  requirePositive('reach.q', reach.q)
  requirePositive('reach.p', reach.p)
  requireInteger('points', points, 2, 2000)
  requirePositive('rate', rate)
  const longest = maximum(times)
  requireAffordable({ N: points * points, steps: rate * longest, names: { N: 'points^2', steps: `rate * ${longest}` } })
  const Z = planeOf(reach, points)
  const total = times.reduce((sum, t) => sum + t, 0)
  return withInterrupts(options, heeding =>
    reporting('phasePlane', heeding, async report => {
      const { signal, onProgress } = heeding
      const values: Float64Array[] = []
      const errors: Estimate[] = []
      let [before, sup] = [0, 0]
      for (const t of times) {
        const found = await report.stage(`t = ${t}`, t, total - before - t, part =>
          phaseSpaceDensity(Z, field, {
            ...{ t, steps: 2 * Math.max(1, Math.ceil((rate * t) / 2)) },
            ...(magnetic === undefined ? {} : { magnetic }),
            ...(signal === undefined ? {} : { signal }),
            onProgress: done => {
              part(done)
              onProgress?.(total === 0 ? 1 : (before + done * t) / total)
            },
          }),
        )
        before += t
        values.push(found.values)
        errors.push(found.errors!.largest)
        sup = found.sup
      }
      const along = (half: number): Float64Array => Float64Array.from({ length: points }, (_, i) => at(half, i, points))
      return { times: Float64Array.from(times), q: along(reach.q), p: along(reach.p), values, sup, errors }
    }),
  )
}

/** The i-th of n points from -half to half. */
function at(half: number, i: number, n: number): number {
  return half * ((2 * i) / (n - 1) - 1)
}

function planeOf(reach: { readonly q: number; readonly p: number }, points: number): Configuration {
  const N = points * points
  const [q, p] = [new Float64Array(3 * N), new Float64Array(3 * N)]
  for (let k = 0; k < N; k++) {
    q[k] = at(reach.q, k % points, points)
    p[k] = at(reach.p, Math.floor(k / points), points)
  }
  return { N, d: 3, q, p }
}
