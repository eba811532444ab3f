/**
 * Theorem 4.2, (30): molecular chaos. True by the repaired proof, with another N_0; out of reach for a computer; what
 * can be measured is how the deviation shrinks with N, and against which threshold.
 * Derivation: docs/claims.md#theorem-42
 * @source Theorem 4.2, (30)
 */

import { chaosSamples, sizesOf, T, type Theorem42Spec } from '../../attacks/section4/chaosSamples.js'
import { chaosTail } from '../../attacks/section4/chaosTail.js'
import { chaosConstant, PRINTED_C } from '../../attacks/section8/chaosThreshold.js'
import { type Formula, formula } from '../../base/formula.js'
import { randomStream } from '../../base/random.js'
import { bootstrapSlope } from '../../base/statistics/bootstrapSlope.js'
import { clopperPearson } from '../../base/statistics/clopperPearson.js'
import { type Estimate, exact } from '../../base/statistics/estimate.js'
import { medianEstimate } from '../../base/statistics/medianEstimate.js'
import { logLogSlope } from '../../base/statistics/statistics.js'
import { secondMoments } from '../../concentration/secondMoments.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import {
  type Claim,
  type ClaimRecord,
  type MeasureContext,
  type Measurement,
  type ShownBound,
  shownOnly,
  type Verdict,
} from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { inTex, inWords } from '../core/derived.js'
import { measuredValue, unsupported } from '../core/evidence.js'
import { doubted, untestable } from '../core/verdicts.js'

const SYMBOLS = { C0: 'C_0', delta: '\\delta', epsilon: '\\epsilon' }
const bound: ShownBound = shownOnly(
  formula('T * C * N^(-beta)', { beta: '\\beta', C: 'C_\\beta' }),
  'C_beta is free, and the N within reach are far below N_0',
)
const printed: Formula = formula('((C0 * T + 1) / (1 - 3 * delta))^2', SYMBOLS)
const repaired: Formula = formula('((C0 * T + 1) / ((1 - 3 * delta) / 2 - epsilon))^2', SYMBOLS)

/** No average over time of independent passages is better. */
const BEST = -0.5

