/**
 * Proposition 9.1, (80)-(84): how far the cut-off mean field is from the one without. It holds with the repaired Lemma
 * 6.1; two steps need a word.
 * Derivation: docs/claims.md#proposition-91
 * @source Proposition 9.1, (80)-(84)
 */
import { requireNumber, requirePositive } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { maximize } from '../../base/numerics/optimize.js'
import { exact } from '../../base/statistics/estimate.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, searchedConstant } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'

export type Proposition91Spec = {
  /** log N, >= 1 for N >= 3. */
  readonly logN: number
  /** C_0 > 0; with C_l > 4 pi it is at least 8 pi (1 + ||rho||_inf). */
  readonly C0: number
  /** sup ||rho||_inf > 0. */
  readonly normInf: number
}

const SYMBOLS = { C0: 'C_0', logN: '\\log N', m: '\\|\\rho\\|_\\infty', delta: '\\delta' }
const bound: Formula = formula('N^(-delta) * exp(2 * t * C0 * sqrt(logN))', SYMBOLS)
/** Gronwall's, in units of N^-delta. */
const solution: Formula = formula('4 pi * m * (exp(2 * C0 * sqrt(logN) * t) - 1) / (2 * C0 * sqrt(logN))', SYMBOLS)

/** Proposition 9.1: W_p(f^N_t, f_t) <= N^-delta e^{2 t C_0 sqrt(log N)}. */
export const proposition91: Claim<Proposition91Spec> = declareClaim({
  id: '9.1',
  order: 270,
  place: { label: 'Prop. 9.1', gist: 'cut-off, mean field', column: 3, row: 3.4, feeds: ['4.4'] },
  label: 'Proposition 9.1',
  title: 'The cut-off mean field stays near the one without',
  statement: '$W_p(f^N_t,f_t)\\le N^{-\\delta}e^{2tC_0\\sqrt{\\log N}}$ for $p\\in[1,\\infty]$, $N>3$.',
  bound,
  formulas: { solution },
  quantities: {
    meanValue: 'largest $|k(a)-k(b)|$ / $((|\\nabla k(a)|+|\\nabla k(b)|)|a-b|)$ found',
    gronwallSharp: 'Gronwall solution / $(N^{-\\delta}e^{at})$, $\\tfrac{3\\pi}4$ in place of $4\\pi$',
    norm: 'sup of $W_\\infty/D$: $|(x,y)|/(\\sqrt{\\log N}\\,|x|+|y|)$',
  },
  hypotheses: [
    { text: '$N\\ge3$', test: ({ logN }) => logN >= Math.log(3) },
    {
      text: '$C_0\\ge\\max\\{1,2\\pi\\|\\rho\\|_\\infty/\\sqrt{\\log N}\\}$ (from $C_l>4\\pi$)',
      test: spec => spec.C0 >= leastC0(spec),
    },
  ],
  defaults: [
    { logN: Math.log(3), C0: 32, normInf: 3 / (4 * Math.PI) },
    { logN: Math.log(1e6), C0: 32, normInf: 3 / (4 * Math.PI) },
    { logN: 1000, C0: 280, normInf: 10 },
    { logN: Math.log(1e6), C0: 1, normInf: 10 },
  ],
  controls: [
    {
      text: '$C_0$ too small for the density',
      spec: { logN: Math.log(1e6), C0: 1, normInf: 10 },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#proposition-91',
  certificates: ['mean-value-step'],
  reference: 'Proposition 9.1, (80)-(84)',
  notebook: '10-particle-approximation.ipynb#proposition-91',
  figure: 'mean-field-cutoff',
  test: 'particleApproximation',
})

function leastC0({ logN, normInf }: Proposition91Spec): number {
  return Math.max(1, (2 * Math.PI * normInf) / Math.sqrt(logN))
}

function measure(spec: Proposition91Spec, { seed, stream }: MeasureContext) {
  const logN = requirePositive('logN', spec.logN)
  const C0 = requirePositive('C0', spec.C0)
  const m = requirePositive('normInf', spec.normInf)
  requireNumber('logN', logN, 1, 1e12)
  const draw = stream(logN, C0, m)
  const w = Math.sqrt(logN)
  const meanValue = maximize(
    ([r, s, c]) => meanValueQuotient(Math.exp(r!), Math.exp(s!), Math.cos(c!)),
    s => [0.5 * s.normal(), 0.5 * s.normal(), 3 * s.uniform()],
    draw,
    40,
    0.3,
  )
  const norm = maximize(
    ([u]) => {
      const x = Math.sin(u!) ** 2
      return Math.sqrt(x * x + (1 - x) ** 2) / (w * x + (1 - x))
    },
    s => [3 * s.normal()],
    draw,
    8,
    0.3,
  )
  // The solution grows to its limit at infinity: times from a hundredth of 1/a to far beyond.
  const a = 2 * C0 * w
  const gronwall = Math.max(
    ...[0.01, 0.1, 1, 10, 100].map(x => {
      const t = x / a
      return solution.evaluate({ m, C0, logN, t }) / bound.evaluate({ C0, logN, t, N: 1, delta: 0 })
    }),
  )
  return {
    constants: [
      searchedConstant({
        name: 'norm',
        printed: 1,
        sharp: 1,
        method: 'derivation',
        found: norm.value,
        extremal: { x: Math.sin(norm.x[0]!) ** 2 },
        seed,
      }),
    ],
    measured: {
      meanValue: exact(meanValue.value, 'search, kernel (4); at most 1 by derivation', 1e-6),
      overBound: exact(
        Math.max(gronwall, meanValue.value),
        'Gronwall solution / (N^-delta e^{at}), and the mean value step',
      ),
      gronwallSharp: exact((gronwall * 3) / 16, 'closed form', 1e-13),
    },
  }
}

/** The quotient of the mean value step for |a| = r, |b| = s, c the cosine between them, r_c = 1. */
function meanValueQuotient(r: number, s: number, c: number): number {
  const [g, h] = [Math.max(1, r) ** -3, Math.max(1, s) ** -3]
  const norm = (u: number, v: number): number => Math.sqrt(Math.max(0, u * u + v * v - 2 * u * v * c))
  const gradient = (x: number): number => (x < 1 ? 1 : 2 * x ** -3)
  const apart = norm(r, s)
  // Differences of nearly equal vectors are rounding.
  if (apart < 1e-6) return Number.NaN
  return norm(r * g, s * h) / ((gradient(r) + gradient(s)) * apart)
}

function judge(records: readonly ClaimRecord<Proposition91Spec>[]): Verdict {
  return derivedVerdict(records, inside => ({
    status: 'holds',
    basis: 'derivation',
    gist: 'By (81) to (84), with $\\log N$ in Lemma 6.1 and $C_0\\ge1$.',
    reason: `By (81)-(84) with $\\log N$ in Lemma 6.1, $C_0\\ge1$ (else the term $\\sqrt{\\log N}\\,D$ of (81) is lost) and $2\\pi\\|\\rho\\|_\\infty\\le C_0\\sqrt{\\log N}$, both from $C_l>4\\pi$. The mean value step, with gradients at the ends only, is no consequence of that theorem but true for (4): the quotient found is ${inWords(Math.max(...inside.map(record => measuredValue(record, 'meanValue'))))}, at most 1.`,
  }))
}
