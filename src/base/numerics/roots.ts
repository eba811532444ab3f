/**
 * Roots of scalar functions, and the Lambert W function.
 */
import { requireFunction, requireNumber } from '../errors.js'

/**
 * A root of f in [a, b] by bisection with secant steps (Illinois), to the last bits.
 * @throws RangeError if f has the same sign at both ends, or is NaN
 * @example findRoot(x => x * x - 2, 0, 2) // 1.414213562373095
 */
export function findRoot(f: (x: number) => number, a: number, b: number): number {
  requireFunction('f', f)
  requireNumber('a', a, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  requireNumber('b', b, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  let left = a
  let right = b
  let fLeft = f(left)
  let fRight = f(right)
  if (fLeft === 0) return left
  if (fRight === 0) return right
  // Signs are compared, not multiplied: the product of two small values underflows.
  if (!(Math.sign(fLeft) * Math.sign(fRight) < 0))
    throw new RangeError(`f must change sign on [a, b] = [${a}, ${b}], got ${fLeft} and ${fRight}`)
  for (let iteration = 0; iteration < 200; iteration++) {
    const secant = (left * fRight - right * fLeft) / (fRight - fLeft)
    const inside = secant > Math.min(left, right) && secant < Math.max(left, right)
    // Every third step bisects, so that the bracket shrinks whatever f does.
    const x = iteration % 3 === 2 || !inside ? 0.5 * (left + right) : secant
    const y = f(x)
    if (Number.isNaN(y)) throw new RangeError(`f must be a number on [${a}, ${b}], got NaN at ${x}`)
    if (y === 0 || Math.abs(right - left) <= 2 * Number.EPSILON * Math.abs(x)) return x
    if (Math.sign(y) !== Math.sign(fRight)) {
      left = right
      fLeft = fRight
    } else fLeft *= 0.5
    right = x
    fRight = y
  }
  return 0.5 * (left + right)
}

/**
 * The principal branch W of Lambert's function for x >= 0: W e^W = x.
 * @source Halley's iteration; Corless et al. 1996, doi:10.1007/BF02124750
 * @example lambertW(Math.E) // 1
 */
export function lambertW(x: number): number {
  requireNumber('x', x, 0, Number.POSITIVE_INFINITY)
  return x === 0 ? 0 : lambertWofExp(Math.log(x))
}

/**
 * W(e^y), that is the root of w + ln w = y, without forming e^y: usable for astronomically large arguments.
 * @example lambertWofExp(1) // 1
 */
export function lambertWofExp(y: number): number {
  requireNumber('y', y, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  if (!Number.isFinite(y)) return Math.max(y, 0)
  // W(x) = x - x^2 + ..., and x^2 is below the rounding of x = e^y.
  if (y < -40) return Math.exp(y)
  let w = y > 1 ? y - Math.log(y) : y < -2 ? Math.exp(y) : Math.log1p(Math.exp(y)) * 0.8 + 1e-3
  for (let iteration = 0; iteration < 50; iteration++) {
    // Halley on h(w) = w + ln w - y.
    const h = w + Math.log(w) - y
    const step = (2 * h * w * (w + 1)) / (2 * (w + 1) * (w + 1) + h)
    const next = w - step
    w = next > 0 ? next : 0.5 * w
    if (Math.abs(step) <= 2 * Number.EPSILON * w) break
  }
  return w
}
