/**
 * W_1 of samples on the line from their law, drawn, and its mean in closed form. Used by the claim on Theorem 9.3 and
 * its figure.
 */
import { requireInteger, requireOneOf } from '../../base/errors.js'
import { gaussSum } from '../../base/numerics/quadrature.js'
import { randomStream } from '../../base/random.js'
import { distance1dToLaw } from '../../transport/line/distance1dToLaw.js'
import { paretoLaw1d, uniformLaw1d } from '../../transport/line/quantileLaw.js'

export const REPLICAS = 400

/**
 * W_1 of independent samples of a law on the line from that law, one value per sample.
 * @throws RangeError for parameters outside their range
 * @example sampledDistances('uniform', 100, '1').length // 400
 */
export function sampledDistances(law: 'uniform' | 'pareto', N: number, seed: string): Float64Array {
  requireOneOf('law', law, ['uniform', 'pareto'])
  requireInteger('N', N, 2, 1e5)
  const quantile = law === 'uniform' ? uniformLaw1d() : paretoLaw1d(1.5)
  const stream = randomStream(`${seed}/claim-9.3/${law}/${N}`)
  return Float64Array.from({ length: REPLICAS }, () => {
    const x = Float64Array.from({ length: N }, () => quantile.quantile(stream.uniform())).sort()
    return distance1dToLaw({ n: N, d: 1, x }, quantile, 1).value
  })
}

/**
 * E W_1 of a sample of N from the law, exactly: $\int E|F_N-F|\,dx$, where N F_N(x) is binomial and de Moivre's formula
 * gives $E|B-Nv|=2m\binom Nm v^m(1-v)^{N-m+1}$, $m=\lfloor Nv\rfloor+1$.
 * @returns the mean, by Gauss sums between the kinks at v = m/N, good to about 1e-9 of itself
 * @throws RangeError for parameters outside their range
 * @example meanDistance('uniform', 1) // 1/3
 */
export function meanDistance(law: 'uniform' | 'pareto', N: number): number {
  requireOneOf('law', law, ['uniform', 'pareto'])
  requireInteger('N', N, 1, 1e5)
  let logBinomial = 0
  let integral = 0
  for (let m = 1; m <= N; m++) {
    logBinomial += Math.log((N - m + 1) / m)
    const deviation = (v: number): number =>
      (2 * m * Math.exp(logBinomial + m * Math.log(v) + (N - m + 1) * Math.log1p(-v))) / N
    const [from, to] = [(m - 1) / N, m / N]
    // The tail x^(-3/2) = v = w^3 has dx = 2 w^(-3) dw: nothing is singular in w.
    integral +=
      law === 'uniform'
        ? gaussSum(deviation, from, to, 8)
        : gaussSum(w => (2 * deviation(w ** 3)) / w ** 3, Math.cbrt(from), Math.cbrt(to), m === 1 ? 40 : 8)
  }
  return integral
}
