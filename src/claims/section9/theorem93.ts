/**
 * Theorem 9.3 (Fournier and Guillin): concentration of the empirical measure in W_p. Literature: quoted with its
 * hypotheses as predicates, and compared with samples where n = 1 makes W_1 exact.
 * Derivation: docs/claims.md#theorem-93
 * @source Theorem 9.3, (87); Fournier and Guillin 2015, doi:10.1007/s00440-014-0583-7, Theorem 2; Massart 1990,
 * doi:10.1214/aop/1176990746
 */
import { REPLICAS, sampledDistances } from '../../attacks/section9/sampledDistances.js'
import { requireInteger, requireNumber } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { type Estimate, estimated, exact } from '../../base/statistics/estimate.js'
import { meanAndStandardError } from '../../base/statistics/statistics.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { admissible } from '../core/evidence.js'
import { refuted, untestable } from '../core/verdicts.js'

export type Theorem93Spec = {
  /** Law on the line: uniform on [0, 1], or Pareto with tail exponent 3/2. */
  readonly law: 'uniform' | 'pareto'
  /** Sample size. */
  readonly N: number
  /** xi = N^-gamma. */
  readonly gamma: number
}

const SYMBOLS = { xi: '\\xi', epsilon: '\\epsilon' }
const bound: Formula = formula('C * N * (N * xi)^(-(k - epsilon) / p) + C * exp(-c * N * xi^2)', SYMBOLS)
const critical: Formula = formula('exp(-c * N * (xi / log(2 + 1 / xi))^2)', SYMBOLS)
const below: Formula = formula('exp(-c * N * xi^(n / p))', SYMBOLS)
const massart: Formula = formula('2 * exp(-2 * N * xi^2)', SYMBOLS)

/** Theorem 9.3: P[W_p^p(mu^N, f) > xi]. */
export const theorem93: Claim<Theorem93Spec> = declareClaim({
  id: '9.3',
  order: 330,
  place: { label: 'Thm 9.3', gist: 'Fournier–Guillin', column: 2, row: 5.4, feeds: ['9.4'] },
  label: 'Theorem 9.3',
  title: 'Concentration of the empirical measure (Fournier and Guillin)',
  statement:
    'If $M_k(f)<\\infty$ for some $k>2p$, then $P_0[W_p^p(\\mu^N,f)>\\xi]\\le CN(N\\xi)^{-(k-\\epsilon)/p}+C\\,1_{\\xi\\le1}a(N,\\xi)$ with $a=e^{-cN\\xi^2}$ for $p>n/2$, $e^{-cN(\\xi/\\ln(2+1/\\xi))^2}$ for $p=n/2$ and $e^{-cN\\xi^{n/p}}$ for $p<n/2$.',
  bound,
  formulas: { critical, below, massart },
  quantities: {
    frequency: '$P[W_1>N^{-\\gamma}]$',
    massart: '$2e^{-2N\\xi^2}$',
    scaledMean: 'mean of $W_1$ times $N^{1/2}$',
  },
  hypotheses: [
    // Moments of the Pareto law with tail x^(-3/2) are finite for k < 3/2, and k > 2 is needed.
    { text: '$M_k(f)<\\infty$ for some $k>2p$', test: ({ law }) => law === 'uniform' },
    { text: 'independent samples', test: () => true },
  ],
  defaults: [
    { law: 'uniform', N: 100, gamma: 0.6 },
    { law: 'uniform', N: 1000, gamma: 0.55 },
    { law: 'pareto', N: 1000, gamma: 0.4 },
  ],
  controls: [
    {
      text: 'too few moments: a Pareto law',
      spec: { law: 'pareto', N: 1000, gamma: 0.4 },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#theorem-93',
  reference: 'Theorem 9.3, (87); doi:10.1007/s00440-014-0583-7',
  notebook: '09-fournier-guillin.ipynb#theorem-93',
  figure: 'sampling-distance',
  test: 'particleApproximation',
})

function measure(spec: Theorem93Spec, { seed }: MeasureContext) {
  const N = requireInteger('N', spec.N, 2, 1e5)
  const gamma = requireNumber('gamma', spec.gamma, 0, 1)
  const xi = N ** -gamma
  const distances = sampledDistances(spec.law, N, seed)
  const above = distances.filter(W => W > xi).length
  const { mean, standardError } = meanAndStandardError(distances)
  // Hoeffding: a frequency of n trials is within sqrt(ln(2/0.01)/(2 n)) of its probability with confidence 99 %.
  const half = Math.sqrt(Math.log(200) / (2 * REPLICAS))
  const frequency = above / REPLICAS
  // For n = p = 1 and bounded laws, all moments: C = c = 2 by Massart, and the first term is none.
  const printed = bound.evaluate({ C: 2, c: 2, N, xi, k: Number.POSITIVE_INFINITY, epsilon: 0, p: 1 })
  const scaled = (factor: number): Estimate => ({
    value: frequency * factor,
    low: Math.max(0, frequency - half) * factor,
    high: Math.min(1, frequency + half) * factor,
    kind: 'confidence',
    level: 0.99,
    method: `${REPLICAS} samples, Hoeffding's interval`,
    seed,
  })
  return {
    constants: [],
    measured: {
      frequency: scaled(1),
      overBound: scaled(1 / printed),
      massart: exact(printed, 'closed form', 1e-13),
      scaledMean: {
        ...estimated(
          mean * Math.sqrt(N),
          3 * standardError * Math.sqrt(N),
          `${REPLICAS} samples, three standard errors`,
        ),
        kind: 'confidence' as const,
        level: 0.997,
        seed,
      },
    },
  }
}

function judge(records: readonly ClaimRecord<Theorem93Spec>[]): Verdict {
  const inside = admissible(records)
  if (inside.length === 0) return untestable()
  const broken = inside.find(({ measured }) => !(measured.overBound!.low <= 1))
  if (broken) return refuted(`For $n=p=1$ the frequency at $N=${broken.spec.N}$ exceeds $2e^{-2N\\xi^2}$.`, broken.spec)
  return {
    status: 'not contradicted at these N',
    basis: 'literature',
    reason:
      'Quoted from Fournier and Guillin, with $\\frac1N$ in $\\mu^N$, $0<\\epsilon<k$ and constants that depend on $p$ and $n$ too. For $n=p=1$ and the uniform law the form follows from Massart’s inequality, and samples respect it; a Pareto law without the moment violates it.',
  }
}
