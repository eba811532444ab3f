/**
 * Beyond Theorem 10.1: weaker singularities with cut-offs at and beyond (92) and (94), and without.
 * Derivation: docs/claims.md#beyond-weaker-singularities
 * @source beyond Theorem 10.1, (92), (94)
 */

import { exponentOf, measureDeviations, quartiles } from '../../attacks/beyond/beyondFlows.js'
import { requireInteger, requireNumber } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { findRoot } from '../../base/numerics/roots.js'
import { exact } from '../../base/statistics/estimate.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { inWords, searchedConstant } from '../core/derived.js'
import { admissible, measuredValue, unsupported } from '../core/evidence.js'
import { doubted, refuted } from '../core/verdicts.js'
import { comparison92 } from '../section10/comparison92.js'

export type BeyondAlphaSpec = {
  /** Exponent of the singularity, below 2 by hypothesis. */
  readonly alpha: number
  /** Cut-off exponent in [0, 1], or 'none'. */
  readonly delta: number | 'none'
  readonly least: number
  readonly most: number
  readonly replicates: number
}

const SYMBOLS = { alpha: '\\alpha', delta: '\\delta' }
/** Without cut-off delta = 1 gives the same. */
const bound: Formula = formula('min(1 / 2, 1 / 2 - (alpha - 3 / 2) * delta)', SYMBOLS)
const keeps: Formula = formula('1 / max(2, 2 alpha - 1)', SYMBOLS)

/** 0 < alpha < 2 beyond (92) and (94). */
export const beyondAlpha: Claim<BeyondAlphaSpec> = declareClaim({
  id: 'beyond-alpha',
  order: 400,
  label: 'Beyond: weaker singularities',
  title: 'Does the deviation tend to 0 beyond (92) and (94)?',
  statement:
    'For $0<\\alpha<2$ the median of $|\\Psi^2_i-\\Phi^2_i|$ is of order $N^{-1/2}$ for every cut-off and without; the largest is of order $N^{-e}$ up to logarithms, $e=\\min\\{\\tfrac12,\\tfrac12-(\\alpha-\\tfrac32)\\delta\\}$ for $\\delta\\le1$, and $e=\\min\\{\\tfrac12,2-\\alpha\\}$ without cut-off.',
  bound,
  formulas: { keeps },
  quantities: {
    largest: 'exponent of the largest $|\\Psi^2-\\Phi^2|$',
    typical: 'exponent of the median $|\\Psi^2-\\Phi^2|$',
    predicted: 'predicted exponent of the largest',
    last: 'largest $|\\Psi^2-\\Phi^2|$ at the largest $N$, median of replicates',
    bound92: '(92)',
    bound94: '(94)',
    limit: 'largest $\\delta$ with $|\\Psi-\\Phi|_\\infty<N^{-\\delta}$',
  },
  hypotheses: [{ text: '$\\alpha<2$', test: ({ alpha }) => alpha < 2 }],
  defaults: [
    { alpha: 1, delta: 'none', least: 16, most: 64, replicates: 20 },
    { alpha: 1.8, delta: 0.36, least: 32, most: 128, replicates: 20 },
  ],
  full: [0.5, 1, 1.4, 1.8].flatMap(alpha => [
    { alpha, delta: round(1 / (1 + alpha)), least: 32, most: 256, replicates: 8 },
    // At 7/5 (92) and (94) agree.
    ...(alpha > 1 && alpha !== 1.4
      ? [{ alpha, delta: round(Math.min(1 / (alpha - 1), 5 / alpha) / 6), least: 32, most: 256, replicates: 8 }]
      : []),
    { alpha, delta: 'none' as const, least: 32, most: 256, replicates: 8 },
  ]),
  controls: [
    {
      text: '$\\alpha=2$ without cut-off, where encounters of two particles decide',
      spec: { alpha: 2, delta: 'none', least: 16, most: 64, replicates: 20 },
      expect: { quantity: 'last', above: 0.2 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#beyond-weaker-singularities',
  reference: 'beyond Theorem 10.1, (92), (94)',
  notebook: '11-weaker-singularities.ipynb#comparison',
  figure: 'beyond-alpha',
  test: 'beyond',
})

/** Three digits, for specs that a reader can type. */
function round(delta: number): number {
  return Math.round(1000 * delta) / 1000
}

async function measure(spec: BeyondAlphaSpec, { seed, signal }: MeasureContext) {
  const alpha = requireNumber('alpha', spec.alpha, 0.1, 2)
  const delta =
    spec.delta === 'none' ? Number.POSITIVE_INFINITY : requireNumber('delta', spec.delta, 0, 1, "in [0, 1] or 'none'")
  const least = requireInteger('least', spec.least, 2, 1e5)
  const most = requireInteger('most', spec.most, 2 * least, 1e5)
  const replicates = requireInteger('replicates', spec.replicates, 3, 1e4)
  const found = await measureDeviations({ least, most, replicates, delta, sigma: 1, alpha, T: 1 }, seed, signal)
  const exponent = bound.evaluate({ alpha, delta: Math.min(1, delta) })
  return {
    constants: [
      searchedConstant({
        name: 'limit',
        printed: comparison92.bound.evaluate({ alpha }),
        sharp: keeps.evaluate({ alpha }),
        sharpTex: keeps.tex,
        method: 'closed form, from the heuristic exponent',
        found: findRoot(x => bound.evaluate({ alpha, delta: x }) - x, 0, 1),
        evidence: 'algebra',
        extremal: { alpha },
        seed,
      }),
    ],
    measured: {
      largest: exponentOf(found, found.largest, `${seed}/largest`),
      typical: exponentOf(found, found.typical, `${seed}/typical`),
      predicted: exact(exponent, 'derivation', 0),
      last: { ...quartiles(found.largest.at(-1)!), seed },
      bound92: exact(comparison92.bound.evaluate({ alpha }), 'closed form'),
      bound94: exact(alpha > 1 ? Math.min(1 / (alpha - 1), 5 / alpha) / 6 : 5 / (6 * alpha), 'closed form'),
    },
  }
}

function judge(records: readonly ClaimRecord<BeyondAlphaSpec>[]): Verdict {
  const doubt = unsupported(records)
  if (doubt) return doubt
  const inside = admissible(records)
  // Against the statement: a deviation, typical or largest, that does not fall.
  const broken = inside.find(({ measured }) => measured.typical!.high <= 0.25 || measured.largest!.high <= 0)
  if (broken !== undefined) return refuted('A measured deviation does not fall as stated.', broken.spec)
  const list = inside.map(record => {
    const { alpha, delta } = record.spec
    const e = (name: string): string => inWords(measuredValue(record, name), 2)
    return `$\\alpha=${alpha}$, ${delta === 'none' ? 'no cut-off' : `$\\delta=${delta}$`}: ${e('largest')} (predicted ${e('predicted')}) and ${e('typical')}`
  })
  return doubted(
    `For $\\alpha<2$ the deviation falls for every cut-off and without: (92) and (94) are limits of proofs, not of the flow. $|\\Psi-\\Phi|_\\infty<N^{-\\delta}$ is expected for $\\delta<\\min\\{\\tfrac12,\\tfrac1{2\\alpha-1}\\}$. Measured exponents of largest and median deviation: ${list.join('; ')}.`,
  )
}
