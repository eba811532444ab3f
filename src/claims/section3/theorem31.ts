/**
 * Theorem 3.1 (Lions and Perthame), (18)-(21): moments and density of solutions stay finite. Quoted, so literature;
 * what can be derived is how large they can get, given the force, and that is measured along solutions.
 * Derivation: docs/claims.md#theorem-31
 * @source Theorem 3.1, (18)-(21); Lions and Perthame 1991, doi:10.1007/BF01232273
 */

import { spreadBound } from '../../attacks/section3/spreadBound.js'
import { requireOneOf, requirePositive } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { estimated, exact } from '../../base/statistics/estimate.js'
import { type RadialField, radialField } from '../../flow/field/radial/radialField.js'
import { coulombKernel } from '../../interaction/coulombKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import type { Claim, ClaimRecord, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict, inWords } from '../core/derived.js'
import { measuredValue } from '../core/evidence.js'

export type Theorem31Spec = {
  /** 'focusing': Kurth's law, all momenta towards the centre but for P = 0.02: not in L^infinity. */
  readonly law: 'gaussian' | 'focusing'
  readonly sigma: 1 | -1
  readonly T: number
}

const SYMBOLS = { M: 'M_m(0)', h: '\\int_0^t\\|k*\\rho_s\\|_\\infty ds', m: 'm' }
const bound: Formula = formula('(M^(1 / m) + h)^m', SYMBOLS)
const sharpForce: Formula = formula('4 pi / 5 * (15 / (4 pi))^(1/3) * normInf^(2/3)', {
  normInf: '\\|\\rho\\|_\\infty',
})
const TIMES = 10
/** Width of the momenta of the normal law: cold enough for the density to grow when it attracts itself. */
const SPREAD = 0.5
const FOCUS = 0.02

