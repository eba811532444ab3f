/**
 * Doubles next to a double: what outward rounding adds to a result that is rounded to nearest.
 *
 * Let $u=2^{-53}$, $\eta=2^{-1074}$, $\varphi=u(1+2u)$ and $e=\mathrm{fl}(\mathrm{fl}(\varphi|x|)+\eta)$. Then
 * $\mathrm{fl}(x+e)\ge\mathrm{succ}(x)$ for every finite x. Proof. Let $2^k\le|x|<2^{k+1}$.
 * - Where $k\ge-1021$ the distance to the next double is at most $2u2^k$, and it is enough that e exceeds half of it,
 *   $u2^k$, which is a double. Now $\varphi|x|\ge u2^k(1+2u)$. If that is a normal number it is a double, so that
 *   $e\ge u2^k(1+2u)$. If it is subnormal, $u2^k$ is a multiple of $\eta$, so $\mathrm{fl}(\varphi|x|)\ge u2^k$, and
 *   adding $\eta$ is exact.
 * - Below, doubles lie $\eta$ apart, $e\ge\eta$, and the sum is exact.
 * The same holds downwards by symmetry. An operation that IEEE rounds correctly to x has its true value strictly
 * between the neighbours of x, so these enclose it.
 * @source S. M. Rump, P. Zimmermann, S. Boldo, G. Melquiond 2009, doi:10.1007/s10543-009-0218-z
 */

const PHI = 2 ** -53 * (1 + 2 ** -52)
const ETA = 2 ** -1074

/**
 * A double above x, the next one or the one after it; -Infinity stands for a finite number that overflowed.
 * @example above(1) > 1 // true
 */
export function above(x: number): number {
  return x === Number.NEGATIVE_INFINITY ? -Number.MAX_VALUE : x + (Math.abs(x) * PHI + ETA)
}

/**
 * A double below x; Infinity stands for a finite number that overflowed.
 * @example below(Infinity) // 1.7976931348623157e308
 */
export function below(x: number): number {
  return x === Number.POSITIVE_INFINITY ? Number.MAX_VALUE : x - (Math.abs(x) * PHI + ETA)
}