/** Theorem 4.2: P_0[exists t: |Psi - Phi|_inf >= N^-delta] <= T C_beta N^-beta. */
export const theorem42: Claim<Theorem42Spec> = declareClaim({
  id: '4.2',
  order: 100,
  place: { label: 'Theorem 4.2', gist: 'molecular chaos', column: 4, row: 0.9, feeds: ['4.3', '4.4'], theorem: true },
  label: 'Theorem 4.2',
  title: 'Molecular chaos: the particles stay near independent ones',
  statement:
    'For $0<\\delta<\\tfrac13$ there is $C_0$ such that for every $\\beta>0$ there is $C_\\beta$ with $P_0[\\exists t\\in[0,T]:|\\Psi_{t,0}(Z)-\\Phi_{t,0}(Z)|_\\infty\\ge N^{-\\delta}]\\le TC_\\beta N^{-\\beta}$ for $N\\ge N_0=\\exp\\bigl(\\tfrac{C_0T+1}{1-3\\delta}\\bigr)^2$.',
  bound,
  formulas: { printed, repaired },
  quantities: {
    event_: '$P_0[\\sup|\\Psi-\\Phi|_\\infty\\ge N^{-\\delta}]$ at $N=*$',
    tail_: '$P_0[\\sup|\\Psi-\\Phi|_\\infty\\ge N^{-\\delta}]$ at $N=*$, by rare-event sampling',
    decay_: '$-d\\log P_0/d\\log N$ up to $N=*$',
    ratio_: 'median of $\\sup|\\Psi-\\Phi|_\\infty/N^{-\\delta}$ at $N=*$',
    slope: 'exponent of $\\sup|\\Psi-\\Phi|_\\infty$ in $N$',
    limit: '$-\\tfrac{1-\\delta}2$, exponent of the fluctuation',
    threshold: '$-\\delta$, exponent of the threshold',
    predicted: 'exponent of the exact rms of (73) times $\\sqrt{\\log N}$ at $t=0$',
    detects: 'smallest $\\epsilon$ for which deviations times $N^\\epsilon$ would be refused',
    N0: '$\\log_{10}N_0$, $C_0=2C_lC_\\rho$ with $c=54$ as printed',
    repaired: '$\\log_{10}N_0$ repaired, $\\epsilon\\to0$, $c=83.65$',
  },
  hypotheses: [
    { text: '$0<\\delta<\\tfrac13$', test: ({ delta }) => delta > 0 && delta < 1 / 3 },
    { text: '$f_0\\in L^\\infty$, moments and (20)', test: () => Number.isFinite(gaussianLaw().momentumMoment(7)) },
  ],
  defaults: [
    { delta: 0.2, sigma: 1, smallest: 64, largest: 1024, replicates: 24 },
    { delta: 0.3, sigma: -1, smallest: 64, largest: 1024, replicates: 24, tailStates: 200 },
  ],
  full: [0.1, 0.2, 0.3].flatMap(delta =>
    ([1, -1] as const).map(sigma => ({
      delta,
      sigma,
      smallest: 64,
      largest: 16_384,
      replicates: 60,
      tailStates: 1000,
    })),
  ),
  controls: [
    {
      text: '$\\delta\\ge\\tfrac13$: the deviation is above the threshold, and further above it for larger $N$',
      spec: { delta: 0.7, sigma: 1, smallest: 64, largest: 256, replicates: 24 },
      expect: { quantity: 'event_256', above: 0.5 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#theorem-42',
  reference: 'Theorem 4.2, (30)',
  notebook: '08-molecular-chaos.ipynb#theorem-42',
  figure: 'chaos-probability',
  test: 'flowClaims',
})

async function measure(spec: Theorem42Spec, { seed, signal }: MeasureContext) {
  const found = measurementOf42(spec, await chaosSamples(spec, seed, signal), seed)
  if (spec.tailStates === undefined) return found
  const { points, exponents } = await chaosTail(spec, spec.tailStates, seed, signal)
  const named = (stem: string, N: number, estimate: Estimate | undefined): [string, Estimate][] =>
    estimate === undefined ? [] : [[`${stem}_${N}`, { ...estimate, seed }]]
  const tail = points.flatMap(({ N, estimate }) => named('tail', N, estimate))
  const decay = exponents.flatMap(({ to, exponent }) => named('decay', to, exponent))
  return { ...found, measured: { ...found.measured, ...Object.fromEntries([...tail, ...decay]) } }
}

/**
 * What is measured of given deviations: what {@link theorem42} judges.
 * @param samples for each N of {@link sizesOf} the sup |Psi - Phi|_inf of every replicate
 * @param seed of the replicates, and of the resampling
 * @throws RangeError for fewer samples than N, or replicates
 * @example measurementOf42(spec, samples, '1').measured.slope
 */
export function measurementOf42(spec: Theorem42Spec, samples: readonly Float64Array[], seed: string): Measurement {
  const { delta, sigma, replicates } = spec
  const sizes = sizesOf(spec)
  const stream = randomStream(`${seed}/claim-4.2/bootstrap/${delta}`)
  const { slope } = bootstrapSlope(sizes, samples, stream, { statistic: 'median', level: 0.95 })
  const events = sizes.map((N, i): [string, Estimate] => {
    const outside = samples[i]!.filter(value => value >= N ** -delta).length
    return [`event_${N}`, { ...clopperPearson(outside, replicates), seed }]
  })
  const ratios = sizes.map((N, i): [string, Estimate] => [
    `ratio_${N}`,
    medianEstimate(
      samples[i]!.map(value => value * N ** delta),
      seed,
    ),
  ])
  const scale = sizes.map(N => {
    const { value } = secondMoments(gaussianLaw(), cutoffKernel({ N, delta, sigma })).deviation(N)
    return Math.sqrt(value * Math.log(N))
  })
  const predicted = logLogSlope(sizes, scale).slope
  const inside = delta < 1 / 3
  const m = gaussianLaw().rhoSup
  const log10 = (threshold: number): Estimate => exact(threshold / Math.LN10, 'closed form', 1e-12)
  return {
    constants: [],
    measured: {
      ...Object.fromEntries(events),
      ...Object.fromEntries(ratios),
      slope: { ...slope, seed },
      limit: exact(-(1 - delta) / 2, 'central limit theorem'),
      threshold: exact(-delta, 'closed form'),
      predicted: exact(predicted, `slope of exact values at N = ${sizes.join(', ')}`, 1e-6),
      detects: {
        ...exact(Math.max(0, Math.min(predicted, -delta) - slope.low), 'lower limit less low end of the interval', 0),
        kind: 'estimated',
        seed,
      },
      ...(inside && {
        N0: log10(printed.evaluate({ C0: chaosConstant(delta, m, PRINTED_C), T, delta })),
        repaired: log10(repaired.evaluate({ C0: chaosConstant(delta, m), T, delta, epsilon: 0 })),
      }),
    },
  }
}

function judge(records: readonly ClaimRecord<Theorem42Spec>[]): Verdict {
  const broken = unsupported(records)
  if (broken !== undefined) return broken
  const inside = records.filter(record => record.hypotheses.every(({ satisfied }) => satisfied))
  // What could speak against it so far below N_0: a deviation that does not shrink as the fluctuation that drives it.
  const refused = inside.flatMap(refusal)
  if (refused[0] !== undefined) return untestable(refused[0])
  const torn = inside.flatMap(disagreement)
  if (torn[0] !== undefined) return doubted(torn[0])
  const rows = inside.map(record => {
    const { delta, sigma, replicates } = record.spec
    const { value, low, high } = record.measured.slope!
    const of = (name: string): string => inWords(measuredValue(record, name), 3)
    const below = high < -delta ? 'below' : 'not separated from'
    const sizes = sizesOf(record.spec)
    const seen = sizes.map(N => inWords(record.measured[`event_${N}`]!.high, 2)).join(', ')
    const tail = sampled(record, 'tail').map(([N, { value: P }]) => `${inTex(P, 2)}$ at $N=${N}`)
    const decay = sampled(record, 'decay').map(([, exponent]) => inWords(exponent.value, 2))
    const rare =
      tail.length === 0
        ? ''
        : `; by rare-event sampling $P_0=${tail.join('$, $')}$, local exponents ${decay.join(', ')}`
    return `$\\delta=${delta}$, $\\sigma=${sigma}$: exponent ${inWords(value, 3)} [${inWords(low, 3)}, ${inWords(high, 3)}] ${below} $-\\delta$, where the exact rms of (73) times $\\sqrt{\\log N}$ has ${of('predicted')} (limit $-\\tfrac{1-\\delta}2=${inWords(-(1 - delta) / 2, 3)}$) and deviations $N^{${of('detects')}}$ times as large would be noticed, $P_0$ at most ${seen} at $N=${sizes.join(', ')}$ (95 %, ${replicates} runs), $\\log_{10}N_0=${inWords(measuredValue(record, 'N0'), 4)}$ as printed and ${inWords(measuredValue(record, 'repaired'), 4)} repaired${rare}`
  })
  return {
    status: 'holds with a repaired constant or hypothesis',
    basis: 'derivation',
    gist: 'It follows with a typical $\\mathcal B_t$ and a larger $N_0$; as printed it survives only because $C_\\beta$ is free.',
    reason: `By the proof with a typical $\\mathcal B_t$. (30) itself can’t be tested: $N_0$ is out of reach and $C_\\beta$ is free. Literally it survives as printed: the finite range from the printed $N_0$ to the repaired one goes into $C_\\beta$, which becomes as large as $N_0^\\beta$, and for $T\\to0$ the event is empty there. Measured from normal data, $T=1$: ${rows.join('; ')}.`,
    repair:
      '$N_0=\\exp\\bigl(\\tfrac{C_0T+1}{(1-3\\delta)/2-\\epsilon}\\bigr)^2$, $C_0$ by the repaired Lemmas 6.1 and 6.3 (for $T$ away from 0 a larger $C_0$ gives the printed form back).',
  }
}

/** What a record has of a stem, by N. */
const sampled = ({ measured }: ClaimRecord<Theorem42Spec>, stem: string): [number, Estimate][] =>
  Object.entries(measured)
    .filter(([key]) => key.startsWith(`${stem}_`))
    .map(([key, estimate]) => [Number(key.slice(stem.length + 1)), estimate])

/** Where frequencies and sampling contradict each other at the same N. */
function disagreement(record: ClaimRecord<Theorem42Spec>): string[] {
  return sampled(record, 'tail').flatMap(([N, { low, high }]) => {
    const seen = record.measured[`event_${N}`]
    if (seen === undefined || (low <= seen.high && high >= seen.low)) return []
    const found = `$[${inWords(low, 2)},${inWords(high, 2)}]$ by rare-event sampling`
    return [
      `$P_0$ at $N=${N}$ is in ${found} and in $[${inWords(seen.low, 2)},${inWords(seen.high, 2)}]$ by frequency.`,
    ]
  })
}

/** Why the exponent of a record is not that of the theorem, if it is not: no sentence or one. Not-a-number counts. */
function refusal({ measured, spec }: ClaimRecord<Theorem42Spec>): string[] {
  const { low, high } = measured.slope!
  const interval = `At $\\delta=${spec.delta}$ the exponent of the deviation is in $[${inWords(low, 3)},${inWords(high, 3)}]$`
  const limits = [
    { name: 'of the exact rms of (73) times $\\sqrt{\\log N}$', value: measured.predicted!.value },
    { name: 'of the threshold $N^{-\\delta}$', value: measured.threshold!.value },
  ]
  const above = limits.find(({ value }) => !(low <= value))
  if (above !== undefined)
    return [`${interval}, above ${inWords(above.value, 3)} ${above.name}, at $N$ far below $N_0$.`]
  if (!(high >= BEST)) return [`${interval}, below $-\\tfrac12$, faster than averages over time can fall.`]
  return []
}
