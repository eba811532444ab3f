/**
 * Beyond Theorem 4.2: delta >= 1/3, down to no cut-off, for both signs of the force. Does |Psi - Phi| still tend to 0?
 * Derivation: docs/claims.md#beyond-no-cut-off
 * @source beyond Theorem 4.2; compare arXiv 2504.01471
 */

import { exponentOf, measureDeviations, quartiles } from '../../attacks/beyond/beyondFlows.js'
import { requireInteger, requireNumber, requireOneOf } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { clopperPearson } from '../../base/statistics/clopperPearson.js'
import { exact } from '../../base/statistics/estimate.js'
import { strongEncounters } from '../../concentration/closeEncounters.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { exponentOfN, inWords, ofSample } from '../core/derived.js'
import { admissible, measuredValue } from '../core/evidence.js'
import { doubted, refuted, untestable } from '../core/verdicts.js'

export type BeyondNoCutoffSpec = {
  /** Cut-off exponent >= 0, or 'none'. */
  readonly delta: number | 'none'
  readonly sigma: 1 | -1
  /** Exponent of the singularity; 2 by hypothesis. */
  readonly alpha: number
  /** N = least, 2 least, ..., most. */
  readonly least: number
  readonly most: number
  readonly replicates: number
  readonly T: number
}

const SYMBOLS = { delta: '\\delta' }
const bound: Formula = formula('N^(-max(0, min(1 / 2, max(1 - 2 delta, (1 - delta) / 2))))', SYMBOLS)
const exponent: Formula = formula('max(0, min(1 / 2, max(1 - 2 delta, (1 - delta) / 2)))', SYMBOLS)
const theorem: Formula = formula('delta', SYMBOLS)

/** Threshold at which frequencies are compared with 1 - e^-Lambda: above the bulk of the deviations from N = 32 on. */
const KICK = 0.4

