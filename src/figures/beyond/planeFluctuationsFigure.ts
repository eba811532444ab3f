/**
 * The force on independent particles in the plane: exact at the centre, and the largest over the particles.
 */
import { requireLength } from '../../base/errors.js'
import type { Figure } from '../theme/figure.js'
import { COLOR, figure, line, logAxis, points } from '../theme/theme.js'

/** What {@link planeFluctuationsFigure} draws. */
export interface PlaneFluctuationsData {
  readonly N: readonly number[]
  /** Exact root mean square at the centre. */
  readonly rms: readonly number[]
  readonly measuredN: readonly number[]
  /** Median of the largest deviation over the particles. */
  readonly largest: readonly number[]
  /** Exact root mean square in d = 3 on the grid of N, for comparison. */
  readonly space: readonly number[]
  readonly delta: number
  readonly seed: string
}

/** Fluctuations against N in both dimensions. */
export function planeFluctuationsFigure(data: PlaneFluctuationsData): Figure {
  const { N, rms, measuredN, largest, space, delta, seed } = data
  for (const [name, column] of Object.entries({ rms, space })) requireLength(name, column, N.length)
  requireLength('largest', largest, measuredN.length)
  const last = N.length - 1
  return figure({
    id: 'plane-fluctuations',
    title: 'Forces of independent particles: the plane against space',
    caption: `Fluctuation of the force at the cut-off N^−${delta}: in the plane the root mean square falls nearly like N^−1/2 (the root of a logarithm parts them), in space more slowly; markers: the largest over all particles in the plane.`,
    data: [
      line('d = 2, rms at the centre, exact', N, rms, COLOR.blue),
      points('d = 2, largest over the particles, measured', measuredN, largest, COLOR.ink, { symbol: 'diamond-open' }),
      line(
        'N<sup>−1/2</sup>',
        N,
        N.map(n => rms[last]! * Math.sqrt(N[last]! / n)),
        COLOR.grey,
        { dash: 'dash', width: 1.5 },
      ),
      line('d = 3, rms, exact (uniform ball)', N, space, COLOR.vermillion, { dash: 'dot' }),
    ],
    layout: {
      xaxis: logAxis('N (number of particles)', N),
      yaxis: logAxis('|K − K̄|  (force per unit mass)', [...rms, ...space, ...largest]),
    },
    table: { N: [...N], rms: [...rms], space: [...space] },
    provenance: { delta, seed, mode: 'exact; sampled' },
  })
}
