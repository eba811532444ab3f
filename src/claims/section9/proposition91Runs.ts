/**
 * (80)-(84) along runs: the characteristics of the mean field with and without cut-off, from the same points. The chain
 * holds with room to spare; for smooth data the distance is of order N^(-2 delta), not N^-delta.
 * Derivation: docs/claims.md#80-to-84-along-runs
 * @source (80)-(84)
 */

import { cutoffRuns, POINTS, type Proposition91RunsSpec, STEPS, T } from '../../attacks/section9/cutoffRuns.js'
import { type Formula, formula } from '../../base/formula.js'
import { estimated } from '../../base/statistics/estimate.js'
import { logLogSlope } from '../../base/statistics/statistics.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, ofSample } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'

const bound: Formula = formula('N^(-delta) * exp(2 * t * C0 * sqrt(log(N)))', { delta: '\\delta', C0: 'C_0' })

/** Proposition 9.1, (80)-(84), along characteristics. */
export const proposition91Runs: Claim<Proposition91RunsSpec> = declareClaim({
  id: '81',
  order: 300,
  place: { stepOf: '9.1' },
  label: '(80)-(84) along runs',
  title: 'Characteristics with and without cut-off, side by side',
  statement:
    '$|P^N-P|$ grows by the Lipschitz term (82), the difference of the densities (83) and the cut-off (84); hence $W_p(f^N_t,f_t)\\le N^{-\\delta}e^{2tC_0\\sqrt{\\log N}}$.',
  bound,
  formulas: {},
  quantities: {
    chain: '(81)-(83): $DP$ / integral of $\\operatorname{Lip}DQ+g$',
    force: '(84) at $t=0$: $\\|(k^N_\\delta-k)*\\rho\\|_\\infty$ / $(\\tfrac{3\\pi}4\\|\\rho\\|_\\infty N^{-\\delta})$',
    distance: '$\\sup|z^N(T)-z(T)|$, upper bound of $W_\\infty(f^N_T,f_T)$',
    slope: 'exponent of that in $N$',
    excess: '$\\log_{10}$ of (80) over that, $C_0=8\\pi(1+\\|\\rho\\|_\\infty)$',
  },
  hypotheses: [
    { text: '$\\delta>0$', test: ({ delta }) => delta > 0 },
    { text: 'both flows have the same $\\sigma$', test: ({ signs }) => signs === 'same' },
  ],
  defaults: [
    { delta: 0.3, sigma: 1, N: 6400, signs: 'same' },
    { delta: 0.2, sigma: -1, N: 64_000, signs: 'same' },
  ],
  full: [0.1, 0.2, 0.3].flatMap(delta =>
    ([1, -1] as const).map(sigma => ({ delta, sigma, N: 64_000, signs: 'same' as const })),
  ),
  controls: [
    {
      text: 'flows with forces of opposite sign',
      spec: { delta: 0.3, sigma: 1, N: 6400, signs: 'opposite' },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#80-to-84-along-runs',
  reference: 'Proposition 9.1, (80)-(84)',
  notebook: '10-particle-approximation.ipynb#proposition-91',
  figure: 'mean-field-cutoff',
  test: 'derivedClaims',
})

function measure(spec: Proposition91RunsSpec, { seed }: MeasureContext) {
  const { delta } = spec
  const runs = cutoffRuns(spec, seed)
  const law = gaussianLaw()
  const sizes = runs.map(({ N }) => N)
  const forcing = Math.max(...runs.map(({ g0, N }) => g0 / (0.75 * Math.PI * law.rhoSup * N ** -delta)))
  const chain = Math.max(...runs.map(run => run.chain))
  const slope = logLogSlope(
    sizes,
    runs.map(run => run.distance),
  )
  const last = runs[runs.length - 1]!
  const C0 = 8 * Math.PI * (1 + law.rhoSup)
  const logBound = Math.log(bound.evaluate({ N: last.N, delta, t: T, C0 }))
  // Leapfrog, trapezoidal rule (1/40) and the differences of fieldLipschitz: 1e-3 in all.
  return {
    constants: [],
    measured: {
      overBound: ofSample(Math.max(chain, forcing), 2e-3, `${POINTS} points, 4 N`, seed),
      chain: ofSample(chain, 2e-3, `${POINTS} points, 4 N, ${STEPS} steps`, seed),
      force: estimated(forcing, 1e-4 * forcing, 'radial solver, 400 radii'),
      distance: ofSample(last.distance, 1e-2, `${POINTS} points, N = ${last.N}`, seed),
      slope: { ...estimated(slope.slope, slope.standardError, `N = ${sizes.join(', ')}`), seed },
      excess: ofSample((logBound - Math.log(last.distance)) / Math.LN10, 1e-2, 'closed form over measured', seed),
    },
  }
}

function judge(records: readonly ClaimRecord<Proposition91RunsSpec>[]): Verdict {
  return derivedVerdict(records, inside => {
    const list = (name: string, digits: number): string =>
      inside.map(record => inWords(measuredValue(record, name), digits)).join(', ')
    return {
      status: 'holds',
      basis: 'derivation',
      gist: 'Every step of the chain holds along characteristics from normal data.',
      reason: `The chain holds along characteristics from normal data, used to ${list('chain', 3)}; (84), with the sharp $\\tfrac{3\\pi}4$, to ${list('force', 2)}. $W_\\infty(f^N_1,f_1)$ is at most ${list('distance', 3)} at the largest $N$ and falls like $N$ to the power ${list('slope', 3)} for $\\delta=${inside.map(record => record.spec.delta).join(', ')}$: $-2\\delta$. (80) is above it by ${list('excess', 3)} powers of ten.`,
    }
  })
}
