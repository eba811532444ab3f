/**
 * Theorem 10.1, (92), (93): weaker singularities. The paper gives no proof; what can be decided is whether its method
 * closes, and what equality in gamma <= min{1/6, delta} means.
 * Derivation: docs/claims.md#theorem-101
 * @source Theorem 10.1, (92), (93)
 */
import { requireNumber, requirePositive } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { findRoot } from '../../base/numerics/roots.js'
import { randomStream } from '../../base/random.js'
import { confident, type Estimate, exact } from '../../base/statistics/estimate.js'
import { meanAndStandardError } from '../../base/statistics/statistics.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { inWords, searchedConstant } from '../core/derived.js'
import { admissible, measuredValue, unsupported } from '../core/evidence.js'

export type Theorem101Spec = {
  /** Exponent of the singularity, in (0, 3/2) for the measured variance, below 2 by hypothesis. */
  readonly alpha: number
  /** Cut-off exponent, > 0. */
  readonly delta: number
  /** Exponent of the rate. */
  readonly gamma: number
}

const SYMBOLS = { alpha: '\\alpha', gamma: '\\gamma', beta: '\\beta' }
const bound: Formula = formula('C1 * exp(-c * N^(1 - 6 gamma)) + T * C2 * N^(-beta)', {
  ...SYMBOLS,
  C1: 'C_1',
  C2: 'C_2',
})
const closes: Formula = formula('min(1 / 2, 1 / (1 + alpha))', SYMBOLS)

