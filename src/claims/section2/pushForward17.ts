/**
 * (17): the empirical measure of N particles that move with Phi is the initial one carried by the one-particle flow. An
 * identity; and (12)'s semigroup, on which it rests.
 * Derivation: docs/claims.md#17
 * @source (12), (14), (17)
 */

import { aloneAgainstTogether, semigroup, T } from '../../attacks/section2/aloneAgainstTogether.js'
import { requireN, requireOneOf, requirePositive } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { type Formula, formula } from '../../base/formula.js'
import { randomStream } from '../../base/random.js'
import { estimated } from '../../base/statistics/estimate.js'
import { radialField } from '../../flow/field/radial/radialField.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, ofSample } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'

export type PushForward17Spec = {
  readonly N: number
  readonly delta: number
  /** What moves the particles: 'Phi', each by itself, or 'Psi', by their pair forces. */
  readonly flow: 'Phi' | 'Psi'
}

/** The same operations on the same numbers: nothing but rounding, some 100 steps of size 1. */
const bound: Formula = formula('100 * epsilon', { epsilon: '2^{-52}' })

/** (17): mu_0[Phi(Z)] = phi # mu_0[Z]. */
export const pushForward17: Claim<PushForward17Spec> = declareClaim({
  id: '17',
  order: 30,
  label: '(17)',
  title: 'The mean field flow carries the empirical measure',
  statement: '$\\mu^N_0[\\Phi_{t,0}(Z)]=\\varphi^N_{t,0}\\#\\mu^N_0[Z]$.',
  bound,
  formulas: {},
  quantities: {
    semigroup: 'largest $|\\varphi_{1,1/2}\\circ\\varphi_{1/2,0}-\\varphi_{1,0}|$',
    semigroupCoarse: 'the same with half the steps',
  },
  hypotheses: [{ text: 'the particles move with $\\Phi$', test: ({ flow }) => flow === 'Phi' }],
  defaults: [
    { N: 10, delta: 0.3, flow: 'Phi' },
    { N: 100, delta: 0.2, flow: 'Phi' },
  ],
  controls: [
    {
      text: 'particles that feel each other: $\\Psi$ in place of $\\Phi$',
      spec: { N: 10, delta: 0.3, flow: 'Psi' },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#17',
  reference: '(12), (14), (17)',
  notebook: '04-two-flows.ipynb#lift',
  figure: 'push-forward',
  test: 'derivedClaims',
})

function measure(spec: PushForward17Spec, { seed }: MeasureContext) {
  const N = requireN(spec.N)
  const delta = requirePositive('delta', spec.delta)
  requireOneOf('flow', spec.flow, ['Phi', 'Psi'])
  const law = gaussianLaw()
  const kernel = cutoffKernel({ N, delta })
  const field = radialField({ law, kernel, T, tolerance: 1e-4 })
  const Z = law.sample(N, randomStream({ seed: `${seed}/claim-17`, law: law.name, N }))
  const worst = maximum(aloneAgainstTogether(Z, spec.flow, field))
  const [once, twice] = [semigroup(Z, field, 32), semigroup(Z, field, 64)]
  return {
    constants: [],
    measured: {
      overBound: ofSample(
        worst / bound.evaluate({ epsilon: Number.EPSILON }),
        0,
        'one sample, each particle alone against all at once',
        seed,
      ),
      semigroup: {
        ...estimated(twice, Math.abs(once - twice), 'leapfrog, 24 steps against 64; 12 against 32'),
        seed,
      },
      semigroupCoarse: ofSample(once, 0, 'one sample, leapfrog', seed),
    },
  }
}

function judge(records: readonly ClaimRecord<PushForward17Spec>[]): Verdict {
  return derivedVerdict(records, inside => ({
    status: 'holds',
    basis: 'derivation',
    gist: 'It is the definition (14) of the lift: particles moved one at a time arrive where all together do.',
    reason: `By the definition (14) of the lift. Particles moved one at a time arrive where all together do, and the semigroup of (12) holds to ${inWords(maximum(inside.map(record => measuredValue(record, 'semigroup'))), 2)}, the error of the steps.`,
  }))
}
