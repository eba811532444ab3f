/**
 * (78) and (79): from which N on the theorem says something, with the constants of this library.
 * Derivation: docs/claims.md#78-and-79
 * @source (78), (79)
 */

import { chaosConstant, lipschitzAt, PRINTED_C } from '../../attacks/section8/chaosThreshold.js'
import { requireOneOf, requirePositive } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { findRoot } from '../../base/numerics/roots.js'
import { type Estimate, exact } from '../../base/statistics/estimate.js'
import { lawByName } from '../../law/lawByName.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, searchedConstant } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'

export type Threshold78Spec = {
  readonly law: 'uniform-ball' | 'gaussian' | 'plummer'
  /** Cut-off exponent, > 0. */
  readonly delta: number
  /** Final time, > 0. */
  readonly T: number
}

const SYMBOLS = { lambdaT: '\\lambda T', eta: '(1-3\\delta)' }
const bound: Formula = formula('((lambdaT + 1) / eta)^2', SYMBOLS)
const sharp: Formula = formula('((lambdaT + sqrt(lambdaT^2 + 4 * eta * log(2))) / (2 * eta))^2', SYMBOLS)

/** (78), (79): N_0 and the final probability. */
export const threshold78: Claim<Threshold78Spec> = declareClaim({
  id: '78',
  order: 260,
  place: { stepOf: '4.2' },
  label: '(78), (79)',
  title: 'From which N on the theorem speaks',
  statement:
    '$N\\ge N_0=\\exp\\bigl(\\tfrac{\\lambda T+1}{1-3\\delta}\\bigr)^2$ implies $e^{\\lambda\\sqrt{\\log N}T}N^{3\\delta-1}\\le\\tfrac12$; with (77) then $P_0[\\sup\\Delta\\ge N^{-\\delta}]\\le TCN^{-\\beta}$.',
  bound,
  formulas: { sharp },
  quantities: {
    C0: '$C_0$',
    printed: '$\\log_{10}N_0$, $C_0=2C_lC_\\rho$ with $c=54$ as printed',
    repaired: '$\\log_{10}N_0$, $C_0=2C_lC_\\rho$ with $c=83.65$ (Lemma 6.3 repaired)',
    best: '$\\log_{10}N_0$, $K(N)$ in place of $C_0\\log N$',
    bestWeight: '$\\log_{10}N_0$, $K(N)$, weight $\\sqrt K$',
    typical:
      '$\\log_{10}N_0$, $K(N)$, weight $\\sqrt K$, additive term $N^{\\delta-\\beta}$, $\\beta\\to\\tfrac{1-\\delta}2$',
    logN0: '$\\log N_0$ for $\\lambda=C_0$',
  },
  hypotheses: [
    { text: '$0<\\delta<\\tfrac13$', test: ({ delta }) => delta > 0 && delta < 1 / 3 },
    { text: '$T>0$', test: ({ T }) => T > 0 },
  ],
  defaults: [
    { law: 'uniform-ball', delta: 0.3, T: 1 },
    { law: 'gaussian', delta: 0.3, T: 1 },
    { law: 'plummer', delta: 0.2, T: 1 },
    { law: 'uniform-ball', delta: 0.1, T: 1 },
    { law: 'uniform-ball', delta: 0.34, T: 1 },
  ],
  controls: [
    {
      text: '$\\delta\\ge\\tfrac13$',
      spec: { law: 'uniform-ball', delta: 0.34, T: 1 },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#78-and-79',
  certificates: ['chaos-threshold', 'chaos-threshold-step'],
  reference: '(78), (79)',
  notebook: '08-molecular-chaos.ipynb#threshold',
  figure: 'chaos-threshold',
  test: 'existenceAndChaos',
})

function measure(spec: Threshold78Spec, { seed }: MeasureContext) {
  const name = requireOneOf('law', spec.law, ['uniform-ball', 'gaussian', 'plummer'])
  const delta = requirePositive('delta', spec.delta)
  const T = requirePositive('T', spec.T)
  const m = lawByName(name).rhoSup
  const eta = 1 - 3 * delta
  const C0 = chaosConstant(delta, m)
  const excess = (L: number, lambda: number): number => lambda * T * Math.sqrt(L) - eta * L + Math.LN2
  if (eta <= 0) {
    // No N is enough: the quotient of (78) by 1/2 at log N = 100 already.
    return {
      constants: [],
      measured: { overBound: exact(Math.exp(Math.min(700, excess(100, 1))), 'lambda = 1') },
    }
  }
  const log10 = (lambda: number, room: number): Estimate =>
    exact(bound.evaluate({ lambdaT: lambda * T, eta: room }) / Math.LN10, 'closed form', 1e-13)
  const lambdaT = C0 * T
  const printed = bound.evaluate({ lambdaT, eta })
  const worst = Math.max(...[1, 1.001, 1.1, 2, 10, 1e3].map(x => excess(x * printed, C0)))
  return {
    constants: [
      searchedConstant({
        name: 'logN0',
        printed,
        sharp: sharp.evaluate({ lambdaT, eta }),
        sharpTex: sharp.tex,
        method: 'closed form',
        found: findRoot(L => -excess(L, C0), 0.5 * (lambdaT / eta) ** 2, 2 * printed),
        // The root of a difference of numbers of size eta L: rounding divided by the slope, some 1e-12 of L.
        foundError: 1e-11,
        evidence: 'algebra',
        extremal: { C0, T, delta },
        seed,
      }),
    ],
    measured: {
      C0: exact(C0, 'closed form', 1e-13),
      printed: log10(chaosConstant(delta, m, PRINTED_C), eta),
      repaired: log10(C0, eta),
      best: solved(L => Math.max(Math.sqrt(L), lipschitzAt(L, delta, m) / Math.sqrt(L)) * T, eta),
      bestWeight: solved(L => Math.sqrt(lipschitzAt(L, delta, m)) * T, eta),
      typical: solved(L => Math.sqrt(lipschitzAt(L, delta, m)) * T, eta / 2),
      overBound: exact(
        Math.exp(Math.max(worst, -700)),
        'e^{lambda sqrt(log N) T} N^{3 delta - 1} / (1/2), N >= N_0',
        1e-9,
      ),
    },
  }
}

/** log10 of the N where rate T + ln 2 = room log N, from the largest root down: the left side is concave in log N. */
function solved(rateT: (L: number) => number, room: number): Estimate {
  const root = findRoot(L => room * L - rateT(L) - Math.LN2, 1e-6, 1e12)
  return exact(root / Math.LN10, 'root', 1e-10)
}

function judge(records: readonly ClaimRecord<Threshold78Spec>[]): Verdict {
  return derivedVerdict(records, inside => {
    const list = inside.map(
      record =>
        `${inWords(measuredValue(record, 'printed'), 3)} ($K(N)$ and the best weight: ${inWords(measuredValue(record, 'bestWeight'), 3)}; with a typical $\\mathcal B_t$: ${inWords(measuredValue(record, 'typical'), 3)}) for ${record.spec.law}, $\\delta=${record.spec.delta}$, $T=${record.spec.T}$`,
    )
    return {
      status: 'holds with a repaired constant or hypothesis',
      basis: 'derivation',
      gist: 'The arithmetic holds, but the additive term $N^{3\\delta-1}$ is not typical, and $N_0$ is out of reach.',
      reason: `The arithmetic holds, and $C=C_\\kappa$ suffices in (79). But the additive term $N^{3\\delta-1}$ is not typical. $N_0$ is out of reach: $\\log_{10}N_0$ is ${list.join('; ')}.`,
      repair:
        '$N_0=\\exp\\bigl(\\tfrac{\\lambda T+1}{(1-3\\delta)/2-\\epsilon}\\bigr)^2$ with the additive term $N^{\\delta-\\beta}$, $\\beta=\\tfrac{1-\\delta}2-\\epsilon$.',
    }
  })
}
