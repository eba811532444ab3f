/**
 * The figures of sections 4 and 9 whose data are there at once: fields, one-particle flows and samples. A part of the gallery.
 */
import { estimated } from '../../base/estimate.js'
import { logLogSlope } from '../../base/statistics.js'
import { forceDifferenceAt, logLipschitz } from '../../claims/section9/logLipschitz.js'
import { cutoffRuns, proposition91Runs } from '../../claims/section9/proposition91Runs.js'
import { cloudRatios, proposition92Runs } from '../../claims/section9/proposition92Runs.js'
import { coulombKernel } from '../../interaction/coulombKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { hourglassLaw } from '../../law/hourglassLaw.js'
import { meanField } from '../../law/meanField.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import { logLipschitzFigure } from '../section9/logLipschitzFigure.js'
import { meanFieldCutoffFigure } from '../section9/meanFieldCutoffFigure.js'
import { meanFieldStabilityFigure } from '../section9/meanFieldStabilityFigure.js'
import { type Drawing, type Figure, seen } from '../theme/figure.js'
import { linearSpace, logSpace } from '../theme/theme.js'

/** By id; each call computes its data anew, in seconds. */
export const meanFieldGallery: Readonly<Record<string, Drawing<Figure>>> = {
  'log-lipschitz': seen('How Lipschitz the mean force of a bounded density is', () => {
    const distance = logSpace(1e-12, 1, 49)
    const ball = uniformBallLaw()
    const field = meanField(ball, coulombKernel())
    const m = ball.rhoSup
    const apart = distance.map(d => forceDifferenceAt('worst', d) / (m * d))
    const whole = distance.map(d => (2 * field.radial!(d / 2)) / (m * d))
    return logLipschitzFigure({
      distance,
      series: [
        {
          name: 'worst density, x and y pushed apart',
          role: 'apart',
          quotient: apart,
        },
        {
          name: 'worst density, x and y pushed together',
          role: 'together',
          // The whole ball is what pushes apart less what pushes together.
          quotient: apart.map((value, i) => value - whole[i]!),
        },
        {
          name: 'hourglass, along its axis',
          role: 'attained',
          quotient: distance.map(d => forceDifferenceAt('hourglass', d) / (hourglassLaw().rhoSup * d)),
        },
        { name: 'ball, about its centre', role: 'lipschitz', quotient: whole },
        {
          name: 'r<sup>−2</sup>, not bounded',
          role: 'unbounded',
          quotient: distance.map(d => forceDifferenceAt('singular', d) / (m * d)),
        },
      ],
      bound: distance.map(d => logLipschitz.bound.evaluate({ d, m, M: 1 }) / (m * d)),
      coefficient: logLipschitz.formulas.coefficient!.evaluate({}),
      provenance: { kernel: 'Coulomb', mode: 'quadrature, no sampling' },
    })
  }),

  'mean-field-cutoff': seen('What the cut-off costs the mean field (Proposition 9.1)', () => {
    // Seed and parameters of the ledger.
    const seed = '1'
    const C0 = 8 * Math.PI * (1 + gaussianLaw().rhoSup)
    const first = { delta: 0.3, sigma: 1, N: 6400, signs: 'same' } as const
    const control = cutoffRuns({ ...first, signs: 'opposite' }, seed, [64, 1])
    return meanFieldCutoffFigure({
      series: [first, { delta: 0.2, sigma: -1, N: 64_000, signs: 'same' } as const].map(spec => {
        const runs = cutoffRuns(spec, seed)
        const N = runs.map(run => run.N)
        const distance = runs.map(run => run.distance)
        const { slope, standardError } = logLogSlope(N, distance)
        return {
          delta: spec.delta,
          sigma: spec.sigma,
          N,
          distance,
          exponent: estimated(slope, standardError, 'least squares, standard error'),
          log10Bound: N.map(n => Math.log10(proposition91Runs.bound.evaluate({ N: n, delta: spec.delta, t: 1, C0 }))),
        }
      }),
      opposite: { N: control.map(run => run.N), distance: control.map(run => run.distance) },
      provenance: { law: 'gaussian', t: 1, points: 1000, seed, mode: 'measured' },
    })
  }),

  'mean-field-stability': seen('How much the mean field flow spreads a distance (Proposition 9.2)', () => {
    // Seed and parameters of the ledger, whose pair of samples is the first.
    const seed = '1'
    const t = linearSpace(0, 1, 9)
    const later = t.slice(1)
    const first = { N: 100, delta: 0.3, sigma: 1, p: 1, flows: 'one' } as const
    const second = { N: 300, delta: 0.3, sigma: -1, p: 2, flows: 'one' } as const
    return meanFieldStabilityFigure({
      t,
      series: [first, second].map(spec => {
        const pairs = [0, 1, 2].map(pair => cloudRatios(spec, seed, later, pair))
        const { K, translate } = pairs[0]!
        const logN = Math.log(spec.N)
        return {
          ...spec,
          samples: pairs.map(({ samples }) => [1, ...samples]),
          translate: [1, ...translate],
          sharp: t.map(time => proposition92Runs.formulas.sharp!.evaluate({ W: 1, K, t: time })),
          printed: t.map(time => proposition92Runs.bound.evaluate({ W: 1, logN, C0: 1, t: time })),
        }
      }),
      twoFlows: [1, ...cloudRatios({ ...first, flows: 'two' }, seed, later).translate],
      provenance: { law: 'gaussian', delta: 0.3, seed, mode: 'measured' },
    })
  }),
}
