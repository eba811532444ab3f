/**
 * The exponential term of (87) in n = 6. Used by the claim on Corollary 9.4 and its figure.
 */

/**
 * -log of a(N, xi) of (87) with n = 6, c = 1, xi = N^(-p gamma), in terms of log N.
 * @example rateFunction(1, 0.15, Math.log(1e10)) // 10 = N^(1 - 6 gamma)
 */
export function rateFunction(p: number, gamma: number, logN: number): number {
  const logXi = -p * gamma * logN
  if (p > 3) return Math.exp(logN + 2 * logXi)
  if (p < 3) return Math.exp(logN + (6 / p) * logXi)
  // ln(2 + 1/xi) for xi far below 1.
  const logarithm = -logXi + Math.log1p(2 * Math.exp(logXi))
  return Math.exp(logN + 2 * logXi) / logarithm ** 2
}
