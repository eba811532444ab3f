/**
 * Definition 2.1 and (9): which constants the conditions i)-iv) have for the kernel (4) and for other regularisations.
 * Derivation: docs/claims.md#definition-21
 * @source Definition 2.1, (9)
 */

import { type KernelSearch, searchForceInBall, searchGradient } from '../../attacks/section2/definition21Attack.js'
import { requireDelta, requireInteger, requireN, requireNumber, requireOneOf } from '../../base/errors.js'
import { type Formula, formula } from '../../base/formula.js'
import { type Estimate, exact } from '../../base/statistics/estimate.js'
import { checkRegularisation } from '../../interaction/checkRegularisation.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { cutoffRadius } from '../../interaction/cutoffRadius.js'
import { kernelNorms } from '../../interaction/kernelNorms.js'
import { powerKernel } from '../../interaction/powerKernel.js'
import type { ProfileName } from '../../interaction/profiles.generated.js'
import type { Claim, ClaimRecord, ConstantComparison, MeasureContext, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { admissible, constantsWhere, exceedsPrinted, unsupported } from '../core/evidence.js'
import { refuted } from '../core/verdicts.js'

export type Definition21Spec = {
  /** Shape of the kernel inside the cut-off; 'truncated' is (4). */
  readonly profile: ProfileName
  /** Number of particles, a positive integer. */
  readonly N: number
  /** Cut-off exponent, >= 0 and finite. */
  readonly delta: number
  /** Exponent of the singularity, 0 < alpha <= d; 2 is Coulomb's in d = 3. */
  readonly alpha: number
  /** Dimension, an integer >= 2. */
  readonly d: number
}

const SYMBOLS = { delta: '\\delta', alpha: '\\alpha' }
const bound: Formula = formula('N^(delta * (alpha + 1))', SYMBOLS)
const force: Formula = formula('N^(delta * alpha)', SYMBOLS)
const euclidean: Formula = formula('max(1, alpha)', SYMBOLS)
const frobenius: Formula = formula('sqrt(alpha^2 + d - 1)', SYMBOLS)
const maximum: Formula = formula('((1 + alpha) * sqrt(d) + abs(alpha - 1)) / 2', SYMBOLS)

/** Definition 2.1 and (9): the kernel (4) is an S_delta^alpha kernel with iv). */
export const definition21: Claim<Definition21Spec> = declareClaim({
  id: '2.1',
  order: 10,
  place: { label: 'Def. 2.1, (9)', gist: 'the cut-off kernel', column: 0, row: 0.5, feeds: ['6.3', '7.2', '3.4'] },
  label: 'Definition 2.1, (9)',
  title: 'Conditions on the regularised kernel',
  statement:
    'i) $|k|\\le c|q|^{-\\alpha}$, $|\\nabla k|\\le c|q|^{-\\alpha-1}$; ii) $k^N_\\delta=k$ for $|q|\\ge N^{-\\delta}$; iii) $|k^N_\\delta|\\le N^{\\delta\\alpha}$ and iv) $|\\nabla k^N_\\delta|\\le N^{\\delta(\\alpha+1)}$ for $|q|<N^{-\\delta}$: the kernel (4) satisfies them.',
  bound,
  formulas: { force, euclidean, frobenius, maximum },
  quantities: {
    deviationOutside: 'ii) largest relative deviation of $k^N_\\delta$ from $k$ at $|q|\\ge N^{-\\delta}$',
    boundOfK: '$c$ in i) for $|k|$',
    gradientFrobenius: '$c$ in i) for $|\\nabla k|$, Frobenius',
    insideFrobenius: '$c$ in iv), Frobenius',
    lipschitz: 'Lipschitz constant of $k^N_\\delta$ in $N^{(\\alpha+1)\\delta}$, $|\\cdot|$',
    lipschitzMaximum: 'Lipschitz constant of $k^N_\\delta$ in $N^{(\\alpha+1)\\delta}$, $|\\cdot|_\\infty$',
    forceInside: '$c$ in iii)',
    gradientInside: '$c$ in iv), (9), $|\\cdot|$',
    gradientInsideMaximum: '$c$ in iv), (9), $|\\cdot|_\\infty$',
    gradient: '$c$ in i) for $|\\nabla k|$, $|\\cdot|$',
    gradientMaximum: '$c$ in i) for $|\\nabla k|$, $|\\cdot|_\\infty$',
  },
  hypotheses: [{ text: '$k^N_\\delta$ is the kernel (4)', test: ({ profile }) => profile === 'truncated' }],
  defaults: (['truncated', 'cubicSpline', 'smooth', 'plummer'] as const).map(profile => ({
    profile,
    N: 1000,
    delta: 1 / 3,
    alpha: 2,
    d: 3,
  })),
  controls: [
    {
      text: 'a kernel without a sharp cut-off, outside the class: ii) is broken',
      spec: { profile: 'plummer', N: 1000, delta: 1 / 3, alpha: 2, d: 3 },
      expect: { quantity: 'deviationOutside', above: 0.1 },
    },
  ],
  measure,
  judge,
  derivation: 'docs/claims.md#definition-21',
  certificates: ['cubic-force', 'cubic-gradient', 'smooth-force', 'smooth-gradient', 'smooth-gradient-maximum'],
  reference: 'Definition 2.1, (9)',
  notebook: '02-the-kernel.ipynb#definition-21',
  figure: 'regularised-kernels',
  test: 'definition21',
})

function measure(spec: Definition21Spec, { seed, stream }: MeasureContext) {
  const profile = requireOneOf('profile', spec.profile, ['truncated', 'cubicSpline', 'smooth', 'plummer'])
  const N = requireN(spec.N)
  const delta = requireDelta(spec.delta)
  if (delta === Number.POSITIVE_INFINITY) throw new RangeError('delta must be a finite number >= 0, got Infinity')
  const d = requireInteger('d', spec.d, 2)
  const alpha = requireNumber('alpha', spec.alpha, Number.MIN_VALUE, d, `a number in (0, ${d}]`)
  const kernel = cutoffKernel({ N, delta, alpha, d, profile })
  const unit = cutoffRadius(N, delta)
  const draw = stream(profile, N, delta, alpha, d)
  const check = checkRegularisation(kernel, { N, delta })
  const norms = kernelNorms(kernel)
  const inUnits = (e: Estimate): Estimate => {
    const factor = 1 / bound.evaluate({ N, delta, alpha })
    return { ...e, value: e.value * factor, low: e.low * factor, high: e.high * factor }
  }
  const constants: ConstantComparison[] = [
    compare('forceInside', 1, check.iii.constant, searchForceInBall(kernel, unit, draw), seed),
    compare(
      'gradientInside',
      1,
      check.iv.gradient.euclidean,
      searchGradient(kernel, unit, 'euclidean', 'ball', draw),
      seed,
    ),
    compare(
      'gradientInsideMaximum',
      1,
      check.iv.gradient.maximum,
      searchGradient(kernel, unit, 'maximum', 'ball', draw),
      seed,
    ),
  ]
  if (profile === 'truncated') {
    // i) is about k, which is the same for every regularisation.
    const k = powerKernel({ alpha, d })
    for (const [norm, name, closed] of [
      ['euclidean', 'gradient', euclidean],
      ['maximum', 'gradientMaximum', maximum],
    ] as const) {
      const sharp = exact(closed.evaluate({ alpha, d }), 'closed form')
      const row = compare(name, null, sharp, searchGradient(k, unit, norm, 'relative', draw), seed)
      constants.push({ ...row, sharpTex: closed.tex })
    }
  }
  return {
    constants,
    measured: {
      deviationOutside: check.ii.constant,
      boundOfK: check.i.constant,
      gradientFrobenius: exact(frobenius.evaluate({ alpha, d }), 'closed form'),
      insideFrobenius: check.iv.gradient.frobenius,
      lipschitz: inUnits(norms.lipschitz),
      lipschitzMaximum: inUnits(norms.lipschitzMax),
    },
  }
}

function compare(
  name: string,
  printed: number | null,
  sharp: Estimate,
  found: KernelSearch,
  seed: string,
): ConstantComparison {
  return {
    name,
    printed,
    sharp,
    attacked: { ...found.estimate, seed },
    extremal: { unit: 'N^-delta', q: found.q, ...(found.direction && { direction: found.direction }) },
  }
}

/** Rounding that ii) allows: two evaluations of r^-alpha, each good to a few units in the last place. */
const EQUAL = 1e-12

function judge(records: readonly ClaimRecord<Definition21Spec>[]): Verdict {
  const inside = admissible(records)
  const others = describeOthers(records)
  const broken = constantsWhere(inside, exceedsPrinted)[0]
  if (broken) {
    const { name, attacked, printed, extremal } = broken.constant
    return refuted(`The search reached ${attacked.value} for ${name}, more than the printed ${printed}.`, {
      ...broken.record.spec,
      ...extremal,
    })
  }
  const moved = inside.find(record => !(record.measured.deviationOutside!.value <= EQUAL))
  if (moved) {
    return refuted(
      `ii) is violated: the kernel differs from $k$ outside the cut-off by ${moved.measured.deviationOutside!.value}, relatively.`,
      moved.spec,
    )
  }
  const doubt = unsupported(records)
  if (doubt) return inside.length > 0 ? doubt : { ...doubt, reason: `${doubt.reason}${others}` }
  return {
    status: 'holds',
    basis: 'derivation',
    reason: `For the kernel (4), $c=1$ in iii) and iv), both sharp, in the operator norms of $|\\cdot|$ and $|\\cdot|_\\infty$; in i) $c=\\max\\{1,\\alpha\\}$ in $|\\cdot|$.${others}`,
  }
}

/**
 * What the records say about other regularisations: the constants with which they satisfy iii) and iv), or ii) broken.
 */
function describeOthers(records: readonly ClaimRecord<Definition21Spec>[]): string {
  const seen = new Map<string, string>()
  for (const record of records) {
    const { profile } = record.spec
    if (profile === 'truncated' || seen.has(profile)) continue
    const value = (name: string): string =>
      record.constants.find(constant => constant.name === name)?.sharp.value.toFixed(4) ?? 'unknown'
    const keeps = record.measured.deviationOutside!.value <= EQUAL
    seen.set(
      profile,
      keeps
        ? ` With the profile ${profile} they hold with $c=${value('forceInside')}$ in iii) and $c=${value('gradientInside')}$ in iv) (${value('gradientInsideMaximum')} in $|\\cdot|_\\infty$).`
        : ` The profile ${profile} fails ii).`,
    )
  }
  const c1 = seen.size > 0 ? ' No $C^1$ kernel with ii) has $c=1$ in iii).' : ''
  return `${c1}${[...seen.values()].join('')}`
}