/** Beyond Theorem 4.2: smaller cut-offs, and none. */
export const beyondNoCutoff: Claim<BeyondNoCutoffSpec> = declareClaim({
  id: 'beyond-no-cutoff',
  order: 380,
  label: 'Beyond: no cut-off',
  title: 'Does the deviation still tend to 0 for smaller cut-offs, and without?',
  statement:
    'Up to logarithms $\\max_i|\\Psi^2_i-\\Phi^2_i|$ is of order $N^{-e(\\delta)}$ with $e=\\tfrac12$ for $\\delta\\le\\tfrac14$, $1-2\\delta$ for $\\tfrac14\\le\\delta\\le\\tfrac13$, $\\tfrac{1-\\delta}2$ for $\\tfrac13\\le\\delta\\le1$ and $0$ beyond, for $\\sigma=\\pm1$; the median over $i$ is of order $N^{-1/2}$ for all $\\delta$.',
  bound,
  formulas: { exponent, theorem },
  quantities: {
    largest: 'exponent of the largest $|\\Psi^2-\\Phi^2|$',
    typical: 'exponent of the median $|\\Psi^2-\\Phi^2|$',
    position: 'exponent of $|\\Psi^1-\\Phi^1|_\\infty$',
    predicted: 'predicted exponent of the largest',
    frequency: '$P[\\text{largest}>0.4]$ at the largest $N$',
    encounters: '$1-e^{-\\Lambda(0.4)}$, no cut-off',
    share: 'step error / deviation',
    largest_: 'largest, $N=*$',
    median_: 'median, $N=*$',
  },
  hypotheses: [
    { text: '$\\sigma=\\pm1$', test: ({ sigma }) => Math.abs(sigma) === 1 },
    { text: '$\\alpha=2$', test: ({ alpha }) => alpha === 2 },
  ],
  defaults: [
    { delta: 'none', sigma: 1, alpha: 2, least: 16, most: 64, replicates: 24, T: 1 },
    { delta: 'none', sigma: -1, alpha: 2, least: 16, most: 64, replicates: 24, T: 1 },
    { delta: 0.5, sigma: 1, alpha: 2, least: 64, most: 256, replicates: 20, T: 1 },
  ],
  full: [
    ...([1, -1] as const).map(sigma => ({
      ...{ delta: 'none' as const, sigma, alpha: 2, least: 32, most: 256, replicates: 20, T: 1 },
    })),
    { delta: 0.75, sigma: 1, alpha: 2, least: 64, most: 512, replicates: 10, T: 1 },
    { delta: 0.5, sigma: 1, alpha: 2, least: 64, most: 1024, replicates: 10, T: 1 },
    { delta: 0.5, sigma: -1, alpha: 2, least: 64, most: 1024, replicates: 10, T: 1 },
    { delta: 5 / 12, sigma: 1, alpha: 2, least: 64, most: 1024, replicates: 10, T: 1 },
    { delta: 1 / 3, sigma: 1, alpha: 2, least: 64, most: 1024, replicates: 12, T: 1 },
    { delta: 0.25, sigma: 1, alpha: 2, least: 64, most: 1024, replicates: 12, T: 1 },
  ],
  controls: [
    {
      text: '$\\alpha=1$: a singularity so weak that encounters of two particles don’t count',
      spec: { delta: 'none', sigma: 1, alpha: 1, least: 16, most: 64, replicates: 24, T: 1 },
      expect: { quantity: 'frequency', below: 'encounters' },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#beyond-no-cut-off',
  reference: 'beyond Theorem 4.2',
  notebook: '12-beyond-the-theorem.ipynb#no-cutoff',
  figure: 'beyond-no-cutoff',
  test: 'beyond',
})

async function measure(spec: BeyondNoCutoffSpec, { seed, signal }: MeasureContext) {
  const sigma = requireOneOf('sigma', spec.sigma, [1, -1])
  const delta =
    spec.delta === 'none' ? Number.POSITIVE_INFINITY : requireNumber('delta', spec.delta, 0, 2, "in [0, 2] or 'none'")
  const alpha = requireNumber('alpha', spec.alpha, 0.1, 2)
  const least = requireInteger('least', spec.least, 2, 1e5)
  const most = requireInteger('most', spec.most, 2 * least, 1e5)
  const replicates = requireInteger('replicates', spec.replicates, 3, 1e4)
  const T = requireNumber('T', spec.T, 1e-3, 10)
  const found = await measureDeviations({ least, most, replicates, delta, sigma, alpha, T }, seed, signal)
  const last = found.largest.at(-1)!
  const above = last.reduce((count, kick) => count + (kick > KICK ? 1 : 0), 0)
  const perN = Object.fromEntries(
    found.N.flatMap((N, k) => [
      [`largest_${N}`, { ...quartiles(found.largest[k]!), seed }],
      [`median_${N}`, { ...quartiles(found.typical[k]!), seed }],
    ]),
  )
  return {
    constants: [],
    measured: {
      largest: exponentOf(found, found.largest, `${seed}/largest`),
      typical: exponentOf(found, found.typical, `${seed}/typical`),
      position: exponentOf(found, found.position, `${seed}/position`),
      predicted: exact(Number.isFinite(delta) ? -exponentOfN(bound, { delta }) : 0, 'derivation', 0),
      frequency: { ...clopperPearson(above, replicates, 0.99), seed },
      encounters: encounterProbability(KICK, T),
      share: ofSample(found.stepShare, 0, 'a second run with twice the step', seed),
      ...perN,
    },
  }
}

/** 1 - e^-Lambda(kick). */
function encounterProbability(kick: number, T: number): ReturnType<typeof exact> {
  const { value } = strongEncounters({ kick, T })
  return exact(-Math.expm1(-value), 'Poisson limit of Rutherford encounters, free streaming', 1e-8)
}

function judge(records: readonly ClaimRecord<BeyondNoCutoffSpec>[]): Verdict {
  const inside = admissible(records)
  const bare = inside.filter(({ spec }) => spec.delta === 'none')
  if (bare.length === 0) return untestable('No record is without cut-off.')
  // Against the statement: a largest deviation that falls at least like N^-1/3, or frequencies that exclude the
  // prediction.
  const falls = bare.find(({ measured }) => measured.largest!.low >= 1 / 3)
  const off = bare.find(({ measured }) => {
    const { low, high } = measured.frequency!
    const { value } = measured.encounters!
    return value < low || value > high
  })
  const stays = inside.find(({ measured }) => measured.typical!.high <= 0.25)
  const broken = falls ?? off ?? stays
  if (broken !== undefined) return refuted('The measured exponents or frequencies exclude the statement.', broken.spec)
  const list = inside.map(({ spec, measured }) => {
    const e = (name: string): string => inWords(measured[name]!.value, 2)
    const cutoff = spec.delta === 'none' ? 'no cut-off' : `$\\delta=${spec.delta}$`
    return `${cutoff}, $\\sigma=${spec.sigma}$: ${e('largest')} and ${e('typical')}`
  })
  const first = bare[0]!
  return doubted(
    `Without cut-off the largest deviation does not tend to 0 and the typical one does: strong encounters of two particles happen with a probability that does not depend on $N$ (${inWords(measuredValue(first, 'frequency'), 2)} measured, ${inWords(measuredValue(first, 'encounters'), 2)} derived for a momentum change above ${KICK}). For $\\delta>\\tfrac13$ slow pairs are expected to exceed $N^{-\\delta}$, so that (30) is lost there though $|\\Psi-\\Phi|_\\infty\\to0$ up to $\\delta<1$. Measured exponents of largest and median deviation: ${list.join('; ')}.`,
    'Without cut-off the typical deviation tends to 0 and the largest does not: strong encounters of two particles do not get rarer.',
  )
}
