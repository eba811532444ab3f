/**
 * The figures of sections 4 and 9 whose data are there at once: fields, one-particle flows and samples. A part of the gallery.
 */
import { forceDifferenceAt, logLipschitz } from '../claims/logLipschitz.js'
import { coulombKernel } from '../interaction/coulombKernel.js'
import { hourglassLaw } from '../law/hourglassLaw.js'
import { meanField } from '../law/meanField.js'
import { uniformBallLaw } from '../law/uniformBallLaw.js'
import type { Figure } from './figure.js'
import { logLipschitzFigure } from './logLipschitzFigure.js'
import { logSpace } from './theme.js'

/** By id; each call computes its data anew, in seconds. */
export const meanFieldGallery: Readonly<Record<string, () => Figure>> = {
  'log-lipschitz': () => {
    const distance = logSpace(1e-12, 1, 49)
    const ball = uniformBallLaw()
    const field = meanField(ball, coulombKernel())
    const m = ball.rhoSup
    const together = distance.map(d => forceDifferenceAt('worst', d) / (m * d))
    const whole = distance.map(d => (2 * field.radial!(d / 2)) / (m * d))
    return logLipschitzFigure({
      distance,
      series: [
        {
          name: 'worst density, x and y pushed apart',
          role: 'apart',
          // The whole ball is what pushes apart less what pushes together.
          quotient: together.map((value, i) => value + whole[i]!),
        },
        { name: 'worst density, x and y pushed together', role: 'together', quotient: together },
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
  },
}
