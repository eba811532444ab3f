/**
 * Definition 7.1: the good sets A_t, B_t, C_t. Their thresholds against the fluctuations that they are to bound.
 * Derivation: docs/claims.md#definition-71
 * @source Definition 7.1
 */

import { sizesOf } from '../../attacks/section4/chaosSamples.js'
import {
  type ParticleModel,
  requireSampled,
  type SampledLawName,
  sampledFluctuations,
  sourceOf,
} from '../../attacks/section7/sampledFluctuations.js'
import { requireInteger, requireOneOf } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { bootstrapSlope } from '../../base/statistics/bootstrapSlope.js'
import { type Estimate, exact, inUnitsOf, overEstimate } from '../../base/statistics/estimate.js'
import { logLogSlope } from '../../base/statistics/statistics.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { exampleText } from '../core/counterExampleText.js'
import { declareClaim } from '../core/declareClaim.js'
import { inWords } from '../core/derived.js'
import { admissible, agree, estimateOf } from '../core/evidence.js'
import { doubted, untestable } from '../core/verdicts.js'

export type Definition71Spec = {
  /** 'B': forces; 'C': the majorant of (47) as printed. */
  readonly set: 'B' | 'C'
  /** Cut-off exponent, >= 0. */
  readonly delta: number
  readonly law: SampledLawName
  readonly particles: ParticleModel
  /** N runs from here in factors of 4. */
  readonly smallest: number
  /** Up to here. */
  readonly largest: number
}

const SYMBOLS = { delta: '\\delta', lambda: '\\lambda', beta: '\\beta' }
const bound: Formula = formula('N^(-1 + 2 delta)', SYMBOLS)
const fluctuation: Formula = formula('N^(-(1 - delta) / 2)', SYMBOLS)
const fluctuationOfL: Formula = formula('N^(-(1 - 3 delta) / 2)', SYMBOLS)
const emptyUpTo: Formula = formula('(lambda * T / (beta - delta))^2', SYMBOLS)

/** Definition 7.1: are the thresholds above the fluctuations? */
export const definition71: Claim<Definition71Spec> = declareClaim({
  id: '7.1',
  order: 180,
  place: { partOf: '7.3.B' },
  label: 'Definition 7.1',
  title: 'Thresholds of the good sets against the fluctuations',
  statement:
    'For $\\delta<\\tfrac13$: $\\mathcal A_t=\\{|J_t|<1\\}$, $\\mathcal B_t=\\{|K^N_\\delta(\\Phi_{t,0})-\\bar K|_\\infty<N^{-1+2\\delta}\\}$, $\\mathcal C_t=\\{|L^N_\\delta(\\Phi_{t,0})-\\bar L|_\\infty<1\\}$; for them to be typical, each threshold must exceed the standard deviation of what it bounds.',
  bound,
  formulas: { fluctuation, fluctuationOfL, emptyUpTo },
  quantities: {
    rms_: 'rms fluctuation at $N=*$, measured',
    exact_: 'rms fluctuation at $N=*$, exact',
    ratio_: 'threshold / exact rms at $N=*$',
    slope: 'exponent of the rms fluctuation in $N$, measured',
    exactSlope: 'exponent of the rms fluctuation in $N$, exact on the same $N$',
    limit: 'exponent of the rms fluctuation in $N$, limit',
    empty: '$\\log_{10}N$ up to which $\\mathcal A_t$ is empty, $\\lambda T=1$, as printed',
    emptyRepaired:
      '$\\log_{10}N$ up to which $\\mathcal A_t$ is empty, $\\lambda T=1$, with the smallest possible additive term',
  },
  hypotheses: [
    { text: '$0<\\delta<\\tfrac13$', test: ({ delta }) => delta > 0 && delta < 1 / 3 },
    { text: 'the particles are independent', test: ({ particles }) => particles === 'independent' },
    { text: '$\\|\\rho\\|_\\infty$ is bounded in $N$', test: ({ law }) => law !== 'collapsing-ball' },
  ],
  defaults: [
    ...([0.1, 0.2, 0.3] as const).map(delta => given('B', delta)),
    { ...given('B', 0.25), law: 'gaussian' },
    ...([0.2, 0.3] as const).map(delta => given('C', delta)),
    { ...given('B', 0.3), particles: 'copies' },
  ],
  controls: [
    {
      text: 'dependent particles: each is there ten times',
      spec: { set: 'B', delta: 0.3, law: 'uniform-ball', particles: 'copies', smallest: 32, largest: 2048 },
      expect: { quantity: 'rms_2048', above: 'exact_2048' },
    },
  ],
  measure,
  judge,
  counterExampleText: exampleText(
    ['N', 'delta', 'thresholdOverStandardDeviation'],
    ({ N, delta, thresholdOverStandardDeviation }, { law }) =>
      `$N=${N}$, $\\delta=${delta}$, ${law} law: $N^{-1+2\\delta}$ is ${inWords(thresholdOverStandardDeviation)} times the standard deviation of what it bounds.`,
  ),
  derivation: 'docs/claims.md#definition-71',
  certificates: ['definition-7-1-threshold', 'definition-7-1-moment', 'definition-7-1-moment-value'],
  reference: 'Definition 7.1',
  notebook: '07-law-of-large-numbers.ipynb#definition-71',
  figure: 'law-of-large-numbers',
  test: 'lawOfLargeNumbers',
})

function given(set: 'B' | 'C', delta: number): Definition71Spec {
  return { set, delta, law: 'uniform-ball', particles: 'independent', smallest: 32, largest: 2048 }
}

