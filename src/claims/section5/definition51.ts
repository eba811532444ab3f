/**
 * Definition 5.1 and (40): Delta and J. Are they well defined, when is J below 1 at t = 0, and what does J < 1 say?
 * Derivation: docs/claims.md#definition-51-and-40
 * @source Definition 5.1, (40)
 */
import { requireNumber, requirePositive } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { findRoot } from '../../base/numerics/roots.js'
import type { RandomStream } from '../../base/random.js'
import { exact } from '../../base/statistics/estimate.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, searchedConstant } from '../core/derived.js'

export type Definition51Spec = {
  /** Cut-off exponent, > 0. */
  readonly delta: number
  /** lambda T, > 0. */
  readonly lambdaT: number
}

const SYMBOLS = { lambdaT: '\\lambda T', delta: '\\delta', logN: '\\log N' }
const bound: Formula = formula('exp(lambdaT * sqrt(logN) + (3 delta - 1) * logN)', SYMBOLS)
const threshold: Formula = formula('(lambdaT / (1 - 3 delta))^2', SYMBOLS)

/** Definition 5.1, (40): J starts below 1 and controls Delta. */
export const definition51: Claim<Definition51Spec> = declareClaim({
  id: '40',
  order: 140,
  place: { partOf: '8.1' },
  label: 'Definition 5.1, (40)',
  title: 'The measure of chaos starts below 1 and controls the deviation',
  statement:
    '$J^{N,\\lambda}_t=\\min\\{1,\\sup_{s\\le t}e^{\\lambda\\sqrt{\\log N}(T-s)}(N^\\delta\\Delta_s+N^{3\\delta-1})\\}$ starts at $e^{\\lambda\\sqrt{\\log N}T}N^{3\\delta-1}<1$ for $N$ large, and $J_t<1$ implies $\\sup_{s\\le t}\\Delta_s<N^{-\\delta}$.',
  bound,
  formulas: { threshold },
  quantities: {
    startRepaired:
      '$\\log N$ beyond which $J_0<1$, additive term $N^{\\delta-\\beta}$, $\\beta\\to\\tfrac{1-\\delta}2$',
    logJ0: '$\\log J_0$ without its cap at $N=10^6$',
    start: '$\\log N$ beyond which $J_0<1$',
  },
  hypotheses: [
    { text: '$0<\\delta<\\tfrac13$', test: ({ delta }) => delta > 0 && delta < 1 / 3 },
    { text: '$\\lambda T>0$', test: ({ lambdaT }) => lambdaT > 0 },
  ],
  defaults: [
    { delta: 0.2, lambdaT: 1 },
    { delta: 0.3, lambdaT: 1 },
    { delta: 0.3, lambdaT: 10 },
    { delta: 0.34, lambdaT: 1 },
  ],
  controls: [
    {
      text: '$\\delta\\ge\\tfrac13$',
      spec: { delta: 0.34, lambdaT: 1 },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#definition-51-and-40',
  certificates: ['definition-5-1-start'],
  reference: 'Definition 5.1, (40)',
  notebook: '08-molecular-chaos.ipynb#definition-51',
  figure: 'chaos-threshold',
  test: 'existenceAndChaos',
})

function measure(spec: Definition51Spec, { seed, stream }: MeasureContext) {
  const delta = requirePositive('delta', spec.delta)
  const lambdaT = requireNumber('lambdaT', spec.lambdaT, Number.MIN_VALUE, 1e6)
  const draw = stream(delta, lambdaT)
  const logStart = (L: number): number => lambdaT * Math.sqrt(L) + (3 * delta - 1) * L
  const eta = 1 - 3 * delta
  const constants =
    eta > 0
      ? [
          searchedConstant({
            name: 'start',
            printed: null,
            sharp: threshold.evaluate({ delta, lambdaT }),
            sharpTex: threshold.tex,
            method: 'closed form',
            found: findRoot(logStart, 1e-3 * lambdaT ** 2, 1e3 * (lambdaT / eta) ** 2),
            evidence: 'algebra',
            extremal: { J: 1 },
            seed,
          }),
        ]
      : []
  // Beyond the threshold J_0 must stay below 1; where there is none, it is evaluated at log N = 1e4.
  const large = eta > 0 ? 1.1 * (lambdaT / eta) ** 2 : 1e4
  const worst = Math.max(
    ...[1, 2, 10, 1000].map(x => bound.evaluate({ lambdaT, logN: x * large, delta })),
    Math.exp(largestDeviation(delta, lambdaT, draw)),
  )
  return {
    constants,
    measured: {
      overBound: {
        ...exact(
          Math.min(worst, Math.exp(700)),
          'J_0 beyond the threshold, and N^delta sup Delta where J_T < 1, random paths',
        ),
        seed,
      },
      ...(eta > 0 && { startRepaired: exact((2 * lambdaT) ** 2 / eta ** 2, 'closed form', 1e-13) }),
      logJ0: exact(logStart(Math.log(1e6)), 'closed form', 1e-13),
    },
  }
}

/**
 * The largest log(N^delta sup Delta) over random paths of Delta with J_T < 1, N twice beyond the threshold in log N.
 */
function largestDeviation(delta: number, lambdaT: number, stream: RandomStream): number {
  const eta = 1 - 3 * delta
  if (eta <= 0) return Number.NEGATIVE_INFINITY
  const L = 2 * (lambdaT / eta) ** 2
  let worst = Number.NEGATIVE_INFINITY
  for (let path = 0; path < 400; path++) {
    let supJ = Number.NEGATIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    let logDeviation = -20 * stream.uniform()
    for (let k = 1; k <= 20; k++) {
      // log(N^delta Delta_s) wanders; s = k T/20.
      logDeviation += stream.normal()
      const sum = Math.max(logDeviation, -eta * L) + Math.log1p(Math.exp(-Math.abs(logDeviation + eta * L)))
      supJ = Math.max(supJ, lambdaT * Math.sqrt(L) * (1 - k / 20) + sum)
      most = Math.max(most, logDeviation)
    }
    if (supJ < 0) worst = Math.max(worst, most)
  }
  return worst
}

function judge(records: readonly ClaimRecord<Definition51Spec>[]): Verdict {
  return derivedVerdict(records, inside => {
    const list = inside.map(
      ({ spec, constants }) =>
        `${inWords(constants[0]!.sharp.value / Math.LN10)} for $\\delta=${spec.delta}$, $\\lambda T=${spec.lambdaT}$`,
    )
    return {
      status: 'holds',
      basis: 'derivation',
      gist: '$J_0<1$ exactly for $\\log N>(\\lambda T/(1-3\\delta))^2$; below, $J\\equiv1$ and the process says nothing.',
      reason: `$J_0<1$ exactly for $\\log N>(\\lambda T/(1-3\\delta))^2$: $\\log_{10}N$ must exceed ${list.join('; ')}. Below, $J\\equiv1$ and the process says nothing.`,
      repair:
        'for the proof of Theorem 4.2: additive term $N^{\\delta-\\beta}$, $\\beta<\\tfrac{1-\\delta}2$, in place of $N^{3\\delta-1}$, so that (74) can hold with high probability; the threshold in $\\log N$ is then four times as large.',
    }
  })
}
