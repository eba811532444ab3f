/**
 * The log-Lipschitz bound of Proposition 9.1: how fast the quotient of differences of k*rho grows as two points come
 * together.
 */

import { forceDifferenceAt } from '../../attacks/section9/logLipschitzAttack.js'
import { requireLength } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import { logLipschitz } from '../../claims/section9/logLipschitz.js'
import { coulombKernel } from '../../interaction/coulombKernel.js'
import { hourglassLaw } from '../../law/hourglassLaw.js'
import { meanField } from '../../law/meanField/meanField.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, logAxis, logSpace, panelTitle } from '../theme/theme.js'

/** One density, at most ||rho||_inf or, for the control, not bounded. */
export interface LogLipschitzSeries {
  readonly name: string
  readonly role: 'apart' | 'together' | 'attained' | 'lipschitz' | 'unbounded'
  /** |k*rho(x) - k*rho(y)| / (||rho||_inf |x - y|) at each distance, no unit. */
  readonly quotient: readonly number[]
}

/** What {@link logLipschitzFigure} draws. */
export interface LogLipschitzData {
  /** |x - y| in radii of the support, increasing. */
  readonly distance: readonly number[]
  readonly series: readonly LogLipschitzSeries[]
  /** (20 pi + 6 ||rho||_1/||rho||_inf)(1 + log^-|x - y|) for the mass and height of the worst densities. */
  readonly bound: readonly number[]
  /** Sharp coefficient of the logarithm, 8 pi/(3 sqrt 3). */
  readonly coefficient: number
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = {
  apart: { color: COLOR.blue, dash: 'solid', width: 3 },
  together: { color: COLOR.sky, dash: 'solid', width: 3 },
  attained: { color: COLOR.orange, dash: 'dash', width: 2.5 },
  lipschitz: { color: COLOR.green, dash: 'dot', width: 3 },
  unbounded: { color: COLOR.purple, dash: 'dashdot', width: 2.5 },
} as const

/**
 * Left: the quotients below the bound; right: what each factor e of nearness adds, which tends to the sharp coefficient
 * where the logarithm is needed and to 0 where it is not.
 * @throws RangeError if columns differ in length or there are fewer than two distances
 * @source proof of Proposition 9.1
 */
export function logLipschitzFigure(data: LogLipschitzData): Figure {
  requireShape<LogLipschitzData>('data', data, {
    distance: 'numbers',
    series: [{ name: 'text', role: 'text', quotient: 'numbers' }],
    bound: 'numbers',
    coefficient: 'number',
    provenance: 'record',
  })
  const { distance, series, bound, coefficient, provenance } = data
  if (distance.length < 2) throw new RangeError(`distance must have length >= 2, got ${distance.length}`)
  for (const { name, quotient } of series) requireLength(name, quotient, distance.length)
  requireLength('bound', bound, distance.length)
  const middle = distance.slice(1).map((d, i) => Math.sqrt(d * distance[i]!))
  // Differences of numbers that nearly agree: three decimals of what is drawn, the rest is rounding.
  const growth = (quotient: readonly number[]): number[] =>
    middle.map((_, i) => {
      const gain = (quotient[i]! - quotient[i + 1]!) / Math.log(distance[i + 1]! / distance[i]!)
      return Math.round(1000 * gain) / 1000 + 0
    })
  const right = { xaxis: 'x2', yaxis: 'y2', showlegend: false }
  const bounded = series.filter(({ role }) => role !== 'unbounded')
  const top = 3 * maximum(bound)
  // Outside the panel a line is cut, or it would stretch the axis.
  const visible = ({ quotient }: LogLipschitzSeries): [number[], number[]] => {
    const keep = distance.map((_, i) => i).filter(i => quotient[i]! <= 10 * top)
    return [keep.map(i => distance[i]!), keep.map(i => quotient[i]!)]
  }
  const ticks = {
    minor: { ticks: '' },
    tickmode: 'array',
    tickvals: [1e-12, 1e-8, 1e-4, 1],
    ticktext: [-12, -8, -4, 0].map(powerOfTen),
  }
  return figure({
    id: 'log-lipschitz',
    title: 'How Lipschitz is the mean force of a bounded density?',
    caption:
      'Left: difference of k∗ρ at two points over their distance and ‖ρ‖∞, for the densities in a ball about both points that push them apart, or together, most strongly, for the hourglass and for the ball itself, below the bound of Proposition 9.1 with an explicit C; an unbounded density breaks it. Right: what the quotient gains when the points come closer by a factor e. At small distances it is 8π/(3√3) = 4.84 for the worst densities and for the hourglass: the logarithm is needed. For the ball it is 0.',
    data: [
      line('bound, C = 20π‖ρ‖<sub>∞</sub> + 6‖ρ‖<sub>1</sub>', distance, bound, COLOR.vermillion, {
        dash: 'longdash',
        width: 2.5,
      }),
      ...series.map(one => {
        const { color, ...style } = STYLES[one.role]
        return line(one.name, ...visible(one), color, style)
      }),
      line('predicted: 8π/(3√3)', [distance[0]!, distance.at(-1)!], [coefficient, coefficient], COLOR.ink, {
        width: 1.5,
        ...right,
        showlegend: true,
      }),
      ...bounded.map(({ name, role, quotient }) => {
        const { color, ...style } = STYLES[role]
        return line(name, middle, growth(quotient), color, { ...style, ...right })
      }),
    ],
    layout: {
      xaxis: logAxis('|x − y|  (radii of the support)', distance, { domain: [0, 0.45], ...ticks }),
      yaxis: logAxis('|k∗ρ(x) − k∗ρ(y)| / (‖ρ‖<sub>∞</sub> |x − y|)  (no unit)', bound, {
        range: [0, Math.log10(top)],
        dtick: 1,
      }),
      xaxis2: logAxis('|x − y|  (radii of the support)', distance, { domain: [0.58, 1], anchor: 'y2', ...ticks }),
      yaxis2: axis('gain for each factor e  (no unit)', { anchor: 'x2', range: [-0.4, 1.2 * coefficient] }),
      annotations: [
        panelTitle('<b>the quotient and its bound</b>', 0, 0.45),
        panelTitle('<b>its gain: is there a logarithm?</b>', 0.58, 0.42),
      ],
      height: 620,
    },
    table: {
      distance: [...distance],
      bound: [...bound],
      ...Object.fromEntries(series.map(({ name, quotient }) => [name, [...quotient]])),
    },
    provenance,
  })
}

function powerOfTen(exponent: number): string {
  return exponent === 0 ? '1' : `10<sup>${exponent}</sup>`
}

/** The figure with its data, for the gallery. */
export const logLipschitzEntry: ImmediateFigure<LogLipschitzData> = {
  id: 'log-lipschitz',
  seen: 'How Lipschitz the mean force of a bounded density is',
  data() {
    const distance = logSpace(1e-12, 1, 49)
    const ball = uniformBallLaw()
    const field = meanField(ball, coulombKernel())
    const m = ball.rhoSup
    const apart = distance.map(d => forceDifferenceAt('worst', d) / (m * d))
    const whole = distance.map(d => (2 * field.radial!(d / 2)) / (m * d))
    return {
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
    }
  },
  draw: logLipschitzFigure,
}
