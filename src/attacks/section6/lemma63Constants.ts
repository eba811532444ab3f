/**
 * Lemma 6.3 in closed form: the largest difference quotients of kernel (4) in units N^-delta = 1, as quotients scale
 * with N^(3 delta) and lengths with N^-delta. Derivation: docs/claims.md#lemma-63
 * @source Lemma 6.3, (48)-(50)
 */
import { requireNumber, requireOneOf } from '../../base/errors.js'
import { findRoot } from '../../base/numerics/roots.js'
import type { VectorNorm } from '../forceDifference.js'

/** sup of |k(q)-k(q+xi)|/|xi| over |q| < 3 r_c, times r_c^3: 2 in |.|, (1 + 3 sqrt 3)/2 in |.|_inf. */
export function innerConstant(norm: VectorNorm): number {
  requireOneOf('norm', norm, ['euclidean', 'maximum'])
  return norm === 'euclidean' ? 2 : 0.5 * (1 + 3 * Math.sqrt(3))
}

/** The supremum over |q| >= 3 r_c, and the input that approaches it, in units of r_c. */
export interface OuterConstant {
  /** sup of |q|^3 |k(q)-k(q+xi)|/|xi|. */
  readonly value: number
  readonly q: readonly number[]
  readonly xi: readonly number[]
}

/**
 * The largest difference quotient where the cut-off does not reach.
 * @example outerConstant('euclidean').value // 12
 */
export function outerConstant(norm: VectorNorm): OuterConstant {
  requireOneOf('norm', norm, ['euclidean', 'maximum'])
  if (norm === 'euclidean') return { value: 12, q: [3, 0, 0], xi: [-2, 0, 0] }
  const P = (phi: number): number => 13 + 4 * (Math.cos(phi) + Math.SQRT2 * Math.sin(phi))
  const slope = (phi: number): number => {
    const root = Math.sqrt(P(phi))
    const along = 6 * Math.cos(phi) * root * (Math.SQRT2 * Math.cos(phi) - Math.sin(phi))
    return along - Math.sin(phi) * (root ** 3 - 1)
  }
  const phi = findRoot(slope, 0, 1)
  const side = Math.sin(phi) / Math.SQRT2 + 2
  return {
    value: 0.5 * Math.cos(phi) * (P(phi) ** 1.5 - 1) - 1,
    q: [Math.cos(phi) + 2, side, side],
    xi: [-2, -2, -2],
  }
}

/**
 * The quotient that the best q + xi on the cut-off sphere reaches at |q| = r, 1 <= r <= 3, in units r_c = 1:
 * (1 + r)/r^2 in |.| (xi antiparallel to q, the supremum by the proof for the outer constant) and
 *   $r^{-3}\left[\frac{r^2+r+1}{r+1}(1+\sqrt3r)-1\right]$ in |.|_inf,
 * from q + xi = (a,b,b), $b/a=1/(1+\sqrt3r)$, xi = -t (1,1,1): a lower bound of the supremum, which the search meets.
 * At r = 1 they are the inner constants. The printed bound 1 fails wherever this exceeds 1: for 1 <= r < (1 + sqrt 5)/2
 * in |.|, for 1 <= r < 2.27095 in |.|_inf.
 * @throws RangeError for a radius outside [1, 3]
 */
export function quotientAtRadius(radius: number, norm: VectorNorm): number {
  const r = requireNumber('radius', radius, 1, 3)
  if (norm === 'euclidean') return (1 + r) / (r * r)
  return (((r * r + r + 1) / (r + 1)) * (1 + Math.sqrt(3) * r) - 1) / r ** 3
}

/** The radius in units r_c up to which, from r_c on, the printed inner constant is exceeded. */
export function failureRadius(norm: VectorNorm): number {
  return findRoot(r => quotientAtRadius(r, norm) - 1, 1, 3)
}