/** Theorem 3.1: sup int |p|^m f_t and sup ||rho_t||_inf are finite. */
export const theorem31: Claim<Theorem31Spec> = declareClaim({
  id: '3.1',
  order: 40,
  place: { label: 'Thm 3.1', gist: 'solutions exist', column: 0, row: 2.5, feeds: ['3.2'] },
  label: 'Theorem 3.1',
  title: 'Solutions keep their moments and a bounded density',
  statement:
    '$f_0\\in L^1\\cap L^\\infty$, $\\int|p|^mf_0<\\infty$ for $m<m_0$: for $m_0>3$ a solution with $\\sup_{[0,T]}\\int|p|^mf(t)<\\infty$ exists, and for $m_0>6$ and (20) $\\sup_{[0,T]}\\|\\rho_t\\|_\\infty<\\infty$.',
  bound,
  formulas: { sharpForce },
  quantities: {
    momentOverBound: 'sup over $t$ of $\\int|p|^4f_t$ / bound (19)',
    densityOverBound: 'sup over $t$ of $\\|\\rho_t\\|_\\infty$ / bound by (20)',
    forceOverBound: 'sup over $t$ of $\\|k*\\rho_t\\|_\\infty$ / sharp bound by Lemma 3.4',
    density: 'sup over $t$ of $\\|\\rho_t\\|_\\infty$',
    moment: 'sup over $t$ of $\\int|p|^4f_t$',
  },
  hypotheses: [
    { text: '$f_0\\in L^1\\cap L^\\infty$', test: ({ law }) => law === 'gaussian' },
    { text: '$\\int|p|^mf_0<\\infty$ for some $m>6$', test: () => Number.isFinite(gaussianLaw().momentumMoment(7)) },
    { text: '(20)', test: ({ law }) => law === 'gaussian' },
  ],
  defaults: [
    { law: 'gaussian', sigma: 1, T: 1.5 },
    { law: 'gaussian', sigma: -1, T: 1.5 },
  ],
  full: ([1, -1] as const).flatMap(sigma => [2, 5, 10].map(T => ({ law: 'gaussian' as const, sigma, T }))),
  controls: [
    {
      text: 'a density $f_0$ that is not bounded, focused on the origin',
      spec: { law: 'focusing', sigma: 1, T: 1 },
      expect: { quantity: 'overBound', above: 1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#theorem-31',
  reference: 'Theorem 3.1, (18)-(21)',
  notebook: '03-existence.ipynb#theorem-31',
  figure: 'density-in-time',
  test: 'derivedClaims',
})

function measure(spec: Theorem31Spec) {
  const T = requirePositive('T', spec.T)
  requireOneOf('law', spec.law, ['gaussian', 'focusing'])
  if (spec.law === 'focusing') {
    // Free motion: R(t)^2 = (1 - t)^2 + (P t)^2, smallest near t = 1. The bound is that of a bounded law of the same
    // support.
    const sup = uniformBallLaw().rhoSup * Math.hypot(1 - Math.min(T, 1), FOCUS * Math.min(T, 1)) ** -3
    return {
      constants: [],
      measured: {
        density: exact(sup, 'closed form, no interaction'),
        overBound: exact(
          sup / spreadBound('uniform-ball', 0),
          'density / bound by (20) of the uniform law on the support',
        ),
      },
    }
  }
  const field = radialField({
    law: gaussianLaw({ sigmaP: SPREAD }),
    kernel: coulombKernel({ sigma: spec.sigma }),
    T,
    tolerance: 1e-4,
  })
  let [moment, density, force, sup, h, before] = [0, 0, 0, 0, 0, 0]
  const start = field.momentumMoment(0, 4).value
  for (let n = 0; n <= TIMES; n++) {
    const t = (n / TIMES) * T
    const now = largestForce(field, t)
    const rho = field.densitySup(t).value
    // The larger of both ends on every interval: F is monotone between them at this resolution.
    if (n > 0) h += (T / TIMES) * Math.max(before, now)
    before = now
    sup = Math.max(sup, rho)
    force = Math.max(force, now / sharpForce.evaluate({ normInf: rho }))
    // At t = 0 the bounds are equalities.
    if (n === 0) continue
    moment = Math.max(moment, field.momentumMoment(t, 4).value / bound.evaluate({ M: start, h, m: 4 }))
    density = Math.max(density, rho / spreadBound('gaussian', h / SPREAD))
  }
  const error = field.error.high / field.scale + 1e-9
  const found = (value: number): ReturnType<typeof estimated> =>
    estimated(value, value * error, 'radial solver, 11 times')
  return {
    constants: [],
    measured: {
      overBound: found(Math.max(moment, density, force)),
      momentOverBound: found(moment),
      densityOverBound: found(density),
      forceOverBound: found(force),
      density: found(sup),
      moment: found(field.momentumMoment(T, 4).value),
    },
  }
}

/** ||k*rho_t||_inf over 400 radii up to 8, where |k*rho| is below its maximum. */
function largestForce(field: RadialField, t: number): number {
  let most = 0
  for (let i = 1; i <= 400; i++) most = Math.max(most, Math.abs(field.radial(t, i / 50)))
  return most
}

function judge(records: readonly ClaimRecord<Theorem31Spec>[]): Verdict {
  return derivedVerdict(records, inside => {
    const list = (name: string): string => inside.map(record => inWords(measuredValue(record, name), 2)).join(', ')
    return {
      status: 'holds',
      basis: 'literature',
      gist: 'A theorem of Lions and Perthame; the inequalities behind it hold along computed solutions, with explicit constants.',
      reason: `Lions and Perthame. Along solutions from normal data ($\\sigma=1,-1$, width $\\tfrac12$ of the momenta) the inequalities behind it, with the constants made explicit, are used to ${list('momentOverBound')} (fourth moment), ${list('densityOverBound')} (density by (20)) and ${list('forceOverBound')} (force by Lemma 3.4). They close for short times only; that the force stays finite is the theorem.`,
    }
  })
}
