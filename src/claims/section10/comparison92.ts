/**
 * The comparison of cut-offs after Theorem 10.1: (92), this paper, against (94), Hauray and Jabin 2013. They
 * cross at alpha = 7/5, as printed.
 * Derivation: docs/claims.md#92-and-94
 * @source (92), (94); Hauray and Jabin 2013, arXiv:1107.3821, for (94)
 */
import { requireNumber } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { findRoot } from '../../base/numerics/roots.js'
import { exact } from '../../base/statistics/estimate.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, searchedConstant } from '../core/derived.js'

export type Comparison92Spec = {
  /** Ends of the range of exponents, [1, 2) as printed. */
  readonly from: number
  readonly to: number
}

const SYMBOLS = { alpha: '\\alpha' }
const bound: Formula = formula('1 / (1 + alpha)', SYMBOLS)
const theirs: Formula = formula('min(1 / (alpha - 1), 5 / alpha) / 6', SYMBOLS)

/** (92) against (94). */
export const comparison92: Claim<Comparison92Spec> = declareClaim({
  id: '92',
  order: 370,
  place: { stepOf: '10.1' },
  label: '(92), (94)',
  title: 'Which cut-off may be smaller, here or in Hauray and Jabin',
  statement:
    'For $1\\le\\alpha<2$, $\\tfrac16\\min\\{\\tfrac1{\\alpha-1},\\tfrac5\\alpha\\}$ runs between $\\tfrac56$ and $\\tfrac16$ and $\\tfrac1{1+\\alpha}$ between $\\tfrac12$ and $\\tfrac13$; the first is larger for $\\alpha<\\tfrac75$, the second for $\\tfrac75<\\alpha<2$.',
  bound,
  formulas: { theirs },
  quantities: {
    kink: '$\\alpha$ where the minimum in (94) changes over',
    atCrossing: '(92) and (94) at the crossing',
    crossing: '$\\alpha$ where (92) and (94) agree',
    theirLargest: 'largest $\\delta$ by (94)',
    theirAtTwo: '$\\delta$ by (94) at $\\alpha=2$',
    ourLargest: 'largest $\\delta$ by (92)',
    ourAtTwo: '$\\delta$ by (92) at $\\alpha=2$',
  },
  hypotheses: [{ text: '$1\\le\\alpha<2$', test: ({ from, to }) => from >= 1 && to <= 2 }],
  defaults: [
    { from: 1, to: 2 },
    { from: 1, to: 8 },
  ],
  controls: [
    {
      text: '$\\alpha\\ge2$',
      spec: { from: 1, to: 8 },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#92-and-94',
  certificates: ['crossing-92-94', 'crossing-92-94-value', 'crossing-94'],
  reference: '(92), (94)',
  notebook: '11-weaker-singularities.ipynb#comparison',
  figure: 'cutoff-exponents',
  test: 'particleApproximation',
})

function measure(spec: Comparison92Spec, { seed }: MeasureContext) {
  const from = requireNumber('from', spec.from, 1, 8)
  const to = requireNumber('to', spec.to, from, 8)
  const here = (alpha: number): number => bound.evaluate({ alpha })
  const other = (alpha: number): number => theirs.evaluate({ alpha })
  const crossing = findRoot(alpha => other(alpha) - here(alpha), 1.01, 1.99)
  const kink = findRoot(alpha => 1 / (alpha - 1) - 5 / alpha, 1.01, 1.99)
  // The statement orders the two bounds: the wrong order anywhere counts as a violation.
  let wrong = 0
  for (let i = 0; i < 4000; i++) {
    const alpha = from + ((i + 0.5) / 4000) * (to - from)
    const quotient = alpha < 1.4 ? here(alpha) / other(alpha) : other(alpha) / here(alpha)
    // Beyond 2 the claim is not made; what it would say there is that (92) stays within [1/3, 1/2].
    wrong = Math.max(
      wrong,
      quotient,
      here(alpha) / 0.5,
      1 / 3 / here(alpha),
      other(alpha) / (5 / 6),
      1 / 6 / other(alpha),
    )
  }
  const row = (name: string, value: number, found: number, alpha: number): ReturnType<typeof searchedConstant> =>
    searchedConstant({
      name,
      printed: value,
      sharp: value,
      method: 'closed form',
      found,
      evidence: 'algebra',
      extremal: { alpha },
      seed,
    })
  return {
    constants: [
      row('crossing', 7 / 5, crossing, crossing),
      row('theirLargest', 5 / 6, other(1), 1),
      row('theirAtTwo', 1 / 6, other(2), 2),
      row('ourLargest', 1 / 2, here(1), 1),
      row('ourAtTwo', 1 / 3, here(2), 2),
    ],
    measured: {
      overBound: exact(wrong, 'largest quotient against the printed order and ranges, 4000 exponents', 1e-14),
      kink: exact(kink, 'root', 1e-14),
      atCrossing: exact(here(crossing), 'evaluated', 1e-14),
    },
  }
}

function judge(records: readonly ClaimRecord<Comparison92Spec>[]): Verdict {
  return derivedVerdict(records, () => ({
    status: 'holds',
    basis: 'derivation',
    reason:
      'The bounds cross once, at $\\alpha=\\tfrac75$, where both are $\\tfrac5{12}$; the minimum in (94) changes over at $\\alpha=\\tfrac54$, where it is $\\tfrac23$; the ranges are as printed.',
  }))
}
