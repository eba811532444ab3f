/**
 * Beyond (4): other regularisations. The same exponent, and a prefactor in closed form.
 * Derivation: docs/claims.md#beyond-other-regularisations
 * @source beyond Definition 2.1
 */
import { requireInteger, requireNumber, requireOneOf } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { integrate } from '../../base/numerics/quadrature.js'
import { confident, exact, inUnitsOf } from '../../base/statistics/estimate.js'
import { meanAndStandardError } from '../../base/statistics/statistics.js'
import { measureFluctuations } from '../../concentration/fluctuations.js'
import { secondMoments } from '../../concentration/secondMoments.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import type { ProfileName } from '../../interaction/profiles.generated.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, searchedConstant } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'
import { refuted } from '../core/verdicts.js'

export type BeyondRegularisationsSpec = {
  readonly profile: ProfileName
  readonly N: number
  readonly delta: number
  readonly replicates: number
  /** Each independent particle is there so many times; 1: all are independent. */
  readonly copies: number
}

const bound: Formula = formula('sqrt(4 pi * R * V) * N^(-(1 - delta) / 2)', {
  R: '\\|\\rho\\|_2^2',
  delta: '\\delta',
})
/** V, where it has a closed form. */
const CLOSED: Readonly<Partial<Record<ProfileName, { readonly V: number; readonly tex: string }>>> = {
  truncated: { V: 6 / 5, tex: '\\tfrac65' },
  cubicSpline: { V: 10 / 7, tex: '\\tfrac{10}7' },
  plummer: { V: (3 * Math.PI) / 16, tex: '\\tfrac{3\\pi}{16}' },
}

/** Other profiles of the cut-off. */
export const beyondRegularisations: Claim<BeyondRegularisationsSpec> = declareClaim({
  id: 'beyond-regularisations',
  order: 410,
  label: 'Beyond: other regularisations',
  title: 'The same exponent with another prefactor',
  statement:
    'The root mean square of $|K-\\bar K|$ is $(4\\pi\\|\\rho\\|_2^2V)^{1/2}N^{-(1-\\delta)/2}(1+o(1))$ with $V=\\int g^2s^2ds$: $\\tfrac65$ for (4), $\\tfrac{10}7$ for the cubic spline, $\\tfrac{3\\pi}{16}$ for Plummer’s.',
  bound,
  formulas: {},
  quantities: {
    V: '$V=\\int g^2s^2\\,ds$',
    ratio: 'prefactor over that of (4)',
    limit: '$N^{(1-\\delta)/2}$ rms of $|K-\\bar K|$ over its limit, exact at $N=10^{15}$',
    measured: 'measured mean square of $|K-\\bar K|$ / exact',
  },
  hypotheses: [{ text: 'independent particles', test: ({ copies }) => copies === 1 }],
  defaults: (['truncated', 'cubicSpline', 'smooth', 'plummer'] as const).map(profile => ({
    ...{ profile, N: 256, delta: 0.3, replicates: 20, copies: 1 },
  })),
  controls: [
    {
      text: 'ten copies of each particle',
      spec: { profile: 'truncated', N: 256, delta: 0.3, replicates: 20, copies: 10 },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#beyond-other-regularisations',
  certificates: ['regularisation-truncated', 'regularisation-cubic', 'regularisation-plummer', 'regularisation-smooth'],
  reference: 'beyond Definition 2.1',
  notebook: '12-beyond-the-theorem.ipynb#regularisations',
  figure: 'law-of-large-numbers',
  test: 'beyond',
})

function measure(spec: BeyondRegularisationsSpec, { seed }: MeasureContext) {
  const profile = requireOneOf('profile', spec.profile, ['truncated', 'cubicSpline', 'smooth', 'plummer'])
  const N = requireInteger('N', spec.N, 2, 1e4)
  const delta = requireNumber('delta', spec.delta, 0.05, 0.6)
  const replicates = requireInteger('replicates', spec.replicates, 10, 1e4)
  const copies = requireInteger('copies', spec.copies, 1, N)
  const law = uniformBallLaw()
  // N = 1: the kernel in units of its cut-off.
  const unit = cutoffKernel({ N: 1, delta: 0, profile })
  const square = (s: number): number => (unit.magnitude(s) * s) ** 2
  const V = integrate(square, 0, 1).value + integrate(t => square(1 / t) / (t * t), 0, 1).value
  const kernel = cutoffKernel({ N, delta, profile })
  const found = measureFluctuations(law, kernel, { N, replicates, seed, copies })
  const { mean, standardError } = meanAndStandardError(found.meanSquare)
  const expected = secondMoments(law, kernel, 1e-6).deviation(N).value
  // Five standard errors, as in the claims of section 7.
  const method = `${replicates} samples, five standard errors`
  const quotient = inUnitsOf(confident(mean, 5 * standardError, { level: 0.999, method, seed }), expected)
  const closed = CLOSED[profile]
  const far = 1e15
  const squareNorm = 3 / (4 * Math.PI)
  const rms = Math.sqrt(secondMoments(law, cutoffKernel({ N: far, delta, profile }), 1e-6).deviation(far).value)
  return {
    constants:
      closed === undefined
        ? []
        : [
            searchedConstant({
              name: 'V',
              printed: null,
              sharp: closed.V,
              sharpTex: closed.tex,
              method: 'closed form',
              found: V,
              evidence: 'quadrature',
              extremal: { profile },
              seed,
            }),
          ],
    measured: {
      // A measured mean square is compatible with the exact one if its interval reaches it from above.
      overBound: quotient,
      measured: quotient,
      V: exact(V, 'quadrature', 1e-12),
      ratio: exact(Math.sqrt(V / (6 / 5)), 'quadrature', 1e-12),
      limit: exact(rms / bound.evaluate({ R: squareNorm, V, N: far, delta }), 'quadrature', 1e-6),
    },
  }
}

function judge(records: readonly ClaimRecord<BeyondRegularisationsSpec>[]): Verdict {
  return derivedVerdict(records, inside => {
    const off = inside.find(({ measured }) => !(measured.measured!.high >= 1))
    if (off !== undefined) return refuted('The measured fluctuation is below the exact one.', off.spec)
    const list = inside.map(
      record =>
        `${record.spec.profile}: $V=${inWords(measuredValue(record, 'V'), 5)}$, prefactor ${inWords(measuredValue(record, 'ratio'), 4)} times that of (4)`,
    )
    return {
      status: 'holds',
      basis: 'derivation',
      reason: `The exponent is that of (4); only the prefactor changes. ${list.join('; ')}.`,
    }
  })
}
