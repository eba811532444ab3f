/**
 * Lemma 8.1: the right derivative of the running maximum. It holds; case 1 of its proof is wrong at g' = 0, and what it
 * asks of g is more than its use can give.
 * Derivation: docs/claims.md#lemma-81
 * @source Lemma 8.1, (66)
 */
import { type PathKind, pathsOf } from '../../attacks/section8/lemma81Paths.js'
import { requireOneOf } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { type Estimate, estimated, exact } from '../../base/statistics/estimate.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, searchedConstant } from '../core/derived.js'

export type Lemma81Spec = { readonly path: PathKind }

const bound: Formula = formula('max(0, g)', { g: "g'(t)" })

/** Step of the difference quotients. A smooth g changes them by e max|g''|/2; rounding by 1e-16/e. */
const STEP = 1e-7

/** Lemma 8.1: the right derivative of h(t) = sup_{s <= t} g(s) exists and is at most max{0, g'}. */
export const lemma81: Claim<Lemma81Spec> = declareClaim({
  id: '8.1',
  order: 230,
  place: { label: 'Def. 5.1, Lemma 8.1', gist: 'Δ, J and Gronwall', column: 3, row: 0, feeds: ['4.2'] },
  label: 'Lemma 8.1',
  title: 'The right derivative of a running maximum',
  statement:
    "For $g\\in C^1$ and $h(t)=\\sup_{0\\le s\\le t}g(s)$, $\\partial^+_th(t)$ exists and $\\partial^+_th\\le\\max\\{0,g'\\}$.",
  bound,
  formulas: {},
  quantities: {
    points: 'points with $g=h$',
    caseOne: 'counter-example to case 1 of the proof: $h(1+\\tfrac1{10})-h(1)$, printed 0',
    rightDerivative: "sup of the right derivative of $h$ / $\\max\\{0,g'\\}$",
  },
  hypotheses: [
    {
      text: '$g$ continuous with a right derivative (printed: $g\\in C^1$)',
      test: ({ path }) => path !== 'root',
    },
  ],
  defaults: [{ path: 'waves' }, { path: 'cubic' }, { path: 'kink' }, { path: 'root' }],
  controls: [
    {
      text: '$g$ with an infinite derivative',
      spec: { path: 'root' },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#lemma-81',
  certificates: ['lemma-8-1-case-1'],
  reference: 'Lemma 8.1, (66)',
  notebook: '08-molecular-chaos.ipynb#lemma-81',
  figure: 'lemma-81-running-maximum',
  test: 'existenceAndChaos',
})

function measure(spec: Lemma81Spec, { seed }: MeasureContext) {
  const path = requireOneOf('path', spec.path, ['waves', 'cubic', 'kink', 'root'])
  let worst: Estimate = exact(0, 'no point')
  let steepest = { ratio: 0, t: 0, slope: 0, error: 0 }
  let records = 0
  for (const g of pathsOf(path, seed)) {
    let maximum = Number.NEGATIVE_INFINITY
    // Odd number of points, so that 1 and 1/2, where the examples are critical, are among them.
    for (let i = 0; i <= 600; i++) {
      const t = i / 200
      const here = g.value(t)
      const before = maximum
      maximum = Math.max(maximum, here)
      // On a grid h may be larger than what was seen; only points above everything seen are taken to be records.
      const isRecord = here >= before
      if (!isRecord) continue
      records++
      const quotient = Math.max(0, g.value(t + STEP) - here, g.value(t + 0.5 * STEP) - here) / STEP
      const error = 0.5 * STEP * g.curvature + (4 * Number.EPSILON * (1 + Math.abs(here))) / STEP
      const slope = bound.evaluate({ g: g.slope(t) })
      // Where g' <= 0 the bound is 0: the quotient is then compared with the error that a step of this size allows.
      const excess = slope > 0 ? quotient / slope : 1 + Math.max(0, quotient - error)
      const allowed = slope > 0 ? error / slope : 0
      if (excess - allowed > worst.low) worst = estimated(excess, allowed, 'difference quotient')
      if (slope > 1 && allowed < 5e-7 && quotient / slope > steepest.ratio) {
        steepest = { ratio: quotient / slope, t, slope, error: allowed }
      }
    }
  }
  const examples: Record<string, Estimate> =
    path === 'cubic' ? { caseOne: exact(0.1 ** 3, 'h = g there: (s - 1)^3 increases', 1e-14) } : {}
  return {
    constants:
      path === 'waves'
        ? [
            searchedConstant({
              name: 'rightDerivative',
              printed: 1,
              sharp: 1,
              method: 'derivation',
              // What the quotient cannot do without: its value less the error of the step.
              found: steepest.ratio - steepest.error,
              extremal: { t: steepest.t, slope: steepest.slope, where: 'g(t) = h(t), g > 0 increasing' },
              seed,
            }),
          ]
        : [],
    measured: { overBound: worst, points: exact(records, 'counted'), ...examples },
  }
}

function judge(records: readonly ClaimRecord<Lemma81Spec>[]): Verdict {
  return derivedVerdict(records, inside => {
    const slip = inside.find(({ measured }) => (measured.caseOne?.low ?? 0) > 0)
    const seen = slip
      ? ` Case 1 of the printed proof is false at $g'(t)=0$: for $g(s)=(s-1)^3$, $h(1.1)-h(1)=${inWords(slip.measured.caseOne!.value)}$, not 0.`
      : ''
    return {
      status: 'holds',
      basis: 'derivation',
      reason: `$\\partial^+h=\\max\\{0,g'\\}$ where $g=h$ and 0 elsewhere.${seen} The $g$ of the proof of Theorem 4.2 is not $C^1$, as a maximum norm has kinks.`,
      repair:
        "in the proof: $h$ is constant to the right only for $g'(t)<0$; at $g'(t)=0$, $h(t+\\varepsilon)-h(t)=o(\\varepsilon)$. In the hypothesis: $g$ continuous with a right derivative is enough, and is what (68) has.",
    }
  })
}
