/**
 * Every figure of the project with the data behind it, by id: what `mfl figures` exports and notebooks show.
 */

import { convolutionSupremum } from '../../attacks/lemma61Constants.js'
import { centralConvolution } from '../../attacks/lemma61Growth.js'
import { searchQuotient } from '../../attacks/lemma63Attack.js'
import { quotientAtRadius } from '../../attacks/lemma63Constants.js'
import { median } from '../../base/bootstrapSlope.js'
import type { Sigma } from '../../base/errors.js'
import type { Estimate } from '../../base/estimate.js'
import { maximum, minimum } from '../../base/extent.js'
import { randomStream } from '../../base/random.js'
import { meanAndStandardError } from '../../base/statistics.js'
import { sourceOf } from '../../claims/section7/definition71.js'
import { normalMaximumMedian } from '../../concentration/extrapolation.js'
import { measureFluctuations } from '../../concentration/fluctuations.js'
import { secondMoments } from '../../concentration/secondMoments.js'
import { radialField } from '../../flow/field/radial/radialField.js'
import { convergenceOrders } from '../../flow/micro/convergenceOrders.js'
import { coulombKernel } from '../../interaction/coulombKernel.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { cutoffRadius } from '../../interaction/cutoffRadius.js'
import { kernelNorms } from '../../interaction/kernelNorms.js'
import { lipschitzMajorant } from '../../interaction/lipschitzMajorant.js'
import type { ProfileName } from '../../interaction/profiles.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { hourglassGradientAtOrigin, hourglassLaw } from '../../law/hourglassLaw.js'
import type { Law } from '../../law/law.js'
import { majorantConvolution } from '../../law/majorantConvolution.js'
import { meanField } from '../../law/meanField.js'
import { meanFieldLipschitz } from '../../law/meanFieldLipschitz.js'
import { plummerLaw } from '../../law/plummerLaw.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import { wassersteinDistance } from '../../transport/assignment/wassersteinDistance.js'
import { bottleneckDistance } from '../../transport/bottleneck/bottleneckDistance.js'
import { distanceBetween } from '../../transport/distanceBetween.js'
import { type PointCloud, phaseCloud } from '../../transport/pointCloud.js'
import { convergenceOrderFigure } from '../numerics/convergenceOrderFigure.js'
import { bothSignsFigure } from '../section2/bothSignsFigure.js'
import { regularisedKernelsFigure } from '../section2/regularisedKernelsFigure.js'
import { densityFigure } from '../section3/densityFigure.js'
import { lemma34Figure } from '../section3/lemma34Figure.js'
import { dualityFigure } from '../section4/dualityFigure.js'
import { proofMapFigure } from '../section4/proofMapFigure.js'
import { rateAgainstDeltaFigure } from '../section4/rateAgainstDeltaFigure.js'
import { chaosThresholdFigure } from '../section5/chaosThresholdFigure.js'
import { lemma52Figure } from '../section5/lemma52Figure.js'
import { lemma63Figure } from '../section6/lemma63Figure.js'
import { lipschitzContrastFigure } from '../section6/lipschitzContrastFigure.js'
import { logGrowthFigure } from '../section6/logGrowthFigure.js'
import { type FluctuationCurves, lawOfLargeNumbersFigure } from '../section7/lawOfLargeNumbersFigure.js'
import { runningMaximumFigure } from '../section8/runningMaximumFigure.js'
import { kernelDifferenceFigure } from '../section9/kernelDifferenceFigure.js'
import { cutoffExponentsFigure } from '../section10/cutoffExponentsFigure.js'
import { type Drawing, type Figure, seen } from '../theme/figure.js'
import { linearSpace } from '../theme/theme.js'
import { beyondGallery } from './beyondGallery.js'
import { meanFieldGallery } from './meanFieldGallery.js'

const PROFILES: readonly ProfileName[] = ['truncated', 'cubicSpline', 'smooth', 'plummer']

/** The notebooks that exist, shaded on the map. */
const WRITTEN = [
  '00-start-here',
  '01-vlasov-poisson',
  '02-the-kernel',
  '03-existence',
  '04-two-flows',
  '05-distances',
  '06-lipschitz-log-growth',
  '07-law-of-large-numbers',
  '08-molecular-chaos',
  '09-fournier-guillin',
  '10-particle-approximation',
  '11-weaker-singularities',
  '12-beyond-the-theorem',
  '13-your-own',
]

