/**
 * Moments of a sum of independent centred variables: the count of multi-indices (55), (56), (58) done exactly, by a
 * recursion.
 */

import { requireInteger, requireNumber } from '../base/errors.js'
import { requireNumbers } from '../base/shape.js'

/**
 * ln of E (Y_1 + ... + Y_n)^k, k = 0, ..., K, for independent copies of a centred Y with the given moments: exactly the
 * sum (56) over multi-indices without an entry 1,
 *   sum_{|k| = K} K!/(k_1! ... k_n!) prod_j E Y^(k_j) = K! [z^K] (sum_m E Y^m z^m/m!)^n,
 * by the recursion for powers of a series (J. C. P. Miller's), g_k = sum_i (i (n+1)/k - 1) f_i g_(k-i). With upper
 * bounds of E|Y|^m in place of E Y^m it gives an upper bound. For n >= K/2 - 1 all terms are positive: relative error
 * below K^2 2^-52 in the logarithm's scale.
 * @param logMoments length K + 1; entry m is ln E Y^m >= 0 for m >= 2 (-Infinity for 0); entries 0 and 1 are not read
 * @param logN ln n, with n + 1 >= K/2
 * @returns length K + 1; -Infinity where the moment is 0
 * @throws RangeError for n + 1 < K/2
 * @source (55)-(58)
 * @example Math.exp(logMomentsOfSum([0, 0, 0, -Infinity, 0], Math.log(10))[4]) // ten signs: 10 + 3 * 90 = 280
 */
export function logMomentsOfSum(logMoments: ArrayLike<number>, logN: number): Float64Array {
  requireNumbers('logMoments', logMoments)
  requireInteger('logMoments.length', logMoments.length, 1, 10_000)
  const K = logMoments.length - 1
  const smallest = Math.log(Math.max(1, K / 2 - 1))
  requireNumber('logN', logN, smallest * (1 - 1e-12), Number.MAX_VALUE, `a number >= ln(K/2 - 1) = ${smallest}`)
  const logFactorial = new Float64Array(K + 1)
  for (let k = 1; k <= K; k++) logFactorial[k] = logFactorial[k - 1]! + Math.log(k)
  const f = Float64Array.from({ length: K + 1 }, (_, m) => (m < 2 ? 0 : logMoments[m]! - logFactorial[m]!))
  // i (n + 1)/k - 1 = (i/k) n + (i/k - 1), as a logarithm that does not need n.
  const inverse = Math.exp(-logN)
  const g = new Float64Array(K + 1).fill(Number.NEGATIVE_INFINITY)
  g[0] = 0
  const terms = new Float64Array(K + 1)
  for (let k = 2; k <= K; k++) {
    let largest = Number.NEGATIVE_INFINITY
    for (let i = 2; i <= k; i++) {
      const ratio = i / k
      const coefficient = ratio + (ratio - 1) * inverse
      const term = coefficient > 0 ? logN + Math.log(coefficient) + f[i]! + g[k - i]! : Number.NEGATIVE_INFINITY
      terms[i] = term
      largest = Math.max(largest, term)
    }
    if (largest === Number.NEGATIVE_INFINITY) continue
    let sum = 0
    for (let i = 2; i <= k; i++) sum += Math.exp(terms[i]! - largest)
    g[k] = largest + Math.log(sum)
  }
  return g.map((value, k) => value + logFactorial[k]!)
}
