/**
 * Derivative-free maximisation: what attacks a claim. Nelder-Mead from many seeded starts, polished by restarts.
 */

import { requireFunction, requireInteger, requireNumber } from '../errors.js'
import { type RandomStream, requireStream } from '../random.js'
import { requireNumbers } from '../shape.js'

/** The largest value found, and where. */
export interface Maximum {
  readonly x: Float64Array
  readonly value: number
  /** Function evaluations spent. */
  readonly evaluations: number
}

/** Far above what any search here starts. */
const MOST_STARTS = 1e6

/**
 * A local maximum of f by the Nelder-Mead simplex method, restarted from its own result until it stops improving.
 * Points where f is NaN or -Infinity count as outside the domain.
 * @param start where to begin, any length; f(start) must not be NaN
 * @param scale edge of the first simplex
 * @param tolerance relative gain at which it stops, in [0, 1]; 0 (default): when rounding leaves nothing to gain
 * @source Nelder and Mead 1965, doi:10.1093/comjnl/7.4.308
 * @example maximizeLocally(([x]) => -((x! - 2) ** 2), [0], 1).x[0] // 2
 */
export function maximizeLocally(
  f: (x: Float64Array) => number,
  start: ArrayLike<number>,
  scale: number,
  tolerance: number = 0,
): Maximum {
  requireFunction('f', f)
  requireNumbers('start', start)
  requireInteger('start.length', start.length, 1)
  requireNumber('scale', scale, 0, Number.MAX_VALUE, 'a finite number >= 0')
  requireNumber('tolerance', tolerance, 0, 1)
  let evaluations = 0
  const value = (x: Float64Array): number => {
    evaluations++
    const y = f(x)
    return Number.isNaN(y) ? Number.NEGATIVE_INFINITY : y
  }
  let best: Float64Array = Float64Array.from(start)
  let bestValue = value(best)
  let edge = scale
  for (let restart = 0; restart < 12; restart++) {
    const result = simplex(value, best, bestValue, edge, Math.max(tolerance, 1e-16))
    const gain = result.value - bestValue
    best = result.x
    bestValue = result.value
    if (restart > 1 && gain <= Math.max(tolerance, 1e-14) * Math.abs(bestValue)) break
    edge *= 0.25
  }
  return { x: best, value: bestValue, evaluations }
}

function simplex(
  f: (x: Float64Array) => number,
  start: Float64Array,
  startValue: number,
  edge: number,
  tolerance: number,
): { x: Float64Array; value: number } {
  const n = start.length
  const points = [{ x: start, value: startValue }]
  for (let a = 0; a < n; a++) {
    const x = Float64Array.from(start)
    x[a] = x[a]! + edge
    points.push({ x, value: f(x) })
  }
  const center = new Float64Array(n)
  const along = (t: number): { x: Float64Array; value: number } => {
    const worst = points[n]!.x
    const x = Float64Array.from(center, (c, a) => c + t * (worst[a]! - c))
    return { x, value: f(x) }
  }
  for (let iteration = 0; iteration < 400 * (n + 1); iteration++) {
    points.sort((u, v) => v.value - u.value)
    if (points[0]!.value - points[n]!.value <= tolerance * Math.abs(points[0]!.value) && iteration > n) break
    center.fill(0)
    for (let i = 0; i < n; i++) for (let a = 0; a < n; a++) center[a] = center[a]! + points[i]!.x[a]! / n
    const reflected = along(-1)
    if (reflected.value > points[0]!.value) {
      const expanded = along(-2)
      points[n] = expanded.value > reflected.value ? expanded : reflected
    } else if (reflected.value > points[n - 1]!.value) points[n] = reflected
    else {
      const contracted = along(reflected.value > points[n]!.value ? -0.5 : 0.5)
      if (contracted.value > Math.max(points[n]!.value, reflected.value)) points[n] = contracted
      else {
        for (let i = 1; i <= n; i++) {
          const x = Float64Array.from(points[i]!.x, (v, a) => 0.5 * (v + points[0]!.x[a]!))
          points[i] = { x, value: f(x) }
        }
      }
    }
  }
  points.sort((u, v) => v.value - u.value)
  return points[0]!
}

/**
 * The best of many local maxima, from starts drawn by `draw` with the given stream.
 * @param starts number of starts, >= 1
 * @throws TypeError if draw is not a function
 */
export function maximize(
  f: (x: Float64Array) => number,
  draw: (stream: RandomStream) => ArrayLike<number>,
  stream: RandomStream,
  starts: number,
  scale: number,
  tolerance: number = 0,
): Maximum {
  requireFunction('f', f)
  requireFunction('draw', draw)
  requireStream('stream', stream)
  requireInteger('starts', starts, 1)
  if (starts > MOST_STARTS) requireInteger('starts', starts, 1, MOST_STARTS)
  requireNumber('scale', scale, 0, Number.MAX_VALUE, 'a finite number >= 0')
  requireNumber('tolerance', tolerance, 0, 1)
  let best: Maximum = { x: new Float64Array(0), value: Number.NEGATIVE_INFINITY, evaluations: 0 }
  let evaluations = 0
  for (let i = 0; i < starts; i++) {
    const result = maximizeLocally(f, draw(stream), scale, tolerance)
    evaluations += result.evaluations
    if (result.value > best.value) best = result
  }
  return { ...best, evaluations }
}
