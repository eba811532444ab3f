/**
 * The figures that take runs of the flows or records of claims: a promise each, where `figureGallery` answers at once.
 */

import { requireOneOf } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { randomStream } from '../../base/random.js'
import { runClaim } from '../../claims/core/runClaim.js'
import { aloneAgainstTogether, semigroup } from '../../claims/section2/pushForward17.js'
import { weakResidual } from '../../claims/section2/weakSolution13.js'
import { lemma32, SPREAD_32 } from '../../claims/section3/lemma32.js'
import { lemma33, lemma33Case } from '../../claims/section3/lemma33.js'
import { invariance26 } from '../../claims/section4/invariance26.js'
import { remark45Run } from '../../claims/section4/remark45.js'
import { sizesOf, type Theorem42Spec, theorem42 } from '../../claims/section4/theorem42.js'
import { gronwallBudget, gronwallRun } from '../../claims/section8/gronwallBudget.js'
import { radialField } from '../../flow/field/radial/radialField.js'
import { coulombKernel } from '../../interaction/coulombKernel.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { pushForwardFigure } from '../section2/pushForwardFigure.js'
import { weakSolutionFigure } from '../section2/weakSolutionFigure.js'
import { densityForAllCutoffsFigure } from '../section3/densityForAllCutoffsFigure.js'
import { lemma33Figure } from '../section3/lemma33Figure.js'
import { chaosProbabilityFigure } from '../section4/chaosProbabilityFigure.js'
import { productMeasureFigure } from '../section4/productMeasureFigure.js'
import { remark45Figure } from '../section4/remark45Figure.js'
import { gronwallBudgetFigure } from '../section8/gronwallBudgetFigure.js'
import { type Drawing, type Figure, seen } from '../theme/figure.js'
import { linearSpace, logSpace } from '../theme/theme.js'
import { chaosGallery } from './chaosGallery.js'
import { figureGallery } from './gallery.js'
import { samplingGallery } from './samplingGallery.js'

