/**
 * Corollary 7.3 for C_t: |L - Lbar|_inf < 1 is typical for delta < 1/3, but from which N on?
 * Derivation: docs/claims.md#corollary-73-c
 * @source Corollary 7.3, (64)
 */

import {
  assumedSup,
  type ParticleModel,
  requireSampled,
  type SampledLawName,
  sampledFluctuations,
} from '../../attacks/section7/sampledFluctuations.js'
import { sampledTail } from '../../attacks/section7/sampledTail.js'
import { requireOneOf } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { findRoot } from '../../base/numerics/roots.js'
import { clopperPearson } from '../../base/statistics/clopperPearson.js'
import { type Estimate, estimated, exact } from '../../base/statistics/estimate.js'
import { medianEstimate } from '../../base/statistics/medianEstimate.js'
import { lastCrossing, normalMaximumMedian } from '../../concentration/extrapolation.js'
import { ballSmallBall } from '../../concentration/smallBall.js'
import { majorantSummand } from '../../concentration/summand.js'
import { bernsteinBound, momentBound } from '../../concentration/tailBounds.js'
import { admissibleDelta, tailConstant } from '../../concentration/tailConstant.js'
import { maximumGradientNorm } from '../../interaction/gradientNorms.js'
import { lipschitzMajorant } from '../../interaction/lipschitzMajorant.js'
import {
  type Claim,
  type ClaimRecord,
  type MeasureContext,
  type ShownBound,
  shownOnly,
  type Verdict,
} from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { inTex } from '../core/derived.js'
import { admissible, agree, estimateOf } from '../core/evidence.js'
import { doubted, refuted, untestable } from '../core/verdicts.js'

export type Corollary73CSpec = {
  readonly N: number
  /** Cut-off exponent, > 0. */
  readonly delta: number
  /** The majorant: (47) 'printed', or 'repaired' so that (48) holds in the maximum norm. */
  readonly majorant: 'printed' | 'repaired'
  readonly law: SampledLawName
  readonly particles: ParticleModel
  /** Of tilted sampling of the complement of C_t (the Gaussian law); default none is made. */
  readonly tailSamples?: number
}

const SYMBOLS = { kappa: '\\kappa', C: 'C_\\kappa', rhoSup: '\\|\\rho\\|_\\infty', delta: '\\delta' }
const bound: ShownBound = shownOnly(
  formula('1 - C / N^kappa', SYMBOLS),
  'C_kappa is not given; what is measured is from which N on the set has probability 1/2',
)
const variance: Formula = formula('36 pi * (A^2 + 4) * rhoSup * N^(3 delta)', SYMBOLS)

