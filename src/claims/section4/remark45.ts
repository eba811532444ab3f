/**
 * Remarks 4.5: the size of the cut-off, external forces and noise, and W_infinity. They hold, with hypotheses that the
 * remark leaves out.
 * Derivation: docs/claims.md#remarks-45
 * @source Remarks 4.5
 */

import { type Remark45Run, type Remark45Spec, remark45Run, STEPS } from '../../attacks/section4/remark45Run.js'
import type { Configuration } from '../../base/configuration.js'
import { maximum } from '../../base/extent.js'
import { type Formula, formula } from '../../base/formula.js'
import { median } from '../../base/statistics/bootstrapSlope.js'
import { bottleneckDistance } from '../../transport/bottleneck/bottleneckDistance.js'
import { phaseCloud } from '../../transport/pointCloud.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, ofSample } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'

const SYMBOLS = { s: 's', f: 'f', E: '\\operatorname{Lip}(E)' }
/** What may be added to the momenta's deviation per unit of time. */
const bound: Formula = formula('s + f + E * x', SYMBOLS)

/** Remarks 4.5. */
export const remark45: Claim<Remark45Spec> = declareClaim({
  id: '4.5',
  order: 130,
  label: 'Remarks 4.5',
  title: 'The cut-off at the distance of neighbours, external forces and noise, and W_infinity',
  statement:
    'The cut-off may come as near $N^{-1/3}$, the typical distance to the nearest neighbour, as one likes; external forces or noise may be added; the dynamical estimates hold for $W_\\infty$.',
  bound,
  formulas: {},
  quantities: {
    deviation: '$|\\Psi-\\Phi|_\\infty$ at $T$',
    infinite: '$W_\\infty(\\mu[\\Psi],\\mu[\\Phi])/|\\Psi-\\Phi|_\\infty$',
    nearest: 'median distance to the nearest neighbour times $N^{1/3}$',
    closest: 'smallest distance times $N^{2/3}$',
  },
  hypotheses: [
    { text: 'both flows have the same Brownian paths', test: ({ added }) => added !== 'other-noise' },
    { text: '$0<\\delta<\\tfrac13$', test: ({ delta }) => delta > 0 && delta < 1 / 3 },
  ],
  defaults: (['nothing', 'force', 'noise'] as const).map(added => ({ N: 128, delta: 0.3, added })),
  full: [128, 512].flatMap(N => (['nothing', 'force', 'noise'] as const).map(added => ({ N, delta: 0.3, added }))),
  controls: [
    {
      text: 'independent Brownian paths for the two flows',
      spec: { N: 128, delta: 0.3, added: 'other-noise' },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#remarks-45',
  reference: 'Remarks 4.5',
  notebook: '08-molecular-chaos.ipynb#remarks-45',
  figure: 'noise-on-both-flows',
  test: 'derivedClaims',
})

/** What (2) allows for the momenta at the times of a run: the integral of the bound, by the trapezoidal rule. */
export function allowedMomenta({ terms }: Pick<Remark45Run, 'terms'>): number[] {
  const rates = terms.map(term => bound.evaluate(term))
  let integral = 0
  return rates.map((rate, n) => {
    if (n > 0) integral += (0.5 * (rates[n - 1]! + rate)) / STEPS
    return integral
  })
}

async function measure(spec: Remark45Spec, { seed, signal }: MeasureContext) {
  const run = await remark45Run(spec, seed, signal)
  const { start, Psi, Phi, momentum, terms } = run
  const allowed = allowedMomenta(run)
  const { N } = spec
  const chain = maximum(momentum.slice(1).map((value, n) => value / allowed[n + 1]!))
  const apart = Math.max(terms.at(-1)!.x, momentum.at(-1)!)
  const { nearest, closest } = neighbours(start)
  return {
    constants: [],
    measured: {
      // Leapfrog's momenta are the trapezoidal sums of the same forces, so (2) holds for the steps themselves, up to
      // the noise inside a step.
      overBound: ofSample(chain, 0.01, `one run, ${STEPS} steps, trapezoidal rule`, seed),
      deviation: ofSample(apart, 1e-2, 'one run', seed),
      infinite: ofSample(
        bottleneckDistance(phaseCloud(Psi), phaseCloud(Phi)).value / apart,
        1e-3,
        'exact W_inf of one run',
        seed,
      ),
      nearest: ofSample(nearest * N ** (1 / 3), 0, 'over the particles of one sample', seed),
      closest: ofSample(closest * N ** (2 / 3), 0, 'one sample', seed),
    },
  }
}

/** The median of the distances to the nearest neighbour, and the smallest of all. */
function neighbours({ N, q }: Configuration): { readonly nearest: number; readonly closest: number } {
  const distances = Float64Array.from({ length: N }, (_, i) => {
    let best = Number.POSITIVE_INFINITY
    for (let j = 0; j < N; j++) {
      if (j === i) continue
      const [a, b, c] = [q[i]! - q[j]!, q[N + i]! - q[N + j]!, q[2 * N + i]! - q[2 * N + j]!]
      best = Math.min(best, a * a + b * b + c * c)
    }
    return Math.sqrt(best)
  })
  return { nearest: median(distances), closest: distances.reduce((a, b) => Math.min(a, b)) }
}

function judge(records: readonly ClaimRecord<Remark45Spec>[]): Verdict {
  return derivedVerdict(records, inside => {
    const rows = inside.map(record => {
      const { added, N } = record.spec
      return `${inWords(measuredValue(record, 'deviation'), 2)} with ${added} added ($N=${N}$)`
    })
    const infinite = maximum(inside.map(record => measuredValue(record, 'infinite')))
    return {
      status: 'holds with a repaired constant or hypothesis',
      basis: 'derivation',
      reason: `On the same Brownian paths additive noise drops out of $\\Psi-\\Phi$, friction helps, a force adds its Lipschitz constant to $C_0\\log N$. Measured $|\\Psi-\\Phi|_\\infty$ at $t=1$: ${rows.join(', ')}. $W_\\infty$ is ${inWords(infinite, 3)} times that at most ($\\sqrt6$ is allowed). Half of the particles have a neighbour within ${inWords(measuredValue(inside[0]!, 'nearest'), 2)}$\\,N^{-1/3}$; the smallest distance is of order $N^{-2/3}$.`,
      repair:
        'the noise must be additive and the same for both flows, the force Lipschitz; then $C_0\\log N+\\operatorname{Lip}(E)$.',
    }
  })
}
