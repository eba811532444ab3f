/**
 * From sums of computed costs and potentials to a bracket of W_p that accounts for every rounding.
 */
import { wasmCore } from '../../wasm/core.js'

/** Unit roundoff of doubles. */
const UNIT = Number.EPSILON / 2

/**
 * Bound on the relative error of a computed cost |x - y|^p in dimension d.
 * Differences, squares and d - 1 additions: (d + 2) u in |x - y|^2; a power p/2 of it multiplies that by p/2; the root,
 * the product or the power itself (within two units in the last place) adds 4 u. A tenth more covers second order.
 */
export function costError(d: number, p: number): number {
  return 1.1 * UNIT * (0.5 * p * (d + 2) + 4)
}

/** c^(1/p) with the same bits on every engine; relative error below 4 u. */
export function rootOf(c: number, p: number): number {
  if (c === 0 || p === 1) return c
  if (p === 2) return Math.sqrt(c)
  return wasmCore().pow(c, 1 / p)
}

/**
 * The bracket of W_p from a plan's mean cost and a dual value.
 * @param primal computed mean cost of a plan, with `primalError` a bound on the error of the summation
 * @param dual computed dual value of potentials that are feasible for the *computed* costs
 * @param gamma relative error bound of a computed cost ({@link costError})
 * @param scale W_p = scale * cost^(1/p); a power of two
 */
export function bracketOf(
  primal: { readonly value: number; readonly error: number },
  dual: { readonly value: number; readonly error: number },
  p: number,
  gamma: number,
  scale: number,
): { value: number; low: number; high: number } {
  // c_exact lies between c (1 - gamma) and c (1 + gamma), and u + v <= c (computed) means (u + v) / (1 + gamma) <=
  // c_exact.
  const upper = (primal.value + primal.error) * (1 + gamma) * (1 + 4 * UNIT)
  const lower = ((dual.value - dual.error) / (1 + gamma)) * (1 - 4 * UNIT)
  const value = scale * rootOf(primal.value, p)
  const high = Math.max(value, scale * rootOf(upper, p) * (1 + 8 * UNIT))
  const low = lower > 0 ? Math.min(value, scale * rootOf(lower, p) * (1 - 8 * UNIT)) : 0
  return { value, low, high }
}
