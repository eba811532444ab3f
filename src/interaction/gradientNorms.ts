/**
 * Norms of the gradient of a radial force: a symmetric matrix a n n^T + b (1 - n n^T) with radial eigenvalue
 * a = g'(r) and tangential eigenvalue b = g(r)/r.
 */

/** The norms in which a force gradient is measured. */
export type GradientNorm = 'euclidean' | 'frobenius' | 'maximum'

/** The Euclidean operator norm, max(|a|, |b|). @example euclideanGradientNorm(-2, 1) // 2 */
export function euclideanGradientNorm(a: number, b: number): number {
  return Math.max(Math.abs(a), Math.abs(b))
}

/** The Frobenius norm, sqrt(a^2 + (d-1) b^2). @example frobeniusGradientNorm(-2, 1, 3) // sqrt(6) */
export function frobeniusGradientNorm(a: number, b: number, d: number): number {
  return Math.hypot(a, Math.sqrt(d - 1) * b)
}

/**
 * The operator norm induced by the maximum norm (largest absolute row sum), at its largest over all directions n:
 * |a + b|/2 + sqrt(d) |a - b|/2. For Coulomb's a = -2, b = 1 in d = 3 it is (1 + 3 sqrt 3)/2 = 3.098, not 2.
 *
 * Proof. With c = n_i the i-th row sum is |b + (a-b) c^2| + |a-b| |c| sum_{j != i} |n_j|, and the last sum is at most
 * sqrt(d-1) sqrt(1-c^2), with equality if the other coordinates are equal. With c^2 = (1 + cos p)/2 this is
 * |(a+b)/2 + (a-b)/2 cos p| + |a-b|/2 sqrt(d-1) sin p, 0 <= p <= pi. By the triangle inequality and Cauchy-Schwarz it
 * is at most |a+b|/2 + |a-b|/2 sqrt(1 + d - 1), and equality holds at cos p = sign((a+b)(a-b))/sqrt(d).
 * @example maximumGradientNorm(-2, 1, 3) // 3.098076211353316
 */
export function maximumGradientNorm(a: number, b: number, d: number): number {
  return (Math.abs(a + b) + Math.sqrt(d) * Math.abs(a - b)) / 2
}

/** One of the three, by name. */
export function gradientNorm(norm: GradientNorm, a: number, b: number, d: number): number {
  if (norm === 'euclidean') return euclideanGradientNorm(a, b)
  return norm === 'frobenius' ? frobeniusGradientNorm(a, b, d) : maximumGradientNorm(a, b, d)
}
