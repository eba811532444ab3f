/**
 * Enclosures of integrals over one panel. On [c - h, c + h], by Taylor's theorem to an even order n,
 *   $f(c+t)=\sum_{k<n}a_kt^k+a_n(\xi)t^n$, $a_n(\xi)=f^{(n)}(\xi)/n!$,
 * odd powers drop out, and $t^n\ge0$, so that the integral is in
 * $\sum_{k<n,\,even}a_k\frac{2h^{k+1}}{k+1}+A\frac{2h^{n+1}}{n+1}$ where A encloses a_n over the panel.
 */
import { hull, type Interval, interval, minus, over, plus, power, times, ZERO } from './interval.js'
import { type Taylor, variableTaylor } from './taylor.js'

/**
 * The integral over [a, b] by a Taylor polynomial about the middle.
 * @param f in the arithmetic of power series to the order n
 * @param a, b ends, exact ones as intervals around them
 * @example taylorPanel(x => x, interval(0), interval(2), 2).lo <= 2 // true
 */
export function taylorPanel(f: (x: Taylor) => Taylor, a: Interval, b: Interval, n: number): Interval {
  const half = interval(0.5)
  const centre = times(half, plus(a, b))
  const h = times(half, minus(b, a))
  // The true middle and half length are in these two, and the formula holds for them.
  const at = f(variableTaylor(centre, n))
  const across = f(variableTaylor(hull(a, b), n))
  let sum = ZERO
  for (let k = 0; k <= n; k += 2) {
    const coefficient = k === n ? across[k]! : at[k]!
    sum = plus(sum, times(coefficient, over(times(interval(2), power(h, k + 1)), interval(k + 1))))
  }
  return sum
}

/** The integral over [a, b] by the range of f: (b - a) f([a, b]). @example valuePanel(x => x, interval(0), interval(1)).lo // 0 */
export function valuePanel(f: (x: Interval) => Interval, a: Interval, b: Interval): Interval {
  return times(minus(b, a), f(hull(a, b)))
}