/** The N of a spec. */
function particleNumbers({ smallest, largest }: Pick<Definition71Spec, 'smallest' | 'largest'>): number[] {
  requireInteger('smallest', smallest, 2)
  requireInteger('largest', largest, 4 * smallest)
  return sizesOf({ smallest, largest })
}

function measure(spec: Definition71Spec, { seed, stream }: MeasureContext) {
  const { delta } = spec
  const set = requireOneOf('set', spec.set, ['B', 'C'])
  const numbers = particleNumbers(spec)
  for (const N of numbers) requireSampled({ ...spec, N })
  const measured: Record<string, Estimate> = {}
  const squares: Float64Array[] = []
  const exactRms: number[] = []
  for (const N of numbers) {
    const replicates = Math.max(20, Math.min(100, Math.floor(1e8 / (N * N))))
    const found = sampledFluctuations({ ...spec, N }, sourceOf(set, N, delta), replicates, seed)
    const threshold = set === 'B' ? bound.evaluate({ N, delta }) : 1
    squares.push(found.meanSquare)
    exactRms.push(found.exact.value)
    measured[`rms_${N}`] = found.rms
    measured[`exact_${N}`] = found.exact
    measured[`ratio_${N}`] = overEstimate(threshold, found.exact)
  }
  const { slope } = bootstrapSlope(numbers, squares, stream(set, delta), {
    resamples: 400,
  })
  const empty = (beta: number): Estimate =>
    exact(emptyUpTo.evaluate({ lambda: 1, T: 1, beta, delta }) / Math.LN10, 'closed form')
  return {
    constants: [],
    measured: {
      ...measured,
      // Of squares, so twice that of the rms.
      slope: inUnitsOf(slope, 2),
      exactSlope: exact(logLogSlope(numbers, exactRms).slope, 'slope of the exact values', 1e-6),
      limit: exact(set === 'B' ? -(1 - delta) / 2 : -(1 - 3 * delta) / 2, 'closed form'),
      ...(delta < 1 / 3 && {
        empty: empty(1 - 2 * delta),
        emptyRepaired: empty((1 - delta) / 2),
      }),
    },
  }
}

/** Whether every measured rms of a record agrees with the exact one. */
function isExact(record: ClaimRecord<Definition71Spec>): boolean {
  return particleNumbers(record.spec).every(N =>
    agree(estimateOf(record, `rms_${N}`), estimateOf(record, `exact_${N}`)),
  )
}

function judge(records: readonly ClaimRecord<Definition71Spec>[]): Verdict {
  const inside = admissible(records)
  const B = inside.filter(({ spec }) => spec.set === 'B')
  if (B.length === 0) return untestable('No record about $\\mathcal B_t$ satisfies the hypotheses.')
  const off = inside.find(record => !isExact(record))
  if (off) {
    return doubted(
      `The measured fluctuations at delta = ${off.spec.delta} (${off.spec.law}, set ${off.spec.set}) are not the exact ones: the derivation is not to be trusted.`,
    )
  }
  if (records.filter(({ spec }) => spec.particles === 'copies').some(isExact))
    return doubted('Copied particles pass for independent ones: the comparison has no power.')
  const ratios = B.map(record => {
    const numbers = particleNumbers(record.spec)
    const at = (N: number): Estimate => estimateOf(record, `ratio_${N}`)
    return { record, N: numbers.at(-1)!, first: at(numbers[0]!), last: at(numbers.at(-1)!) }
  })
  if (!ratios.every(({ first, last }) => last.high < 1 && last.high < first.low)) {
    return doubted(
      'The threshold of $\\mathcal B_t$ is not below the fluctuation, or does not fall against it, at these N.',
    )
  }
  const { record, N, last } = ratios.at(-1)!
  const list = ratios.map(row => `${row.last.value.toPrecision(3)} (delta = ${row.record.spec.delta})`).join(', ')
  const C = inside.filter(({ spec }) => spec.set === 'C')
  const majorant = C.map(row => {
    const numbers = particleNumbers(row.spec)
    const ratio = estimateOf(row, `ratio_${numbers.at(-1)!}`).value.toPrecision(3)
    return `${ratio} (delta = ${row.spec.delta})`
  }).join(', ')
  return {
    status: 'fails as printed',
    basis: 'derivation',
    gist: 'The threshold of $\\mathcal B_t$ falls faster, by $N^{-(1-3\\delta)/2}$, than the standard deviation of what it bounds.',
    reason: `The threshold $N^{-1+2\\delta}$ of $\\mathcal B_t$ is below the standard deviation of what it bounds, which is $N^{-(1-\\delta)/2}$ times a constant, by $N^{-(1-3\\delta)/2}$; measured and exact agree, and at N = ${N} the ratio is ${list}. That of $\\mathcal C_t$ is $N^{(1-3\\delta)/2}$ above in the limit${majorant ? `, but ${majorant} at N = ${particleNumbers(C[0]!.spec).at(-1)!}` : ''}. $\\mathcal A_t$ is empty for $\\log N\\le(\\lambda T/(1-3\\delta))^2$.`,
    repair:
      '$N^{-\\beta}$ in $\\mathcal B_t$ with $\\delta<\\beta<\\tfrac{1-\\delta}2$ (possible iff $\\delta<\\tfrac13$), and $N^{\\delta-\\beta}$ for $N^{3\\delta-1}$ in $J$; then $1-3\\delta$ in (78) becomes $\\beta-\\delta<\\tfrac{1-3\\delta}2$.',
    counterExample: {
      set: 'B',
      N,
      delta: record.spec.delta,
      law: record.spec.law,
      thresholdOverStandardDeviation: last.value,
    },
  }
}
