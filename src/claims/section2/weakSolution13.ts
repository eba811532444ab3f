/**
 * (13): the empirical density of N particles is itself a weak solution of (10). It holds, and the convention
 * k^N_delta(0) = 0 is what makes it hold.
 * Derivation: docs/claims.md#13
 * @source (5), (8), (13)
 */
import { weakResidual } from '../../attacks/section2/weakResidual.js'
import { requireN, requireOneOf, requirePositive } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { randomStream } from '../../base/random.js'
import { estimated } from '../../base/statistics/estimate.js'
import { forces } from '../../forces/forces.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { type Kernel, kernelForce } from '../../interaction/kernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Claim, ClaimRecord, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords, ofSample } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'

export type WeakSolution13Spec = {
  readonly N: number
  readonly delta: number
  /**
   * k(0): 'zero' as in the convention after (4), or 'one-sided', the limit of (2)/|q| from one side, k(0) = N^(2 delta)
   * e_1.
   */
  readonly origin: 'zero' | 'one-sided'
}

/** The rounding of a sum of N terms of size up to N^(2 delta), some 8 operations each, divided by N. */
const bound: Formula = formula('epsilon * (N + 8) * N^(2 * delta)', { epsilon: '2^{-52}', delta: '\\delta' })

/** (13): (1/N) sum_j k(q_i - q_j) = k*mu_t(q_i). */
export const weakSolution13: Claim<WeakSolution13Spec> = declareClaim({
  id: '13',
  order: 20,
  label: '(13)',
  title: 'The empirical density is itself a weak solution',
  statement:
    '$\\frac1N\\sum_jk^N_\\delta(q_i-q_j)=k^N_\\delta*\\mu^N_t[Z](q_i)$, so $\\mu^N_t[Z]$ is a weak solution of (10).',
  bound,
  formulas: {},
  quantities: {
    weakResidual: 'residual of the weak form on $[0,\\tfrac12]$, extrapolated to step 0, over the largest change',
    residualRatio: 'residual with step $h$ / residual with step $h/2$',
  },
  hypotheses: [
    { text: '$k^N_\\delta(0)=0$', test: ({ origin }) => origin === 'zero' },
    { text: '$k^N_\\delta$ continuous: $\\delta<\\infty$', test: ({ delta }) => Number.isFinite(delta) },
  ],
  defaults: [
    { N: 2, delta: 0.3, origin: 'zero' },
    { N: 64, delta: 0.3, origin: 'zero' },
    { N: 256, delta: 0.2, origin: 'zero' },
  ],
  controls: [
    {
      text: 'a kernel with $k(0)\\ne0$: the term $i=j$ counts',
      spec: { N: 64, delta: 0.3, origin: 'one-sided' },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#13',
  reference: '(5), (8), (13)',
  notebook: '01-vlasov-poisson.ipynb#empirical-density',
  figure: 'weak-solution',
  test: 'derivedClaims',
})

function measure(spec: WeakSolution13Spec, { seed }: MeasureContext) {
  const N = requireN(spec.N)
  const delta = requirePositive('delta', spec.delta)
  requireOneOf('origin', spec.origin, ['zero', 'one-sided'])
  const kernel = cutoffKernel({ N, delta })
  const law = gaussianLaw()
  const Z = law.sample(N, randomStream({ seed: `${seed}/claim-13`, law: law.name, N }))
  // Two particles at one place: the term of the pair is k(0) as well, and does not count in (5).
  if (N > 2) for (let a = 0; a < 3; a++) Z.q[a * N] = Z.q[a * N + 1]!
  const particles = forces(Z, kernel, { method: 'direct', precision: 'f64' }).force
  const measure = convolution(Z.q, kernel, spec.origin === 'zero' ? 0 : N ** (2 * delta))
  let worst = 0
  for (let k = 0; k < particles.length; k++) worst = Math.max(worst, Math.abs(particles[k]! - measure[k]!))
  const rounding = bound.evaluate({ N, delta, epsilon: Number.EPSILON })
  const [coarse, fine] = [weakResidual(Z, kernel, 64), weakResidual(Z, kernel, 128)]
  // Leapfrog and trapezoidal rule are both of order 2.
  const limit = Math.abs(4 * fine.residual - coarse.residual) / 3
  return {
    constants: [],
    measured: {
      overBound: ofSample(worst / rounding, 0, 'one sample, (5) by the direct sum, k*mu by a plain loop', seed),
      weakResidual: {
        ...estimated(limit / fine.change, Math.abs(fine.residual / fine.change), 'Richardson, steps 1/128 and 1/256'),
        seed,
      },
      residualRatio: ofSample(coarse.residual / fine.residual, 0, 'one sample, leapfrog', seed),
    },
  }
}

/** k*mu at every particle, all j = 1, ..., N, with the first component of k(0) given. */
function convolution(q: Float64Array, kernel: Kernel, origin: number): Float64Array {
  const N = q.length / 3
  const out = new Float64Array(3 * N)
  const [apart, k] = [new Float64Array(3), new Float64Array(3)]
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) {
      for (let a = 0; a < 3; a++) apart[a] = q[a * N + i]! - q[a * N + j]!
      kernelForce(kernel, apart, k)
      if (i === j) k[0] = origin
      for (let a = 0; a < 3; a++) out[a * N + i] = out[a * N + i]! + k[a]! / N
    }
  }
  return out
}

function judge(records: readonly ClaimRecord<WeakSolution13Spec>[]): Verdict {
  return derivedVerdict(records, inside => ({
    status: 'holds',
    basis: 'derivation',
    reason: `Exactly because $k^N_\\delta(0)=0$: the convolution has the term $i=j$, (5) has no self-force. Both sums agree to rounding, and what is left of the weak form along (5) falls by the factor ${inWords(Math.min(...inside.map(record => measuredValue(record, 'residualRatio'))), 3)} when the step is halved. $\\mu^N_t$ is the unique measure solution (Dobrushin), not one in $L^\\infty$.`,
  }))
}