/** The figures by id. Each call computes its data anew, in seconds at most. @example figureGallery['log-growth']() */
export const figureGallery: Readonly<Record<string, Drawing<Figure>>> = {
  'proof-map': seen('Every numbered statement of the paper, with arrows to where it is used', () =>
    proofMapFigure(WRITTEN),
  ),

  'convergence-order': seen('The order of each integrator, with and without a corner in the force', () => {
    // Errors far above rounding, to three digits: the closed orbits they are measured against use the engine's functions.
    const series = convergenceOrders({ steps: [16, 32, 64, 128] })
    return convergenceOrderFigure(series.map(s => ({ ...s, error: s.error.map(x => Number(x.toPrecision(3))) })))
  }),

  'density-in-time': seen('The density of the mean field solution against radius and time', () => {
    const law = gaussianLaw()
    const sizes = [100, Number.POSITIVE_INFINITY]
    const fields = sizes.map(N => radialField({ law, kernel: cutoffKernel({ N, delta: 0.25 }), T: 2, tolerance: 1e-3 }))
    const t = linearSpace(0, 2, 21)
    const r = linearSpace(0.05, 4, 80)
    return densityFigure({
      r,
      profiles: [0, 0.5, 1, 2].map(time => ({ t: time, density: r.map(x => fields[0]!.density(time, [x, 0, 0])) })),
      evolutions: fields.map((field, k) => ({
        name: k === 0 ? 'N = 100' : 'no cut-off',
        t,
        supremum: t.map(time => field.densitySup(time)),
      })),
      law: law.name,
      sigma: 1,
    })
  }),

  'both-signs': seen('The highest density under repulsion, no force and attraction', () => {
    const law = gaussianLaw()
    const t = linearSpace(0, 2, 21)
    const supremum = (sigma: Sigma): Estimate[] => {
      const field = radialField({ law, kernel: coulombKernel({ sigma }), T: 2, tolerance: 1e-3 })
      return t.map(time => field.densitySup(time))
    }
    return bothSignsFigure({
      t,
      repulsive: supremum(1),
      attractive: supremum(-1),
      // A Gaussian of width 1 in position and momentum has width (1 + t^2)^(1/2) after free flight.
      free: t.map(time => (2 * Math.PI * (1 + time * time)) ** -1.5),
      provenance: { law: law.name, method: 'radial quadrature', tolerance: 1e-3 },
    })
  }),

  'cutoff-exponents': seen('The cut-off that each theorem allows, against the singularity', () =>
    cutoffExponentsFigure(),
  ),

  'rate-against-delta': seen('For which δ the rate of Theorem 4.4 tends to zero', () => rateAgainstDeltaFigure()),

  'chaos-threshold': seen('From which N on the measure of chaos starts below 1', () => chaosThresholdFigure()),

  'lemma-81-running-maximum': seen('A function, its running maximum and their derivatives', () =>
    runningMaximumFigure(),
  ),

  'kernel-difference': seen('What each cut-off takes from the force, in the L¹ norm (84)', () => {
    const N = [1e1, 1e2, 1e3, 1e4, 1e5, 1e6]
    const delta = 0.25
    const norm = (profile: ProfileName): number[] =>
      N.map(n => kernelNorms(cutoffKernel({ N: n, delta, profile })).l1Difference!.value)
    return kernelDifferenceFigure({
      radius: N.map(n => cutoffRadius(n, delta)),
      profiles: (['truncated', 'cubicSpline', 'smooth'] as const).map(name => ({ name, norm: norm(name) })),
    })
  }),

  'regularised-kernels': seen('Four cut-off kernels: the force and its gradient near the cut-off', () => {
    const [N, delta] = [1000, 0.3]
    return regularisedKernelsFigure(
      PROFILES.map(profile => cutoffKernel({ N, delta, profile })),
      N ** -delta,
    )
  }),

  'lemma-34-extremal': seen('The density with the largest force, and the constant that it gives', () => {
    const ratio = ({ law, radius }: { law: Law; radius: number }): number =>
      meanField(law, coulombKernel()).radial!(radius) / law.rhoSup ** (2 / 3)
    const largest = (law: Law): number =>
      maximum(Array.from({ length: 500 }, (_, i) => ratio({ law, radius: (i + 1) / 100 })))
    return lemma34Figure([
      { name: 'printed: 2(4π)<sup>2/3</sup>', value: 2 * (4 * Math.PI) ** (2 / 3), kind: 'bound' },
      { name: 'best split: 3(2π)<sup>2/3</sup>', value: 3 * (2 * Math.PI) ** (2 / 3), kind: 'bound' },
      { name: 'moduli only', value: 4 * Math.PI * (3 / (4 * Math.PI)) ** (1 / 3), kind: 'bound' },
      { name: 'sharp', value: ((4 * Math.PI) / 5) * (15 / (4 * Math.PI)) ** (1 / 3), kind: 'sharp' },
      { name: 'uniform ball', value: largest(uniformBallLaw()), kind: 'density' },
      { name: 'Gaussian', value: largest(gaussianLaw()), kind: 'density' },
      { name: 'Plummer', value: largest(plummerLaw()), kind: 'density' },
    ])
  }),

  'log-growth': seen('The majorant against a density grows like log N (Lemma 6.1)', () => {
    const [gamma, c] = [0.3, 1]
    const rho = uniformBallLaw().radial!
    const norm = 1 + uniformBallLaw().rhoSup
    const points = [1, 2, 4, 8, 16, 32, 64, 128, 256].map(log10N => {
      const logN = log10N * Math.LN10
      // For densities with the same ||rho||_1 + ||rho||_inf as the ball.
      const supremum = convolutionSupremum({ logN, gamma, c }).value * norm
      return { log10N, value: centralConvolution({ logN, gamma, c }, rho), supremum }
    })
    return logGrowthFigure({ points, law: 'uniform ball', gamma, c })
  }),

  'law-of-large-numbers': seen('Fluctuations of independent particles, and the thresholds of Definition 7.1', () => {
    const delta = 0.2
    const seed = 'gallery/law-of-large-numbers'
    const law = uniformBallLaw()
    const N = Array.from({ length: 22 }, (_, k) => Math.round(32 * 10 ** (k / 2)))
    const measuredN = [32, 128, 512, 2048]
    const curves = (set: 'B' | 'C'): FluctuationCurves => {
      const exact = N.map(n => Math.sqrt(secondMoments(law, sourceOf(set, n, delta), 1e-6).deviation(n).value))
      const found = measuredN.map(n =>
        measureFluctuations(law, sourceOf(set, n, delta), { N: n, replicates: n > 1000 ? 20 : 60, seed }),
      )
      return {
        N,
        exact,
        typicalMaximum: exact.map((value, k) => value * normalMaximumMedian(Math.log(N[k]!))),
        threshold: N.map(n => (set === 'B' ? n ** (2 * delta - 1) : 1)),
        limit: set === 'B' ? -(1 - delta) / 2 : -(1 - 3 * delta) / 2,
        measuredN,
        rms: found.map(({ meanSquare }) => Math.sqrt(meanAndStandardError(meanSquare).mean)),
        maximum: found.map(({ maximum }) => median(maximum)),
      }
    }
    return lawOfLargeNumbersFigure({ force: curves('B'), majorant: curves('C'), delta, law: 'uniform ball', seed })
  }),

  'lipschitz-contrast': seen('The Lipschitz constant of the mean force as N grows, beside the majorant', () => {
    const delta = 0.3
    const N = [1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8]
    const kernels = N.map(n => cutoffKernel({ N: n, delta }))
    const lipschitz = (law: Law): number[] =>
      kernels.map(kernel => meanFieldLipschitz(law, kernel).estimate.value / law.rhoSup)
    const ball = uniformBallLaw()
    return lipschitzContrastFigure({
      N,
      delta,
      series: [
        { name: 'Gaussian', values: lipschitz(gaussianLaw()) },
        { name: 'uniform ball', values: lipschitz(ball) },
        {
          name: 'double cone, at its tip',
          values: kernels.map(kernel => Math.abs(hourglassGradientAtOrigin(1, kernel).value) / hourglassLaw().rhoSup),
        },
      ],
      majorant: {
        name: 'l∗ρ for the uniform ball',
        values: N.map(n => {
          const majorant = lipschitzMajorant({ N: n, delta, version: 'printed' })
          return majorantConvolution(ball, majorant).supremum().estimate.value / ball.rhoSup
        }),
      },
    })
  }),

  'lemma-63-worst-case': seen('Where the printed majorant of Lemma 6.3 is too small', () => {
    // In units of the cut-off radius (N = 1): kernel (4) is homogeneous, so nothing depends on N and delta.
    const seed = 'gallery/lemma-63'
    const kernel = cutoffKernel({ N: 1, delta: 0 })
    const inside = [0.1, 0.3, 0.5, 0.7, 0.9, 0.999]
    const outside = Array.from({ length: 25 }, (_, i) => 1.001 + (i * i) / 220)
    const far = [2.9999, 3.0001, 3.9, 4.1, 4.4, 4.8, 5.2, 5.6, 6]
    const radius = [...inside, ...outside, ...far].sort((a, b) => a - b)
    const collar = linearSpace(1, 3, 101)
    const value = (version: 'printed' | 'repaired'): number[] => {
      const majorant = lipschitzMajorant({ N: 1, delta: 0, version })
      return radius.map(r => majorant.value(r))
    }
    return lemma63Figure({
      radius,
      quotient: radius.map(r => searchQuotient(kernel, 1, 'maximum', r, 10, randomStream(`${seed}/${r}`), 1e-5).value),
      closedForm: { radius: collar, quotient: collar.map(r => quotientAtRadius(r, 'maximum')) },
      printed: value('printed'),
      repaired: value('repaired'),
      seed,
    })
  }),

  duality: seen('The best Lipschitz function, and the optimal pairs that it certifies (28)', () => {
    const [n, seed] = [20, 'gallery/duality']
    const stream = randomStream(seed)
    const X: PointCloud = { n, d: 2, x: Float64Array.from({ length: 2 * n }, () => stream.normal()) }
    const Y: PointCloud = { n, d: 2, x: X.x.map(c => c + 1.3 * stream.normal()) }
    const { plan, dual } = wassersteinDistance(X, Y)
    const distance = (z: readonly number[], j: number): number => Math.hypot(z[0]! - Y.x[j]!, z[1]! - Y.x[n + j]!)
    const g = (z: readonly number[]): number => minimum(Array.from(dual!.v, (v, j) => distance(z, j) - v))
    return dualityFigure({ X, Y, plan: plan as Int32Array, g, provenance: { n, seed, mode: 'exact' } })
  }),

  'lemma-52-norms': seen('The constant of Lemma 5.2 in two norms', () => {
    const [N, seed] = [300, 'gallery/lemma-52']
    const stream = randomStream(seed)
    const Z = phaseCloud(gaussianLaw().sample(N, stream))
    const unit = Z.x.map(() => 2 * stream.uniform() - 1)
    const largest = unit.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const shift = [0.01, 0.03, 0.1, 0.3, 1, 3, 10]
    const moved = shift.map(h => ({ ...Z, x: Z.x.map((c, k) => c + (h * unit[k]!) / largest) }))
    const ratio = (distance: (Y: PointCloud) => number): number[] => moved.map((Y, i) => distance(Y) / shift[i]!)
    return lemma52Figure({
      shift,
      euclidean: [
        { name: 'W<sub>1</sub>', ratio: ratio(Y => distanceBetween(Z, Y, 1).value) },
        { name: 'W<sub>2</sub>', ratio: ratio(Y => distanceBetween(Z, Y, 2).value) },
        { name: 'W<sub>∞</sub>', ratio: ratio(Y => distanceBetween(Z, Y, Number.POSITIVE_INFINITY).value) },
      ],
      maximum: ratio(Y => bottleneckDistance(Z, Y, { norm: 'maximum' }).value),
      provenance: { law: 'gaussian', N, seed, mode: 'exact' },
    })
  }),

  ...meanFieldGallery,

  ...beyondGallery,
}
