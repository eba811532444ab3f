/**
 * Where the method of section 10 stops: the fluctuation of a mild force, which no cut-off makes smaller, beside the
 * distance N^-delta that the proof compares forces at.
 */
import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { secondMoments } from '../../concentration/secondMoments.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { COLOR, figure, line, logAxis, logSpace, panelTitle } from '../theme/theme.js'

/** The fluctuation for one cut-off. */
export interface MildForce {
  readonly delta: number
  /** Exact root mean square of |K - Kbar| at one particle. */
  readonly rms: readonly number[]
}

/** What {@link milderForceFigure} draws. */
export interface MilderForceData {
  readonly N: readonly number[]
  /** Two cut-offs that (92) allows, one below 1/2 and one above. */
  readonly cases: readonly MildForce[]
  /** Exponent of the singularity. */
  readonly alpha: number
  readonly law: string
}

const SUFFIX = ['', '2'] as const
const START = [0, 0.57] as const
const WIDTH = 0.43

/**
 * The exact fluctuation of the force and N^-delta against N, a panel for each of two cut-offs.
 * @throws TypeError, RangeError if there are not two cases, or columns differ in length
 */
export function milderForceFigure(data: MilderForceData): Figure {
  requireShape<MilderForceData>('data', data, {
    N: 'numbers',
    cases: [{ delta: 'number', rms: 'numbers' }],
    alpha: 'number',
    law: 'text',
  })
  const { N, cases, alpha, law } = data
  if (cases.length !== 2) throw new RangeError(`data.cases must have 2 entries, got ${cases.length}`)
  for (const [k, { rms }] of cases.entries()) requireLength(`data.cases[${k}].rms`, rms, N.length)
  const distance = (delta: number): number[] => N.map(n => n ** -delta)
  const all = cases.flatMap(({ delta, rms }) => [...rms, ...distance(delta)])
  return figure({
    id: 'milder-force',
    title: 'Does a mild force fluctuate by less than N<sup>−δ</sup>?',
    caption: `Exact root mean square of the deviation of the force on one of N independent particles (${law}, α = ${alpha}) beside N to the power −δ. Condition (92) allows both cut-offs, δ < ${(1 / (1 + alpha)).toFixed(3)}; only where δ < 1/2 the fluctuation stays below.`,
    data: cases.flatMap(({ delta, rms }, k) => {
      const axes = { xaxis: `x${SUFFIX[k]}`, yaxis: `y${SUFFIX[k]}`, showlegend: k === 0 }
      return [
        line('fluctuation of the force', N, rms, COLOR.blue, axes),
        line('N<sup>−δ</sup>', N, distance(delta), COLOR.vermillion, { dash: 'dash', ...axes }),
      ]
    }),
    layout: {
      ...Object.fromEntries(
        cases.flatMap((_, k) => [
          [
            `xaxis${SUFFIX[k]}`,
            logAxis('N (number of particles)', N, {
              domain: [START[k]!, START[k]! + WIDTH],
              anchor: `y${SUFFIX[k]}`,
              dtick: 3,
            }),
          ],
          [
            `yaxis${SUFFIX[k]}`,
            logAxis('force per unit mass, or length', all, {
              anchor: `x${SUFFIX[k]}`,
              dtick: 2,
              ...(k > 0 && { matches: 'y' }),
            }),
          ],
        ]),
      ),
      annotations: cases.map(({ delta }, k) => panelTitle(`<b>δ = ${delta}</b>`, START[k]!, WIDTH)),
    },
    table: {
      N: cases.flatMap(() => [...N]),
      delta: cases.flatMap(({ delta }) => N.map(() => delta)),
      rms: cases.flatMap(({ rms }) => [...rms]),
      'N^-delta': cases.flatMap(({ delta }) => distance(delta)),
    },
    provenance: { law, alpha, mode: 'exact by quadrature' },
  })
}

/** The figure with its data, for the gallery. */
export const milderForceEntry: ImmediateFigure<MilderForceData> = {
  id: 'milder-force',
  seen: 'Where the method for milder singularities stops',
  data() {
    const alpha = 0.5
    const law = uniformBallLaw()
    const N = logSpace(10, 1e12, 23).map(Math.round)
    const cases = [0.45, 0.6].map(delta => ({
      delta,
      rms: N.map(n => Math.sqrt(secondMoments(law, cutoffKernel({ N: n, alpha, delta }), 1e-6).deviation(n).value)),
    }))
    return { N, cases, alpha, law: 'uniform ball' }
  },
  draw: milderForceFigure,
}
