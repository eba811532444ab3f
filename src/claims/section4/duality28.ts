/**
 * (28), the Kantorovich-Rubinstein duality: literature, and for clouds of equally many points proved here by its own
 * certificate.
 * Derivation: docs/claims.md#28
 * @source (28); Villani, Optimal Transport, old and new, Theorem 5.10 and (6.3), doi:10.1007/978-3-540-71050-9
 */
import { dualityOf, EUCLIDEAN, SUM } from '../../attacks/section4/duality28Attack.js'
import { requireInteger, requireOneOf } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { exact } from '../../base/statistics/estimate.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, searchedConstant } from '../core/derived.js'

export type Duality28Spec = {
  /** Points per cloud, 1 to 8. */
  readonly n: number
  /** Dimension, >= 1. */
  readonly d: number
  /** 'same': Lipschitz in the norm of the cost, |.|; 'sum': Lipschitz in sum |x_a| instead, the hypothesis broken. */
  readonly norm: 'same' | 'sum'
}

const bound: Formula = formula('W', { W: 'W_1(\\mu,\\nu)' })

/** (28): W_1 = sup over g with Lipschitz constant 1 of int g dmu - int g dnu. */
export const duality28: Claim<Duality28Spec> = declareClaim({
  id: '28',
  order: 90,
  label: '(28)',
  title: 'Kantorovich-Rubinstein duality',
  statement: '$W_1(\\mu,\\nu)=\\sup_{\\|g\\|_{Lip}\\le1}\\{\\int g\\,d\\mu-\\int g\\,d\\nu\\}$.',
  bound,
  formulas: {},
  quantities: {
    lipschitz: 'Lipschitz constant of $g$ on the points',
    dualOverPrimal: 'smallest over 20 pairs of clouds of the dual value / $W_1$',
  },
  hypotheses: [
    { text: 'finite first moments', test: () => true },
    { text: 'the Lipschitz constant in the norm of the cost', test: ({ norm }) => norm === 'same' },
  ],
  defaults: [
    { n: 6, d: 6, norm: 'same' },
    { n: 7, d: 2, norm: 'same' },
    { n: 6, d: 6, norm: 'sum' },
  ],
  controls: [
    {
      text: 'functions that are Lipschitz in another norm than that of the cost',
      spec: { n: 6, d: 6, norm: 'sum' },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#28',
  reference: '(28)',
  notebook: '05-distances.ipynb#duality',
  figure: 'duality',
  test: 'existenceAndChaos',
})

function measure(spec: Duality28Spec, { seed, stream }: MeasureContext) {
  const n = requireInteger('n', spec.n, 1, 8)
  const d = requireInteger('d', spec.d, 1, 12)
  const norm = requireOneOf('norm', spec.norm, ['same', 'sum'])
  const draw = stream(n, d, norm)
  const cloud = (): Float64Array[] =>
    Array.from({ length: n }, () => Float64Array.from({ length: d }, () => draw.normal()))
  let least = Number.POSITIVE_INFINITY
  let most = 0
  let lipschitz = 0
  for (let trial = 0; trial < 20; trial++) {
    const [X, Y] = [cloud(), cloud()]
    const { primal } = dualityOf(X, Y, EUCLIDEAN)
    const certificate = dualityOf(X, Y, norm === 'same' ? EUCLIDEAN : SUM)
    const quotient = certificate.dual / bound.evaluate({ W: primal })
    least = Math.min(least, quotient)
    most = Math.max(most, quotient)
    lipschitz = Math.max(lipschitz, certificate.lipschitz)
  }
  return {
    constants:
      norm === 'same'
        ? [
            searchedConstant({
              name: 'dualOverPrimal',
              printed: 1,
              sharp: 1,
              method: 'duality',
              found: least,
              extremal: { g: 'min over j of v_j + |z - y_j|', clouds: 20 },
              seed,
            }),
          ]
        : [],
    measured: {
      overBound: { ...exact(most, 'dual value / W_1, largest of 20', 1e-13), seed },
      lipschitz: { ...exact(lipschitz, 'all pairs', 1e-13), seed },
    },
  }
}

function judge(records: readonly ClaimRecord<Duality28Spec>[]): Verdict {
  return derivedVerdict(records, () => ({
    status: 'holds',
    basis: 'literature',
    reason:
      'Kantorovich and Rubinstein; for clouds of equally many points derived, and each optimal $g$ found has Lipschitz constant 1 and attains $W_1$. Both norms must be the same one, and first moments finite.',
  }))
}