/** The figures by id. Each call computes its data anew, in ten seconds at most. @example await claimGallery['weak-solution']() */
export const claimGallery: Readonly<Record<string, Drawing<Promise<Figure>>>> = {
  'weak-solution': seen('N particles solve the equation weakly, up to the time step (13)', async () => {
    const [N, delta, seed] = [64, 0.3, 'gallery/weak-solution']
    const law = gaussianLaw()
    const kernel = cutoffKernel({ N, delta })
    const Z = law.sample(N, randomStream({ seed, law: law.name, N }))
    const steps = [8, 16, 32, 64, 128, 256]
    const origin = N ** (2 * delta)
    const relative = (k0: number): number[] =>
      steps.map(n => {
        const { residual, change } = weakResidual(Z, kernel, n, k0)
        return Math.abs(residual) / change
      })
    const finest = weakResidual(Z, kernel, steps.at(-1)!)
    return weakSolutionFigure({
      step: steps.map(n => 0.5 / n),
      residual: relative(0),
      withOrigin: relative(origin),
      level: Math.abs((origin / N) * finest.push) / finest.change,
      origin: 'N<sup>2δ</sup>e<sub>1</sub>',
      provenance: { law: law.name, N, delta, seed, mode: 'measured' },
    })
  }),

  'push-forward': seen('Particles moved alone and together, under Φ and under Ψ (17)', async () => {
    const [N, delta, seed] = [100, 0.3, 'gallery/push-forward']
    const law = gaussianLaw()
    const field = radialField({ law, kernel: cutoffKernel({ N, delta }), T: 1, tolerance: 1e-4 })
    const Z = law.sample(N, randomStream({ seed, law: law.name, N }))
    const steps = [16, 32, 64, 128]
    return pushForwardFigure({
      aloneByPhi: aloneAgainstTogether(Z, 'Phi', field),
      aloneByPsi: aloneAgainstTogether(Z, 'Psi', field),
      steps,
      composed: steps.map(n => semigroup(Z, field, n)),
      provenance: { law: law.name, N, delta, seed, mode: 'measured' },
    })
  }),

  'density-for-all-cutoffs': seen('One bound of the density for all cut-offs (Lemma 3.2)', async () => {
    const [T, sigma] = [1.5, -1] as const
    const law = gaussianLaw({ sigmaP: SPREAD_32 })
    const solve = (N: number, delta: number) =>
      radialField({
        law,
        kernel: Number.isFinite(N) ? cutoffKernel({ N, delta, sigma }) : coulombKernel({ sigma }),
        T,
        tolerance: 1e-4,
      })
    const t = linearSpace(0, T, 16)
    const limit = solve(Number.POSITIVE_INFINITY, 0)
    const runs = [1, 10, 100].map(N => ({ N, field: solve(N, 0.3) }))
    const all = [...runs, { N: Number.POSITIVE_INFINITY, field: limit }]
    const strongest = maximum(all.map(({ field }) => field.scale))
    const end = limit.densitySup(T).value
    return densityForAllCutoffsFigure({
      t,
      runs: all.map(({ N, field }) => ({ N, sum: t.map(time => 1 + field.densitySup(time).value) })),
      bound: t.map(time => lemma32.bound.evaluate({ h: (strongest * time) / SPREAD_32, m: law.rhoSup })),
      approach: [0.15, 0.3].map(delta => {
        const N = [10, 100, 1000]
        return { delta, N, difference: N.map(n => Math.abs(solve(n, delta).densitySup(T).value - end)) }
      }),
      provenance: { law: `${law.name}, momenta of width ${SPREAD_32}`, sigma, delta: 0.3, mode: 'radial quadrature' },
    })
  }),

  'lemma-33-shift': seen('The last line of the proof of Lemma 3.3, and what is left of it', async () => {
    const [R, T] = [1, 1]
    const H = R * T
    const edge = 1.1 * (0.1 + H)
    const radius = logSpace(0.1, 40, 160)
    const t = linearSpace(0.02, T, 30)
    return lemma33Figure({
      radius,
      quotient: radius.map(a => Math.max(0, (a + H) ** 3 - edge ** 3) / a ** 3),
      kappa: lemma33.formulas.factor!.evaluate({ H, b: edge }),
      laws: (['uniform', 'thermal', 'power', 'plummer'] as const).map(name => {
        const { S, f0, rho, theta, integral } = lemma33Case(name)
        const printed = lemma33.bound.evaluate({ b: 1.1 * (S + H), f0, rho, theta })
        return { name, t, overPrinted: t.map(time => integral(time, R) / printed) }
      }),
      provenance: { R, T, "R'": `1.1(S+RT)`, mode: 'quadrature' },
    })
  }),

  'product-measure': seen('Independent particles stay independent under Φ (26)', async () => {
    const seed = '1'
    const specs = [...invariance26.defaults, ...invariance26.controls.map(({ spec }) => spec)]
    const { records } = await runClaim(invariance26, { seed, specs })
    return productMeasureFigure({
      cases: records.map(({ spec, measured }) => ({
        name: `${spec.law === 'kurth' ? 'Kurth' : 'normal'}, σ = ${spec.sigma > 0 ? '+' : '−'}1${spec.particles === 'copies' ? ', copies' : ''}`,
        independent: spec.particles === 'independent',
        mean: measured.mean!,
        known: measured.known!.value,
      })),
      interval: '5 standard errors',
      provenance: { t: 1, samples: specs[0]!.samples, seed, mode: 'measured' },
    })
  }),

  'noise-on-both-flows': seen('What is added to both flows drops out (Remark 4.5)', async () => {
    const [N, delta, seed] = [128, 0.3, '1']
    const runs = []
    for (const [added, name] of [
      ['nothing', 'nothing added'],
      ['force', 'a trap, E(q) = −q'],
      ['noise', 'the same noise for both'],
      ['other-noise', 'independent noise: broken on purpose'],
    ] as const) {
      runs.push({ name, ...(await remark45Run({ N, delta, added }, seed)) })
    }
    return remark45Figure({ t: runs[0]!.t, runs, provenance: { law: 'gaussian', N, delta, seed, mode: 'measured' } })
  }),

  'gronwall-budget': seen('What each inequality of the proof gives away along a run', async () => {
    const [N, delta, sigma, seed] = [512, 0.3, 1, '1'] as const
    const { terms, x, v } = await gronwallRun({ N, delta, sigma, field: 'own' }, seed)
    const logN = Math.log(N)
    const K = maximum(terms.map(({ Lbar, wide }) => 2 * (Lbar + wide)))
    const r = gronwallBudget.formulas.rate!.evaluate({ logN, K })
    const f = maximum(terms.map(term => term.f))
    // At t = 0 there is no deviation, and a logarithm of 0 has no place.
    const later = terms.slice(1)
    return gronwallBudgetFigure({
      t: later.map(({ t }) => t),
      stability: later.map(({ s }) => s),
      local: later.map(({ L }, n) => 2 * x[n + 1]! * L),
      onC: later.map(({ Lbar, wide }, n) => 2 * (Lbar + wide) * x[n + 1]!),
      fluctuation: later.map(term => term.f),
      printed: N ** (2 * delta - 1),
      repaired: N ** (-(1 - delta) / 2),
      Delta: later.map((_, n) => Math.log10(Math.sqrt(logN) * x[n + 1]! + v[n + 1]!)),
      // The exponential overflows for large K: its logarithm.
      gronwall: later.map(({ t }) => Math.log10((f * -Math.expm1(-r * t)) / r) + (r * t) / Math.LN10),
      provenance: { law: 'gaussian', N, delta, sigma, seed, mode: 'measured' },
    })
  }),

  'chaos-probability': seen('How often the deviation reaches the cut-off radius, against N', async () => {
    const seed = '1'
    const specs: Theorem42Spec[] = [...theorem42.defaults, ...theorem42.controls.map(({ spec }) => spec)]
    const { records } = await runClaim(theorem42, { seed, specs })
    return chaosProbabilityFigure({
      series: records.map(({ spec, measured }) => ({
        delta: spec.delta,
        sigma: spec.sigma,
        N: sizesOf(spec),
        probability: sizesOf(spec).map(N => measured[`event_${N}`]!),
        ratio: sizesOf(spec).map(N => measured[`ratio_${N}`]!.value),
      })),
      level: 0.95,
      provenance: { law: 'gaussian', T: 1, replicates: specs[0]!.replicates, seed, mode: 'measured' },
    })
  }),

  ...chaosGallery,

  ...samplingGallery,
}

/** The ids of all figures, those of `figureGallery` first. */
export const figureIds: readonly string[] = [...Object.keys(figureGallery), ...Object.keys(claimGallery)]

/** What is seen in each figure, by id: nothing is drawn. @example figuresSeen['lemma-52-norms'] // 'The constant of Lemma 5.2 in two norms' */
export const figuresSeen: Readonly<Record<string, string>> = Object.fromEntries(
  figureIds.map(id => [id, (figureGallery[id] ?? claimGallery[id])!.seen]),
)

/**
 * Any figure by its id, with its data computed anew.
 * @param id one of {@link figureIds}
 * @throws RangeError for another id, listing the known ones (as a rejection)
 * @example show(await drawFigure('gronwall-budget'))
 */
export async function drawFigure(id: string): Promise<Figure> {
  requireOneOf('id', id, figureIds)
  return (figureGallery[id] ?? claimGallery[id])!()
}
