/**
 * (85), (86) along runs: how far apart one mean field flow drives two clouds, against the sharp factor and the printed
 * one.
 * Derivation: docs/claims.md#85-and-86-along-runs
 * @source (85), (86)
 */

import { cloudRatios, type Proposition92RunsSpec, T } from '../../attacks/section9/cloudRatios.js'
import { type Formula, formula } from '../../base/formula.js'
import { estimated, exact } from '../../base/statistics/estimate.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, ofSample } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'

const SYMBOLS = { C0: 'C_0', logN: '\\log N', W: 'W_p(0)', K: 'K' }
const bound: Formula = formula('sqrt(logN) * W * exp(t * C0 * sqrt(logN))', SYMBOLS)
const sharp: Formula = formula('W * exp(asinh((sqrt(K) + 1 / sqrt(K)) / 2 * sinh(sqrt(K) * t)))', SYMBOLS)

/** Proposition 9.2, (85), (86), along runs. */
export const proposition92Runs: Claim<Proposition92RunsSpec> = declareClaim({
  id: '86',
  order: 320,
  place: { stepOf: '9.2' },
  label: '(85), (86) along runs',
  title: 'Two clouds in one mean field flow',
  statement:
    '$\\partial^+D_p\\le C_0\\sqrt{\\log N}\\,D_p$ and $W_p(\\mu^N_0[\\Phi_{t,0}(Z)],f^N_t)\\le\\sqrt{\\log N}\\,W_p(\\mu^N_0[Z],f_0)\\,e^{tC_0\\sqrt{\\log N}}$.',
  bound,
  formulas: { sharp },
  quantities: {
    samples: '$W_p(T)/W_p(0)$, independent samples',
    translate: '$W_p(T)/W_p(0)$, a cloud and its translate',
    sharp: 'sharp factor for the Lipschitz constant of the field',
    printed: 'printed factor, $C_0=1$',
    K: 'Lipschitz constant $K$ of the field',
  },
  hypotheses: [
    { text: '$N\\ge3$', test: ({ N }) => N >= 3 },
    { text: 'both measures move with one flow', test: ({ flows }) => flows === 'one' },
  ],
  defaults: [
    { N: 100, delta: 0.3, sigma: 1, p: 1, flows: 'one' },
    { N: 300, delta: 0.3, sigma: -1, p: 2, flows: 'one' },
  ],
  full: [100, 300, 1000].flatMap(N =>
    ([1, -1] as const).flatMap(sigma =>
      ([1, 2] as const).map(p => ({ N, delta: 0.3, sigma, p, flows: 'one' as const })),
    ),
  ),
  controls: [
    {
      text: 'two clouds in two flows',
      spec: { N: 100, delta: 0.3, sigma: 1, p: 1, flows: 'two' },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#85-and-86-along-runs',
  reference: 'Proposition 9.2, (85), (86)',
  notebook: '10-particle-approximation.ipynb#proposition-92',
  figure: 'mean-field-stability',
  test: 'derivedClaims',
})

function measure(spec: Proposition92RunsSpec, { seed }: MeasureContext) {
  const found = cloudRatios(spec, seed, [T])
  const { K } = found
  const [samples, translate] = [found.samples[0]!, found.translate[0]!]
  const best = sharp.evaluate({ W: 1, K, t: T })
  const logN = Math.log(spec.N)
  const printed = bound.evaluate({ W: 1, logN, C0: 1, t: T })
  const over = Math.max(samples, translate) / Math.min(best, printed)
  // Leapfrog with 40 steps, and the Lipschitz constant by differences: 2e-3.
  return {
    constants: [],
    measured: {
      overBound: ofSample(over, 2e-3, 'larger of both pairs / smaller of both factors', seed),
      samples: ofSample(samples, 2e-3, 'exact W_p of one pair of clouds', seed),
      translate: ofSample(translate, 2e-3, 'exact W_p of one pair of clouds', seed),
      sharp: estimated(best, 2e-3 * best, 'closed form, measured K'),
      printed: exact(printed, 'closed form', 1e-12),
      K: estimated(K, 2e-3 * K, '11 times, 400 radii'),
    },
  }
}

function judge(records: readonly ClaimRecord<Proposition92RunsSpec>[]): Verdict {
  return derivedVerdict(records, inside => {
    const list = (name: string): string => inside.map(record => inWords(measuredValue(record, name), 3)).join(', ')
    return {
      status: 'holds',
      basis: 'derivation',
      gist: 'It follows from Proposition 9.2, and two clouds in one flow respect it.',
      reason: `By Proposition 9.2. In one flow to $t=1$ the distance of independent samples is multiplied by ${list('samples')}, that of a cloud and its translate by ${list('translate')} (sharp factor for the measured Lipschitz constant: ${list('sharp')}; printed: ${list('printed')}).`,
    }
  })
}
