/**
 * The proved error bound of direct sums with pairs in single precision.
 */
import { requireOneOf } from '../base/errors.js'

/**
 * |F_i - exact| <= mixedErrorBound(alpha) sum_j |w_j| |k(q_i - q_j)| for every particle, for the profiles with a
 * compiled single-precision form ('truncated', 'cubicSpline' and 'plummer', alpha = 1, 2, cut-off r_c > 0), up to terms
 * in 2^-47 H/r_c where H is the half-extent of a pair of tiles, the kernel at |q| < r_c counting as |q| r_c^-(alpha+1).
 *
 * Derivation, with u = 2^-24. Relative to the common frame of two tiles coordinates lie in [-H, H].
 * - Displacement. Without remainder (only if max(gap, r_c) >= H/16): each coordinate is rounded by at most u H, that of
 *   a difference by 2 u H and u of itself, the vector by sqrt(3) 2 u H + u r <= (32 sqrt(3) + 1) u max(r, r_c) =: e.
 *   With remainder: e <= 3 u r, and 2^-47 H that the second f32 leaves.
 *   A displacement changed by e (relative to max(r, r_c)) changes the kernel by at most (alpha+1) e, its Lipschitz
 *   constant being at most max(alpha, (alpha+3)/2) <= alpha + 1 in units of max(r, r_c)^-(alpha+1).
 * - Factor and products: |q|^2 by 3 u (its squares and sums), halved and times alpha + 1 at most; clamp and coefficient
 *   rounded to f32, (alpha+1) u; square root, two products, ramp and division, 6 u; times the coordinate, u; weight, 2
 *   u.
 * - Sums: at most 64 terms in a lane, of partial sums bounded by the sums of absolute values, 63 u. Adding the lanes
 *   and everything after is in double precision, below u together.
 *
 * The bound is a worst case; rounding errors are independent in practice, and ||error||_2/||F||_2 was between 2e-8 and
 * 1e-7 wherever it was measured.
 * @param alpha 1 or 2
 * @example mixedErrorBound(2) // 1.5e-5
 */
export function mixedErrorBound(alpha: number): number {
  requireOneOf('alpha', alpha, [1, 2])
  const unit = 2 ** -24
  const displacement = (alpha + 1) * (32 * Math.sqrt(3) + 1)
  const factor = ((alpha + 1) * 3) / 2 + (alpha + 1) + 6 + 1 + 2
  return unit * (displacement + factor + 64)
}
