/**
 * Beyond Definition 5.1: which weight of positions against momenta is best, and what that does to N_0.
 * Derivation: docs/claims.md#beyond-the-weight-in-delta
 * @source beyond Definition 5.1, (69), (75), (78)
 */

import { measureDeviations, quartiles } from '../../attacks/beyond/beyondFlows.js'
import { lipschitzAt } from '../../attacks/section8/chaosThreshold.js'
import { requireInteger, requireNumber } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { maximizeLocally } from '../../base/numerics/optimize.js'
import { findRoot } from '../../base/numerics/roots.js'
import { type Estimate, estimated, exact } from '../../base/statistics/estimate.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, searchedConstant } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'

export type BeyondWeightSpec = {
  readonly delta: number
  readonly T: number
  /** Particles of the flows that show a stability quotient. */
  readonly N: number
  readonly replicates: number
  /** The weight, in units of sqrt K. */
  readonly weight: number
  /** The largest coefficient in b' <= k a over K; above 1 the hypothesis is broken on purpose. */
  readonly overshoot: number
}

const bound: Formula = formula('max(w, K / w)')
const best: Formula = formula('sqrt(K)')
const growth: Formula = formula('max(cosh(y) + sinh(y) / r, cosh(y) + r * sinh(y))', { r: 'w/\\sqrt K' })
const envelope: Formula = formula('max(r, 1 / r) * exp(y)', { r: 'w/\\sqrt K' })

