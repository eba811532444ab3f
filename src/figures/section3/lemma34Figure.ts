/**
 * Lemma 3.4: the density that makes the force as large as it can be, and how far the printed constant is from it.
 */

import { maximum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import { coulombKernel } from '../../interaction/coulombKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Law } from '../../law/law.js'
import { meanField } from '../../law/meanField/meanField.js'
import { plummerLaw } from '../../law/plummerLaw.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace, translucent } from '../theme/theme.js'

/** A bound of the force, or what a density reaches, in the units of Lemma 3.4. */
export interface ForceConstant {
  readonly name: string
  /** |k*rho| ||rho||_1^(-1/3) ||rho||_inf^(-2/3). */
  readonly value: number
  readonly kind: 'bound' | 'sharp' | 'density'
}

/**
 * The density that pulls hardest, and constants beside each other.
 * @param constants bounds and densities to compare, in the order drawn from top to bottom
 */
export function lemma34Figure(constants: readonly ForceConstant[]): Figure {
  requireShape<readonly ForceConstant[]>('constants', constants, [{ name: 'text', value: 'number', kind: 'text' }])
  const angle = linearSpace(-Math.PI / 2, Math.PI / 2, 401)
  // Boundary of {cos(theta)/r^2 > t} with t = 1: r = sqrt(cos theta), charge at the origin pulled along z.
  const lobe = angle.map(theta => Math.sqrt(Math.max(0, Math.cos(theta))))
  const x = angle.map((theta, i) => lobe[i]! * Math.sin(theta))
  const z = angle.map((theta, i) => lobe[i]! * Math.cos(theta))
  const color = { bound: COLOR.vermillion, sharp: COLOR.ink, density: COLOR.blue }
  const pattern = { bound: '/', sharp: '', density: '' }
  const ordered = [...constants].reverse()
  return figure({
    id: 'lemma-34-extremal',
    title: 'Lemma 3.4: the worst density is one-sided',
    caption:
      'Left: the section of the density of given mass and height that pulls hardest on the origin, r = √cos θ. Right: the printed constant, sharper ones, and the values that explicit densities reach.',
    data: [
      line('extremal density (ρ = ‖ρ‖∞ inside)', x, z, COLOR.blue, {
        fill: 'toself',
        fillcolor: translucent(COLOR.blue, 0.2),
        showlegend: false,
      }),
      {
        type: 'scatter',
        mode: 'markers+text',
        x: [0],
        y: [0],
        text: ['test charge'],
        textposition: 'bottom center',
        marker: { color: COLOR.vermillion, size: 12 },
        showlegend: false,
      },
      {
        type: 'bar',
        orientation: 'h',
        y: ordered.map(constant => constant.name),
        x: ordered.map(constant => constant.value),
        text: ordered.map(constant => constant.value.toFixed(4)),
        textposition: 'outside',
        cliponaxis: false,
        marker: {
          color: ordered.map(constant => color[constant.kind]),
          pattern: { shape: ordered.map(constant => pattern[constant.kind]) },
        },
        showlegend: false,
        xaxis: 'x2',
        yaxis: 'y2',
      },
    ],
    layout: {
      xaxis: axis('x  (length)', { domain: [0, 0.28], range: [-0.75, 0.75] }),
      yaxis: axis('z  (length)', { range: [-0.25, 1.15], scaleanchor: 'x' }),
      xaxis2: axis('|k∗ρ| / (‖ρ‖₁<sup>1/3</sup> ‖ρ‖<sub>∞</sub><sup>2/3</sup>)  (no unit)', {
        domain: [0.64, 1],
        anchor: 'y2',
        range: [0, 14.5],
      }),
      yaxis2: axis('', { anchor: 'x2', type: 'category' }),
    },
    table: {
      name: constants.map(constant => constant.name),
      value: constants.map(constant => constant.value),
      kind: constants.map(constant => constant.kind),
    },
    provenance: { hatched: 'proved bound', blue: 'density', black: 'sharp', mode: 'exact' },
  })
}

/** The figure with its data, for the gallery. */
export const lemma34Entry: ImmediateFigure<readonly ForceConstant[]> = {
  id: 'lemma-34-extremal',
  seen: 'The density with the largest force, and the constant that it gives',
  data() {
    const ratio = ({ law, radius }: { law: Law; radius: number }): number =>
      meanField(law, coulombKernel()).radial!(radius) / law.rhoSup ** (2 / 3)
    const largest = (law: Law): number =>
      maximum(Array.from({ length: 500 }, (_, i) => ratio({ law, radius: (i + 1) / 100 })))
    return [
      { name: 'printed: 2(4π)<sup>2/3</sup>', value: 2 * (4 * Math.PI) ** (2 / 3), kind: 'bound' },
      { name: 'best split: 3(2π)<sup>2/3</sup>', value: 3 * (2 * Math.PI) ** (2 / 3), kind: 'bound' },
      { name: 'moduli only', value: 4 * Math.PI * (3 / (4 * Math.PI)) ** (1 / 3), kind: 'bound' },
      { name: 'sharp', value: ((4 * Math.PI) / 5) * (15 / (4 * Math.PI)) ** (1 / 3), kind: 'sharp' },
      { name: 'uniform ball', value: largest(uniformBallLaw()), kind: 'density' },
      { name: 'Gaussian', value: largest(gaussianLaw()), kind: 'density' },
      { name: 'Plummer', value: largest(plummerLaw()), kind: 'density' },
    ]
  },
  draw: lemma34Figure,
}
