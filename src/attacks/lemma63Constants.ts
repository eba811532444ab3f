/**
 * Lemma 6.3 in closed form: the largest difference quotients of kernel (4) in units N^-delta = 1.
 *
 * Scaling. $k^N_\delta(q)=N^{2\delta}k^1(N^\delta q)$, so quotients scale with $N^{3\delta}$ and radii with
 * $N^{-\delta}$: r_c = 1 without loss.
 *
 * Inner constants. On |q| < 3 the supremum is the global Lipschitz constant, since it is approached at |q| -> 1 from
 * outside with xi -> 0: 2 in |.| and $\tfrac12(1+3\sqrt3)$ in |.|_inf (largest row sum of $1-3nn^T$, at n = (a,b,b),
 * $a^2=\tfrac12(1+1/\sqrt3)$).
 *
 * Outer constant in |.|. For |q| = r >= 3, |xi| = t < 2 the segment stays at radii >= r - st >= 1, so
 *   $|k(q)-k(q+\xi)|\le\int_0^12t(r-st)^{-3}ds=(r-t)^{-2}-r^{-2}$,
 * with equality for xi antiparallel to q. Times $r^3/t$ this is $(2-x)/(1-x)^2$, x = t/r < 2/3, increasing: 12.
 *
 * Outer constant in |.|_inf. Let y = q + xi, r' = |y|, t = |xi|_inf <= 2, and (by symmetry) let the largest component
 * of the difference be $D=k_1(y)-k_1(q)>0$, $F=r^3D/t$. With xi = -h, $Ft=r^3k_1(y)-y_1-h_1$, q = y + h.
 * - $k_1(y)\le0$: if r' >= 1 and r' <= r, or if r' < 1, then Ft <= t; if r' > r, $Ft\le3|r'-r|+t\le(3\sqrt3+1)t$. So
 *   F < 6.2.
 * - $k_1(y)>0$, r' > r: Ft <= t. So let r' <= r: then $r^3k_1(y)=|y+h|^3k_1(y)$ is convex in h, so Ft is largest at
 *   a vertex $h=(\pm t,\pm t,\pm t)$, where the signs of h_2, h_3 are those of y_2, y_3. (|q| >= 3 is dropped; it holds
 *   at the end.)
 * - For r' >= 1 write y = r'u, $\tau=t/r'\le2$, $\sigma_\pm=\pm u_1+|u_2|+|u_3|$, $x=r/r'$:
 *   $F_\pm=u_1\frac{x^3-1}\tau\mp1$,
 *   $x^2=1+2\tau\sigma_\pm+3\tau^2$, and $\frac{x^3-1}\tau=\frac{x^2+x+1}{x+1}(2\sigma_\pm+3\tau)$ increases with tau
 *   where x >= 1: tau = 2.
 *   For r' < 1, $F_\pm=u_1r'\frac{r^3-1}t\mp1$ with $r^2=r'^2+2tr'\sigma_\pm+3t^2$ is at most its value
 *   at r' = 1, t = 2 (for the lower sign with sigma replaced by the larger $\sqrt2-u_1$).
 * - Lower sign: $\sigma_-\le\sqrt2-u_1$, so $F_-\le u_1\frac{(13+4\sqrt2-4u_1)^{3/2}-1}2+1\le28.6$ (increasing in u_1
 *   <= 1).
 * - Upper sign: F_+ grows with sigma_+, so u_2 = u_3: $F_+\le\max_\varphi\cos\varphi\frac{P^{3/2}-1}2-1$,
 *   $P=13+4(\cos\varphi+\sqrt2\sin\varphi)$. The maximum, 36.52588 at phi = 0.32292, has |q| = sqrt P = 4.311 >= 3: it
 *   is the supremum. 54 is enough, though not by the printed steps: (49) needs $\tfrac12(1+3\sqrt3)$ in place of 2 in
 *   this norm, and |xi| may exceed |q|.
 * @source Lemma 6.3, (48)-(50)
 */
import { requireNumber, requireOneOf } from '../base/errors.js'
import { findRoot } from '../base/roots.js'
import type { VectorNorm } from './forceDifference.js'

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
 * The quotient that the best q + xi on the cut-off sphere reaches at |q| = r, 1 <= r <= 3, in units r_c = 1: (1 +
 * r)/r^2 in |.| (xi antiparallel to q, proved to be the supremum as above) and
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
