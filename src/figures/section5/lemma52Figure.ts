/**
 * Lemma 5.2 in the two norms: distances of two clouds of phase space over the largest difference of a coordinate.
 */

import { requireLength } from '../../base/errors.js'
import { randomStream } from '../../base/random.js'
import { requireShape } from '../../base/shape.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { bottleneckDistance } from '../../transport/bottleneck/bottleneckDistance.js'
import { distanceBetween } from '../../transport/distanceBetween.js'
import { type PointCloud, phaseCloud } from '../../transport/pointCloud.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, logAxis } from '../theme/theme.js'

/** What {@link lemma52Figure} draws. */
export interface Lemma52Data {
  /** Largest shift of a coordinate, |X - Y|_inf, increasing. */
  readonly shift: readonly number[]
  /** W / |X - Y|_inf for distances W that take the Euclidean norm of R^6, as (27) and (29) do. */
  readonly euclidean: readonly { readonly name: string; readonly ratio: readonly number[] }[]
  /** The same for W_infinity in the maximum norm of R^6. */
  readonly maximum: readonly number[]
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.blue, dash: 'dot', symbol: 'circle' },
  { color: COLOR.sky, dash: 'dash', symbol: 'square' },
  { color: COLOR.orange, dash: 'solid', symbol: 'diamond' },
]

/** The ratios against the size of the shifts, beside the constants 1 and sqrt 6. */
export function lemma52Figure(data: Lemma52Data): Figure {
  requireShape<Lemma52Data>('data', data, {
    shift: 'numbers',
    euclidean: [{ name: 'text', ratio: 'numbers' }],
    maximum: 'numbers',
    provenance: 'record',
  })
  const { shift, euclidean, maximum, provenance } = data
  requireLength('maximum', maximum, shift.length)
  for (const { name, ratio } of euclidean) requireLength(name, ratio, shift.length)
  const ends = [shift[0]!, shift[shift.length - 1]!]
  const drawn = { mode: 'lines+markers' }
  return figure({
    id: 'lemma-52-norms',
    title: 'Lemma 5.2: the constant depends on the norm of ℝ<sup>6</sup>',
    caption:
      'Distances of a cloud from its copy with randomly shifted coordinates, divided by the largest shift: in the Euclidean norm of (27) they exceed the printed bound 1 and stay below the square root of 6, in the maximum norm they keep to 1.',
    data: [
      line('√6, sharp in the Euclidean norm', ends, [Math.sqrt(6), Math.sqrt(6)], COLOR.green, { dash: 'longdash' }),
      ...euclidean.map(({ name, ratio }, i) => {
        const { color, dash, symbol } = STYLES[i % STYLES.length]!
        return line(`${name}, Euclidean`, shift, ratio, color, { dash, ...drawn, marker: { symbol, size: 9 } })
      }),
      line('W<sub>∞</sub>, maximum norm', shift, maximum, COLOR.purple, {
        ...drawn,
        dash: 'dashdot',
        marker: { symbol: 'triangle-up', size: 10 },
      }),
      line('1, as printed (41)', ends, [1, 1], COLOR.vermillion, { width: 3 }),
    ],
    layout: {
      xaxis: logAxis('|X − Y|<sub>∞</sub>  (standard deviations of the cloud)', shift),
      yaxis: axis('distance / |X − Y|<sub>∞</sub>  (no unit)', { range: [0, 2.7] }),
    },
    table: {
      shift: [...shift],
      ...Object.fromEntries(euclidean.map(({ name, ratio }) => [`${name}, Euclidean`, [...ratio]])),
      'W_inf, maximum': [...maximum],
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const lemma52Entry: ImmediateFigure<Lemma52Data> = {
  id: 'lemma-52-norms',
  seen: 'The constant of Lemma 5.2 in two norms',
  data() {
    const [N, seed] = [300, 'gallery/lemma-52']
    const stream = randomStream(seed)
    const Z = phaseCloud(gaussianLaw().sample(N, stream))
    const unit = Z.x.map(() => 2 * stream.uniform() - 1)
    const largest = unit.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const shift = [0.01, 0.03, 0.1, 0.3, 1, 3, 10]
    const moved = shift.map(h => ({ ...Z, x: Z.x.map((c, k) => c + (h * unit[k]!) / largest) }))
    const ratio = (distance: (Y: PointCloud) => number): number[] => moved.map((Y, i) => distance(Y) / shift[i]!)
    return {
      shift,
      euclidean: [
        { name: 'W<sub>1</sub>', ratio: ratio(Y => distanceBetween(Z, Y, 1).value) },
        { name: 'W<sub>2</sub>', ratio: ratio(Y => distanceBetween(Z, Y, 2).value) },
        { name: 'W<sub>∞</sub>', ratio: ratio(Y => distanceBetween(Z, Y, Number.POSITIVE_INFINITY).value) },
      ],
      maximum: ratio(Y => bottleneckDistance(Z, Y, { norm: 'maximum' }).value),
      provenance: { law: 'gaussian', N, seed, mode: 'exact' },
    }
  },
  draw: lemma52Figure,
}