/** Theorem 10.1: weaker singularities. */
export const theorem101: Claim<Theorem101Spec> = declareClaim({
  id: '10.1',
  order: 360,
  place: { label: 'Theorem 10.1', gist: 'weaker singularities', column: 4, row: 5.2, feeds: [], theorem: true },
  label: 'Theorem 10.1',
  title: 'Weaker singularities',
  statement:
    'For $\\alpha<2$, $\\delta<\\tfrac1{1+\\alpha}$, $f_0$ bounded with compact support, all $\\beta>0$ and $\\gamma\\le\\min\\{\\tfrac16,\\delta\\}$: $P_0[\\exists t\\le T:W_1(\\mu^N_t[Z],f_t)>N^{-\\gamma}]\\le C_1e^{-cN^{1-6\\gamma}}+TC_2N^{-\\beta}$.',
  bound,
  formulas: { closes },
  quantities: {
    forceOverThreshold: 'rms of a force component at the centre / $N^{-\\delta}$, $N=10^6$',
    sampled: 'rms of a force component, 1000 particles, measured / closed form',
    decay: 'exponent of $N$ in $e^{-cN^{1-6\\gamma}}$',
    largestDelta: 'largest $\\delta$ for which the method closes',
  },
  hypotheses: [
    { text: '$\\alpha<2$', test: ({ alpha }) => alpha < 2 },
    { text: '$\\delta<\\tfrac1{1+\\alpha}$', test: ({ alpha, delta }) => delta < 1 / (1 + alpha) },
    { text: '$\\gamma\\le\\min\\{\\tfrac16,\\delta\\}$', test: ({ delta, gamma }) => gamma <= Math.min(1 / 6, delta) },
  ],
  defaults: [
    { alpha: 0.5, delta: 0.6, gamma: 1 / 6 },
    { alpha: 1, delta: 0.45, gamma: 0.15 },
    { alpha: 1.4, delta: 0.4, gamma: 0.15 },
    { alpha: 1.4, delta: 0.45, gamma: 0.15 },
  ],
  controls: [
    {
      text: '$\\delta$ beyond (92)',
      spec: { alpha: 1.4, delta: 0.45, gamma: 0.15 },
      expect: { quantity: 'largestDelta', below: 0.45 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#theorem-101',
  reference: 'Theorem 10.1, (92), (93)',
  notebook: '11-weaker-singularities.ipynb#theorem-101',
  figure: 'cutoff-exponents',
  test: 'particleApproximation',
})

function measure(spec: Theorem101Spec, { seed }: MeasureContext) {
  const alpha = requireNumber('alpha', spec.alpha, 0.01, 1.45)
  const delta = requirePositive('delta', spec.delta)
  const gamma = requirePositive('gamma', spec.gamma)
  // Exponents: what the fluctuation of the force and of the majorant leave of room at this delta.
  const margin = (d: number): number => {
    const variance = 0.5 * (1 - Math.max(0, 2 * alpha - 3) * d)
    return Math.min(Math.min(variance, 1 - alpha * d) - d, 1 - (1 + alpha) * d, 1 - (2 * alpha - 1) * d)
  }
  return {
    constants: [
      searchedConstant({
        name: 'largestDelta',
        printed: 1 / (1 + alpha),
        sharp: closes.evaluate({ alpha }),
        sharpTex: closes.tex,
        method: 'closed form',
        found: findRoot(margin, 0.01, 1),
        evidence: 'algebra',
        extremal: { alpha },
        seed,
      }),
    ],
    measured: {
      forceOverThreshold: exact(rms(alpha, 1e6 ** -delta) * 1e6 ** (delta - 0.5), 'closed form', 1e-13),
      // |k|^4 is integrable for alpha < 3/4: beyond that the mean of 100 squares has no reliable error.
      ...(alpha < 0.75 && { sampled: sampled(alpha, delta, seed) }),
      // log of -log of the first term at N = e.
      decay: exact(
        Math.log(-Math.log(bound.evaluate({ C1: 1, c: 1, N: Math.E, gamma, T: 0, C2: 0, beta: 1 }))),
        'closed form',
        0,
      ),
    },
  }
}

/**
 * sqrt(N) times the rms of a component of (1/N) sum k^N_delta(q_j), q_j uniform on the unit ball, kernel r^-alpha cut
 * to r r_c^(-alpha-1): (int |k|^2 rho / 3)^(1/2).
 */
function rms(alpha: number, cutoff: number): number {
  const power = cutoff ** (3 - 2 * alpha)
  return Math.sqrt(power / 5 + (1 - power) / (3 - 2 * alpha))
}

/** The same from 100 clouds of 1000 particles, over the closed form. */
function sampled(alpha: number, delta: number, seed: string): Estimate {
  const [N, replicas] = [1000, 100]
  const cutoff = N ** -delta
  const stream = randomStream(`${seed}/claim-10.1/${alpha}/${delta}`)
  const law = uniformBallLaw()
  const squares = Float64Array.from({ length: replicas }, () => {
    const { q } = law.sample(N, stream)
    const force = [0, 0, 0]
    for (let i = 0; i < N; i++) {
      const r = Math.max(cutoff, Math.hypot(q[i]!, q[N + i]!, q[2 * N + i]!))
      for (let a = 0; a < 3; a++) force[a] = force[a]! + q[a * N + i]! * r ** (-alpha - 1)
    }
    return force.reduce((sum, f) => sum + f * f, 0) / (3 * N)
  })
  const { mean, standardError } = meanAndStandardError(squares)
  const value = Math.sqrt(mean) / rms(alpha, cutoff)
  // Three standard errors of the mean square, halved for its root.
  const half = (1.5 * standardError * value) / mean
  return confident(value, half, { level: 0.997, method: '100 clouds, three standard errors', seed })
}

function judge(records: readonly ClaimRecord<Theorem101Spec>[]): Verdict {
  const doubt = unsupported(records)
  if (doubt) return doubt
  const inside = admissible(records)
  const beyond = inside.filter(({ spec, constants }) => spec.delta >= constants[0]!.sharp.value)
  const empty = inside.filter(record => measuredValue(record, 'decay') <= 1e-12)
  const seen = beyond[0]
    ? ` At $\\alpha=${beyond[0].spec.alpha}$, $\\delta=${beyond[0].spec.delta}$, which (92) admits, the fluctuation of the force is ${inWords(measuredValue(beyond[0], 'forceOverThreshold'), 3)} times $N^{-\\delta}$ at $N=10^6$ and this grows: the method does not close there.`
    : ''
  const equality =
    empty.length > 0
      ? ' With $\\gamma=\\tfrac16$ the right side of (93) does not tend to 0: equality is true and empty.'
      : ''
  return {
    status: 'not testable at these N',
    basis: 'derivation',
    reason: `Stated without proof, with constants that are not given.${seen}${equality}`,
    repair:
      '$\\delta<\\min\\{\\tfrac12,\\tfrac1{1+\\alpha}\\}$ (the same for $\\alpha\\ge1$) and $\\gamma<\\tfrac16$, $\\gamma\\le\\delta$.',
  }
}
