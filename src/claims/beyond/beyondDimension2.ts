/**
 * Beyond d = 3: the law of large numbers for forces in the plane, k = q/|q|^2. Both flows run there too, with a planar
 * law, but this claim is about forces alone.
 * Derivation: docs/claims.md#beyond-d2
 * @source beyond Proposition 7.2; general dimension in section 2
 */

import { quartiles } from '../../attacks/beyond/beyondFlows.js'
import { disc, largestInPlane } from '../../attacks/beyond/forceInPlane.js'
import { requireInteger, requireNumber } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { integrate } from '../../base/numerics/quadrature.js'
import { randomStream } from '../../base/random.js'
import { confident, exact, inUnitsOf } from '../../base/statistics/estimate.js'
import { medianEstimate } from '../../base/statistics/medianEstimate.js'
import { meanAndStandardError } from '../../base/statistics/statistics.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, searchedConstant } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'
import { refuted } from '../core/verdicts.js'

export type BeyondDimension2Spec = {
  readonly N: number
  readonly delta: number
  /** Samples for the force at the centre. */
  readonly replicates: number
  /** Each independent particle is there so many times; 1: all are independent. */
  readonly copies: number
}

const bound: Formula = formula('sqrt((1 / 2 + 2 * delta * log(N)) / N)', { delta: '\\delta' })
const FULL_SAMPLES = 12

/** The force on independent particles in the plane. */
export const beyondDimension2: Claim<BeyondDimension2Spec> = declareClaim({
  id: 'beyond-dimension-2',
  order: 420,
  label: 'Beyond: $d=2$',
  title: 'The force on independent particles in the plane',
  statement:
    'For $k=q/|q|^2$ in the plane with the cut-off (4) and $\\rho$ uniform on the unit disc, $E|K-\\bar K|^2$ at the centre is $(\\tfrac12+2\\delta\\log N)/N$: $N^{-1/2}$ up to the root of a logarithm, for every $\\delta$.',
  bound,
  formulas: {},
  quantities: {
    slope: 'coefficient of $\\log(1/r_c)$ in $\\int|k|^2\\rho$',
    quotient: 'measured mean square of $K$ at the centre / exact',
    rms: 'rms of $K-\\bar K$ at the centre, exact',
    largest: 'largest $|K-\\bar K|$ over particles with $|q|<1-r_c$',
    unit: 'that over $(\\log N)^{1/2}$ rms',
  },
  hypotheses: [{ text: 'independent particles', test: ({ copies }) => copies === 1 }],
  defaults: [
    { N: 256, delta: 0.5, replicates: 1000, copies: 1 },
    { N: 1024, delta: 0.5, replicates: 1000, copies: 1 },
    { N: 1024, delta: 0.25, replicates: 1000, copies: 1 },
  ],
  controls: [
    {
      text: 'ten copies of each particle',
      spec: { N: 256, delta: 0.5, replicates: 1000, copies: 10 },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#beyond-d2',
  certificates: ['plane-core'],
  reference: 'beyond Proposition 7.2',
  notebook: '12-beyond-the-theorem.ipynb#plane',
  figure: 'plane-fluctuations',
  test: 'beyond',
})

function measure(spec: BeyondDimension2Spec, { seed }: MeasureContext) {
  const N = requireInteger('N', spec.N, 2, 1e5)
  const delta = requireNumber('delta', spec.delta, 0.05, 2)
  const replicates = requireInteger('replicates', spec.replicates, 10, 1e6)
  const copies = requireInteger('copies', spec.copies, 1, N)
  const kernel = cutoffKernel({ N, delta, d: 2 })
  const rms = bound.evaluate({ N, delta })
  const key = `${seed}/plane/${N}/${delta}/${copies}`
  const stream = randomStream(key)
  const squares = Float64Array.from({ length: replicates }, () => {
    const q = disc(N, copies, stream)
    const force = [0, 0]
    for (let i = 0; i < N; i++) {
      const r = Math.hypot(q[i]!, q[N + i]!)
      const size = kernel.magnitude(r) / r / N
      force[0]! -= size * q[i]!
      force[1]! -= size * q[N + i]!
    }
    return force[0]! ** 2 + force[1]! ** 2
  })
  const { mean, standardError } = meanAndStandardError(squares)
  const method = `${replicates} samples, four standard errors`
  const quotient = inUnitsOf(confident(mean, 4 * standardError, { level: 0.9999, method, seed }), rms ** 2)
  const wide = randomStream(`${key}/largest`)
  const sampled = Float64Array.from({ length: FULL_SAMPLES }, () => largestInPlane(N, delta, wide))
  const unit = rms * Math.sqrt(Math.log(N))
  const integral = (rc: number): number => {
    const { magnitude } = cutoffKernel({ N: 10, delta: -Math.log10(rc), d: 2 })
    // In the logarithm of the radius.
    return (
      integrate(r => 2 * r * magnitude(r) ** 2, 0, rc).value +
      integrate(x => 2 * Math.exp(2 * x) * magnitude(Math.exp(x)) ** 2, Math.log(rc) + 1e-12, 0).value
    )
  }
  return {
    constants: [
      searchedConstant({
        name: 'slope',
        printed: null,
        sharp: 2,
        sharpTex: '2\\pi\\rho(0)=2',
        method: 'closed form',
        found: (integral(1e-6) - integral(1e-3)) / Math.log(1e3),
        foundError: 1e-9,
        evidence: 'quadrature',
        extremal: { density: 'uniform disc', at: 'centre' },
        seed,
      }),
    ],
    measured: {
      overBound: quotient,
      quotient: quotient,
      rms: exact(rms, 'closed form', 1e-13),
      largest: { ...quartiles(sampled), seed },
      unit: medianEstimate(
        sampled.map(value => value / unit),
        seed,
      ),
    },
  }
}

function judge(records: readonly ClaimRecord<BeyondDimension2Spec>[]): Verdict {
  return derivedVerdict(records, inside => {
    const off = inside.find(({ measured }) => !(measured.quotient!.high >= 1))
    if (off !== undefined) return refuted('The measured fluctuation is below the exact one.', off.spec)
    const list = inside.map(record => {
      const { N, delta } = record.spec
      const of = (name: string): string => inWords(measuredValue(record, name), 3)
      return `$N=${N}$, $\\delta=${delta}$: rms ${of('rms')}, mean square ${of('quotient')} times the exact one, largest over the particles ${of('largest')}`
    })
    return {
      status: 'holds',
      basis: 'derivation',
      reason: `Where $d=3$ has the power $N^{\\delta}$ the plane has a logarithm, so thresholds $N^{-\\beta}$ with $\\beta<\\min\\{\\tfrac12,1-\\delta\\}$ are typical. ${list.join('; ')}. Flows in the plane are not measured.`,
    }
  })
}