/** The weight in Delta. */
export const beyondWeight: Claim<BeyondWeightSpec> = declareClaim({
  id: 'beyond-weight',
  order: 390,
  label: 'Beyond: the weight in $\\Delta$',
  title: 'Is there a better weight than the root of log N?',
  statement:
    'If $a^\\prime\\le b$ and $b^\\prime\\le Ka$, then $wa+b$ grows at most at the rate $\\max\\{w,K/w\\}$; the best weight is $w=\\sqrt K$ with the rate $\\sqrt K$, and no norm of $(a,b)$ has a smaller one.',
  bound,
  formulas: { best, growth, envelope },
  quantities: {
    measured: '$|K(\\Psi)-K(\\Phi)|_\\infty/|\\Psi^1-\\Phi^1|_\\infty$ in flows',
    proof: '$K(N)$ of the proof at the $N$ of the flows',
    printed: '$\\log_{10}N_0$, $K(N)$, printed weight',
    best: '$\\log_{10}N_0$, $K(N)$, best weight',
    flowPrinted: '$\\log_{10}N_0$, $K$ of the flows, printed weight',
    flowBest: '$\\log_{10}N_0$, $K$ of the flows, best weight',
    rate: 'largest $\\sqrt K$ / rate over weights $w$',
  },
  hypotheses: [
    { text: '$\\delta<\\tfrac13$', test: ({ delta }) => delta < 1 / 3 },
    { text: '$b^\\prime\\le Ka$', test: ({ overshoot }) => overshoot <= 1 },
  ],
  defaults: [
    { delta: 0.1, T: 1, N: 256, replicates: 4, weight: 1, overshoot: 1 },
    { delta: 0.2, T: 1, N: 256, replicates: 4, weight: 0.1, overshoot: 1 },
  ],
  full: [0.1, 0.2, 0.3].flatMap(delta =>
    [256, 4096].map(N => ({ delta, T: 1, N, replicates: 5, weight: 1, overshoot: 1 })),
  ),
  controls: [
    {
      text: 'a Lipschitz constant four times as large as $K$',
      spec: { delta: 0.2, T: 1, N: 64, replicates: 3, weight: 1, overshoot: 4 },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#beyond-the-weight-in-delta',
  certificates: ['weight-rate'],
  reference: 'beyond Definition 5.1, (75), (78)',
  notebook: '12-beyond-the-theorem.ipynb#weight',
  figure: 'beyond-weight',
  test: 'beyond',
})

async function measure(spec: BeyondWeightSpec, { seed, signal }: MeasureContext) {
  const delta = requireNumber('delta', spec.delta, 0, 0.333)
  const T = requireNumber('T', spec.T, 1e-3, 10)
  const N = requireInteger('N', spec.N, 4, 1e5)
  const replicates = requireInteger('replicates', spec.replicates, 3, 1e4)
  const weight = requireNumber('weight', spec.weight, 1e-6, 1e6)
  const overshoot = requireNumber('overshoot', spec.overshoot, 0, 100)
  const found = await measureDeviations({ least: N, most: N, replicates, delta, sigma: 1, T }, seed, signal)
  const K = quartiles(found.quotient[0]!)
  const m = gaussianLaw().rhoSup
  const proof = (L: number): number => lipschitzAt(L, delta, m)
  const flow = (): number => K.value
  const logN = Math.log(N)
  const growth = largestGrowth(weight, overshoot)
  // The search knows the rate only.
  const { value, x } = maximizeLocally(
    ([u]) => Math.sqrt(proof(logN)) / bound.evaluate({ w: Math.exp(u!), K: proof(logN) }),
    [0],
    1,
  )
  return {
    constants: [
      searchedConstant({
        name: 'rate',
        printed: Math.sqrt(proof(logN)) / bound.evaluate({ w: Math.sqrt(logN), K: proof(logN) }),
        sharp: 1,
        method: 'closed form',
        found: value,
        // A kink: the simplex halves its edge until rounding, some 1e-8 of the weight.
        foundError: 1e-7,
        evidence: 'algebra',
        extremal: { weight: Math.exp(x[0]!), K: proof(logN) },
        seed,
      }),
    ],
    measured: {
      overBound: estimated(growth, 1e-6 * growth, 'Runge-Kutta, growth / max{r, 1/r} e^y'),
      measured: { ...K, seed },
      proof: exact(proof(logN), 'closed form', 1e-13),
      printed: weightThreshold(proof, L => Math.sqrt(L), delta, T),
      best: weightThreshold(proof, L => Math.sqrt(proof(L)), delta, T),
      flowPrinted: weightThreshold(flow, L => Math.sqrt(L), delta, T),
      flowBest: weightThreshold(flow, () => Math.sqrt(K.value), delta, T),
    },
  }
}

/** log10 of the N where rate T + ln 2 = ((1 - 3 delta)/2) log N, the largest root. */
export function weightThreshold(
  K: (L: number) => number,
  weight: (L: number) => number,
  delta: number,
  T: number,
): Estimate {
  const room = 0.5 * (1 - 3 * delta)
  const excess = (L: number): number => room * L - T * bound.evaluate({ w: weight(L), K: K(L) }) - Math.LN2
  let high = 1e12
  while (excess(high / 2) > 0 && high > 1e-3) high /= 2
  return exact(findRoot(excess, high / 2, high) / Math.LN10, 'root', 1e-10)
}

/**
 * Growth of r a + b over y = 0.5, 1, 2, 4 with K = 1 in units of the envelope max{r, 1/r} e^y, for the solution with
 * equality and for coefficients that switch between 1 and less, all times `overshoot`: by Runge-Kutta steps, which know
 * neither cosh nor sinh.
 */
export function largestGrowth(r: number, overshoot: number = 1): number {
  let worst = 0
  for (const y of [0.5, 1, 2, 4]) {
    for (const floor of [1, 0.5, 0]) {
      for (const start of [
        [1 / r, 0],
        [0, 1],
        [0.5 / r, 0.5],
      ]) {
        let [a, b] = start as [number, number]
        const steps = 400
        const h = y / steps
        for (let n = 0; n < steps; n++) {
          const k = overshoot * (n % 40 < 20 ? 1 : floor)
          // The exponential of h [[0, 1], [k, 0]] to fourth order.
          const [a1, b1] = [b, k * a]
          const [a2, b2] = [b1, k * a1]
          const [a3, b3] = [b2, k * a2]
          const [a4, b4] = [b3, k * a3]
          a += h * (a1 + (h / 2) * (a2 + (h / 3) * (a3 + (h / 4) * a4)))
          b += h * (b1 + (h / 2) * (b2 + (h / 3) * (b3 + (h / 4) * b4)))
        }
        worst = Math.max(worst, (r * a + b) / envelope.evaluate({ r, y }))
      }
    }
  }
  return worst
}

function judge(records: readonly ClaimRecord<BeyondWeightSpec>[]): Verdict {
  return derivedVerdict(records, inside => {
    const list = inside.map(record => {
      const of = (name: string): string => inWords(measuredValue(record, name), 3)
      return `$\\delta=${record.spec.delta}$: $\\log_{10}N_0$ is ${of('printed')} with the printed weight and ${of('best')} with the best one; with the quotient ${of('measured')} of the flows in place of $K=${of('proof')}$ ${of('flowPrinted')} and ${of('flowBest')}`
    })
    return {
      status: 'holds',
      basis: 'derivation',
      reason: `$w=\\sqrt K$ is best, and no norm beats its rate, an eigenvalue. The printed weight costs a rate in Gronwall's step only: its $\\Delta$ grows like the best one up to a constant factor. Gaussian, $T=1$, typical additive term, ${list.join('; ')}.`,
    }
  })
}