/** Corollary 7.3 for C_t. */
export const corollary73C: Claim<Corollary73CSpec> = declareClaim({
  id: '7.3.C',
  order: 220,
  place: { partOf: '7.3.B' },
  label: 'Corollary 7.3, $\\mathcal C_t$',
  title: 'The sum of the majorant on independent particles is near its mean',
  statement:
    'For $\\delta<\\tfrac13$ and every $\\kappa>0$ there is $C_\\kappa$ with $P_0(|L^N_\\delta(\\Phi_{t,0}(Z))-\\bar L_t(\\Phi_{t,0}(Z))|_\\infty<1)\\ge1-C_\\kappa N^{-\\kappa}$.',
  bound,
  formulas: { variance },
  quantities: {
    inC: '$P(\\mathcal C_t)$, measured',
    tail: '$1-P(\\mathcal C_t)$, by tilted sampling',
    allowed: '$\\log_{10}(1-P(\\mathcal C_t))$, bound by Bernstein',
    median: 'median of $|L-\\bar L|_\\infty$, measured',
    rms: 'rms of $|L_1-\\bar L_1|$, measured',
    exact: 'rms of $|L_1-\\bar L_1|$, exact',
    normal: 'median of $|L-\\bar L|_\\infty$ if it were normal with the exact rms',
    slack: '(51) at $(\\alpha,\\beta)=(3,0)$: $\\tfrac13-\\delta$, must be $>0$',
    bernstein: '$\\log_{10}N$ from which $P(\\mathcal C_t)\\ge\\tfrac12$, by Bernstein',
    moment: '$\\log_{10}N$ at which the moment bound of (54)-(62) gives $P(\\mathcal C_t)\\ge\\tfrac12$',
    power: '$M$ of the moment bound there',
    extrapolated:
      '$\\log_{10}N$ from which the median of $|L-\\bar L|_\\infty$ is below 1, extrapolated (normal, variance at the centre)',
    proved: '$\\log_{10}N$ up to which $P(\\mathcal C_t)\\le\\tfrac12$ is proved (Berry and Esseen for one particle)',
    constant: '$\\log_{10}$ of $C_\\kappa$ for $\\kappa=1$, by Bernstein',
  },
  hypotheses: [
    { text: '$0<\\delta<\\tfrac13$', test: ({ delta }) => delta > 0 && delta < 1 / 3 },
    { text: 'the particles are independent', test: ({ particles }) => particles === 'independent' },
    { text: '$\\|\\rho\\|_\\infty$ is bounded in $N$', test: ({ law }) => law !== 'collapsing-ball' },
  ],
  defaults: [
    ...[0.1, 0.2, 0.25, 0.3].flatMap(delta => [64, 512, 2048].map(N => given(N, delta))),
    { ...given(512, 0.3), law: 'gaussian' },
    { ...given(256, 0.125), law: 'gaussian', tailSamples: 2500 },
    { ...given(512, 0.3), majorant: 'repaired' },
    { ...given(512, 0.3), particles: 'copies' },
    given(512, 0.4),
  ],
  controls: [
    {
      text: 'dependent particles: each is there ten times',
      spec: { N: 512, delta: 0.3, majorant: 'printed', law: 'uniform-ball', particles: 'copies' },
      expect: { quantity: 'rms', above: 'exact' },
    },
    {
      text: '$\\delta\\ge\\tfrac13$',
      spec: { N: 512, delta: 0.4, majorant: 'printed', law: 'uniform-ball', particles: 'independent' },
      expect: { quantity: 'slack', below: 0 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#corollary-73-c',
  certificates: ['corollary-7-3-c-threshold'],
  reference: 'Corollary 7.3, (64)',
  notebook: '07-law-of-large-numbers.ipynb#corollary-73',
  figure: 'law-of-large-numbers',
  test: 'lawOfLargeNumbers',
})

function given(N: number, delta: number): Corollary73CSpec {
  return { N, delta, majorant: 'printed', law: 'uniform-ball', particles: 'independent' }
}

async function measure(spec: Corollary73CSpec, { seed, signal }: MeasureContext) {
  requireSampled(spec)
  const { N, delta, law } = spec
  const version = requireOneOf('majorant', spec.majorant, ['printed', 'repaired'])
  const rhoSup = assumedSup(law)
  const rare = await tailOf(spec, version, rhoSup, { seed, signal })
  const replicates = Math.max(20, Math.min(200, Math.floor(2e8 / (N * N))))
  const found = sampledFluctuations(spec, lipschitzMajorant({ N, delta, version }), replicates, seed)
  const inside = found.maximum.filter(x => x < 1).length
  const normal = found.exact.value * normalMaximumMedian(Math.log(N))
  const slack = admissibleDelta(3, 0) - delta
  return {
    constants: [],
    measured: {
      inC: { ...clopperPearson(inside, replicates, 0.99), seed },
      ...rare,
      median: medianEstimate(found.maximum, seed),
      rms: found.rms,
      exact: found.exact,
      normal: estimated(normal, 0.5 * normal, 'not a bound: the summands are skewed'),
      slack: exact(slack, 'closed form', 1e-14),
      ...thresholdNumbers(version, delta, rhoSup, law === 'uniform-ball'),
    },
  }
}

/** How rarely the sums leave the threshold 1, where that is too rare to be counted, and Bernstein's bound on it. */
async function tailOf(
  spec: Corollary73CSpec,
  majorant: 'printed' | 'repaired',
  rhoSup: number,
  { seed, signal }: Pick<MeasureContext, 'seed' | 'signal'>,
): Promise<{ readonly tail?: Estimate; readonly allowed?: Estimate }> {
  const { N, delta, tailSamples: samples } = spec
  if (samples === undefined) return {}
  const rare = await sampledTail(spec, { threshold: 1, samples, majorant, claim: '7.3.C', seed, signal })
  const problem = { summand: majorantSummand(majorant), logN: Math.log(N), delta, rhoSup, logThreshold: 0 }
  return { ...rare, allowed: exact(bernsteinBound(problem) / Math.LN10, 'Bernstein, union over particles') }
}

const numbers = new Map<string, Readonly<Record<string, Estimate>>>()

/** The N from which the threshold 1 is met, four ways; they do not depend on N, so that they are computed once. */
function thresholdNumbers(
  version: 'printed' | 'repaired',
  delta: number,
  rhoSup: number,
  ball: boolean,
): Readonly<Record<string, Estimate>> {
  const key = `${version}/${delta}/${rhoSup}/${ball}`
  const known = numbers.get(key)
  if (known) return known
  const summand = majorantSummand(version)
  const problem = (logN: number) => ({ summand, logN, delta, rhoSup, logThreshold: 0 })
  const bernstein = lastCrossing(logN => bernsteinBound(problem(logN)), -Math.LN2)
  const decades = (logN: number, method: string, error: number = 1e-9): Estimate =>
    exact(logN / Math.LN10, method, error)
  const result: Record<string, Estimate> = {}
  const extrapolation = extrapolated(version, delta, rhoSup)
  if (Number.isFinite(extrapolation.value)) result.extrapolated = extrapolation
  // Entries are there only if there is such an N: for delta >= 1/3 there is none.
  if (Number.isFinite(bernstein)) {
    const constant = tailConstant({ summand, delta, rhoSup, beta: 0 }, 1)
    result.bernstein = decades(bernstein, 'root of the bound')
    result.constant = decades(constant, 'largest N times the bound', 1e-6)
  }
  if (Number.isFinite(bernstein) && bernstein > 0) {
    // The moment bound is dear and near Bernstein's: its root is sought around the other.
    const f = (logN: number): number => momentBound(problem(logN), 120).logProbability + Math.LN2
    const root = findRoot(f, 0.6 * bernstein, 1.4 * bernstein)
    result.moment = decades(root, 'root of the bound, M <= 120', 1e-6)
    result.power = exact(momentBound(problem(root), 120).M, 'best M')
  }
  if (ball && delta < 1 / 3) {
    const single = (logN: number): number =>
      logN < 1 ? -1 : -ballSmallBall({ sum: `majorant-${version}`, logN, delta, logThreshold: 0 }).high
    result.proved = decades(
      lastCrossing(single, -0.5, { end: 200, step: 1.05 }),
      'root of the bound; 0 if there is none',
      1e-6,
    )
  }
  numbers.set(key, result)
  return result
}

/**
 * Where the normal extrapolation of the median falls below 1: the variance at the centre of a ball of density rhoSup
 * and radius R, 36 pi A^2 rhoSup/r_c^3 + 144 pi rhoSup (r_c^-3 - 27/R^3) - Lbar^2, and the median of the largest of N
 * normal variables.
 */
function extrapolated(version: 'printed' | 'repaired', delta: number, rhoSup: number): Estimate {
  const A = version === 'printed' ? 1 : maximumGradientNorm(-2, 1, 3)
  const summand = majorantSummand(version)
  // ln of the median; the core fills the ball below N^-delta = R/3, where nothing fluctuates.
  const logMedian = (logN: number): number => {
    const mean = summand.meanBound(logN, delta, rhoSup)
    const share = Math.exp(-3 * delta * logN)
    const outer = 4 * (1 - 36 * Math.PI * rhoSup * share)
    const scaled = 36 * Math.PI * rhoSup * (A * A + outer) - mean * mean * share
    if (!(outer > 0 && scaled > 0)) return Number.NEGATIVE_INFINITY
    return 0.5 * (Math.log(scaled) + (3 * delta - 1) * logN) + Math.log(normalMaximumMedian(logN))
  }
  const logN = lastCrossing(logMedian, 0)
  return estimated(
    logN / Math.LN10,
    Number.isFinite(logN) ? 0.02 * (logN / Math.LN10) : 0,
    'extrapolation, not a measurement',
  )
}

/** Whether the measured rms of a record is the exact one. */
function isExact(record: ClaimRecord<Corollary73CSpec>): boolean {
  return agree(estimateOf(record, 'rms'), estimateOf(record, 'exact'))
}

function judge(records: readonly ClaimRecord<Corollary73CSpec>[]): Verdict {
  const inside = admissible(records)
  if (inside.length === 0) return untestable()
  const off = inside.find(record => !isExact(record))
  if (off) {
    return doubted(
      `The measured fluctuation at N = ${off.spec.N}, delta = ${off.spec.delta} is not the exact one: the derivation is not to be trusted.`,
    )
  }
  if (records.filter(({ spec }) => spec.particles === 'copies').some(isExact))
    return doubted('Copied particles pass for independent ones: the comparison has no power.')
  const decades = (record: ClaimRecord<Corollary73CSpec>, name: string): number =>
    record.measured[name]?.value ?? Number.POSITIVE_INFINITY
  const violated = inside.find(
    record => estimateOf(record, 'inC').high < 0.5 && Math.log10(record.spec.N) > decades(record, 'bernstein'),
  )
  if (violated) {
    return refuted(`P(C_t) is below 1/2 at N = ${violated.spec.N}, where Bernstein gives more than 1/2.`, violated.spec)
  }
  const exceeding = inside.find(({ measured: { tail, allowed } }) => (tail?.low ?? 0) > 10 ** (allowed?.high ?? 0))
  if (exceeding) {
    return refuted(
      `The complement of C_t has probability ${estimateOf(exceeding, 'tail').value} at N = ${exceeding.spec.N}, more than Bernstein allows.`,
      exceeding.spec,
    )
  }
  // The same probability, counted: two intervals that do not meet are not both right.
  const uncounted = inside.find(record => {
    const { tail } = record.measured
    const { low, high } = estimateOf(record, 'inC')
    return tail !== undefined && (tail.low > 1 - low || tail.high < 1 - high)
  })
  if (uncounted) {
    return doubted(
      `At N = ${uncounted.spec.N}, delta = ${uncounted.spec.delta} the complement of C_t is sampled with another probability than counted: one of the two is wrong.`,
    )
  }
  if (!inside.every(record => Number.isFinite(decades(record, 'bernstein')))) {
    return doubted('The bound never falls below 1/2 for some delta < 1/3: the derivation is not to be trusted.')
  }
  if (records.some(({ spec, measured }) => spec.delta >= 1 / 3 && measured.bernstein !== undefined)) {
    return doubted('A bound was found for delta > 1/3, where there is none.')
  }
  const distinct = inside.filter(
    ({ spec: { law, delta, majorant } }, i) =>
      law === 'uniform-ball' &&
      inside.findIndex(({ spec }) => spec.law === law && spec.delta === delta && spec.majorant === majorant) === i,
  )
  const rows = distinct.map(row => {
    const { delta, majorant } = row.spec
    const [extrapolation, proved] = [decades(row, 'extrapolated'), decades(row, 'proved')]
    const shape = majorant === 'printed' ? '' : ', repaired $l$'
    const typical = extrapolation > 0 ? `extrapolated ${extrapolation.toFixed(1)}` : 'extrapolated: every $N$'
    const atypical = proved > 0 && Number.isFinite(proved) ? `; proved not typical at ${proved.toFixed(1)}` : ''
    return `$\\delta=${delta}$${shape}: ${decades(row, 'bernstein').toFixed(1)} (${typical}${atypical})`
  })
  const largest = Math.max(...inside.map(({ spec }) => spec.N))
  const seen = inside
    .filter(({ spec }) => spec.N === largest)
    .map(row => `${estimateOf(row, 'inC').value} ($\\delta=${row.spec.delta}$)`)
    .join(', ')
  const rare = inside.filter(({ measured: { tail } }) => tail !== undefined).map(rareText)
  const from =
    rows.length === 0
      ? ''
      : ` $\\log_{10}N$ from which $P(\\mathcal C_t)\\ge\\tfrac12$ for the unit ball, by Bernstein: ${rows.join('; ')}.`
  return {
    status: 'holds',
    basis: 'derivation',
    reason: `(51) at $(3,0)$ is $\\delta<\\tfrac13$, strict as assumed; the constants are astronomical near $\\tfrac13$.${from} Measured frequency of $\\mathcal C_t$ at N = ${largest}: ${seen}.${rare.join('')}`,
  }
}

/** How far Bernstein's bound is from the truth, where the complement was sampled. */
function rareText(record: ClaimRecord<Corollary73CSpec>): string {
  const { N, delta, majorant } = record.spec
  const shape = majorant === 'printed' ? '' : ', repaired $l$'
  return ` At $N=${N}$, $\\delta=${delta}$${shape} it is missed with probability $${inTex(estimateOf(record, 'tail').value, 2)}$ (Gaussian law, sampled), where Bernstein’s bound is $10^{${estimateOf(record, 'allowed').value.toFixed(1)}}$.`
}
