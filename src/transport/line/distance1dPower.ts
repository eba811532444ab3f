/**
 * Powers and power means of distances, without overflow and with a bound of their rounding.
 */

import { requireNumber } from '../../base/errors.js'
import { compensatedSum } from '../../base/numerics/compensatedSum.js'
import { wasmCore } from '../../wasm/core.js'

/** The largest finite order of a distance on the line: beyond it W_p is W_infinity to rounding, and powers overflow. */
const MOST_ORDER = 1000

/**
 * Requires the order of a distance on the line: in [1, 1000], or Infinity where that is allowed. @throws TypeError,
 * RangeError
 */
export function requireOrder(p: unknown, infinite: 'or Infinity' | 'finite'): void {
  if (infinite === 'or Infinity' && p === Number.POSITIVE_INFINITY) return
  const range = `a number in [1, ${MOST_ORDER}]${infinite === 'finite' ? '' : ' or Infinity'}`
  requireNumber('p', p, 1, MOST_ORDER, range)
}

/** x^p for x >= 0 and p >= 0, the same bits on every engine. */
export function powerOf(x: number, p: number): number {
  if (p === 1) return x
  if (p === 2) return x * x
  return wasmCore().pow(x, p)
}

/** x^(1/p) for x >= 0 and p >= 1, the same bits on every engine. */
export function rootOf(x: number, p: number): number {
  if (p === 1) return x
  if (p === 2) return Math.sqrt(x)
  return wasmCore().pow(x, 1 / p)
}

/**
 * (sum_k mass_k gap_k^p)^(1/p) with a bracket for its rounding and for `uncertain` mass that may travel up to `span`.
 * @param gaps >= 0 @param mass > 0, sum 1
 */
export function powerMean(
  gaps: Float64Array,
  mass: Float64Array,
  p: number,
  uncertain: number,
  span: number,
): { readonly value: number; readonly low: number; readonly high: number } {
  let largest = 0
  for (let k = 0; k < gaps.length; k++) if (gaps[k]! > largest) largest = gaps[k]!
  if (largest === 0 && (uncertain === 0 || span === 0)) return { value: 0, low: 0, high: 0 }
  const unit = largest > 0 ? largest : span
  const terms = compensatedSum()
  for (let k = 0; k < gaps.length; k++) terms.add(mass[k]! * powerOf(gaps[k]! / unit, p))
  const sum = terms.total()
  const root = (x: number): number => unit * rootOf(x, p)
  // 0 of a power that overflows would be NaN.
  const moved = uncertain === 0 ? 0 : uncertain * powerOf(span / unit, p)
  // Each gap is off by 1 unit (difference, division), its power by p + 1 and the mass by 1, the compensated sum by 2;
  // the p-th root divides by p and adds 1, and 1/p itself is rounded, which counts |ln sum| / p times.
  const logarithm = sum > 0 ? Math.abs(wasmCore().log(sum)) : 0
  const rounding = ((p + 4 + logarithm) / p + 3) * Number.EPSILON
  return {
    value: root(sum),
    low: root(Math.max(0, sum - moved)) * (1 - rounding),
    high: root(sum + moved) * (1 + rounding),
  }
}
