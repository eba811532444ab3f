/**
 * Definition (4) as a movie: how the cut-off closes as N grows, beside the distances that particles have of each other.
 */
import { requireArray, requireDelta, requireInteger, requireN } from '../../base/errors.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { movieFigure } from '../theme/movieFigure.js'
import { axis, COLOR, figure, line, logSpace } from '../theme/theme.js'

/**
 * The forces 1/r^2 and |k^N_delta|(r), and three distances in a cloud of diameter of order 1: the cut-off radius
 * N^-delta, that of nearest neighbours, N^(-1/3), and that of the closest pair, N^(-2/3).
 * @param N particle number
 * @param delta exponent of the cut-off, >= 0
 * @param largest particle number whose closest pair the axes hold, by default N
 * @throws TypeError, RangeError naming the argument
 * @example cutoffRadiusFigure(1000, 0.25).table['force at most'] // [31.62...]
 */
export function cutoffRadiusFigure(N: number, delta: number, largest: number = N): Figure {
  requireN(N)
  requireDelta(delta)
  requireInteger('largest', largest, 1)
  const kernel = cutoffKernel({ N, delta })
  const r = logSpace(0.5 * largest ** (-2 / 3), 3, 240)
  const top = 4 * largest ** (4 / 3)
  const force = r.map(x => kernel.magnitude(x))
  const mark = (name: string, at: number, color: string, dash: string) =>
    line(name, [at, at], [0.1, top], color, { dash, width: 2 })
  const distances = { 'N^-δ': N ** -delta, 'N^(-1/3)': N ** (-1 / 3), 'N^(-2/3)': N ** (-2 / 3) }
  return figure({
    id: 'cutoff-radius',
    title: 'The cut-off and the distances of particles',
    caption: `The Coulomb force against the distance, and the force (4) with the cut-off radius N to the power −δ (N = ${N}, δ = ${delta}); the distances of nearest neighbours and of the closest pair, of order N to the powers −1/3 and −2/3.`,
    data: [
      line(
        '1/r²',
        r,
        r.map(x => x ** -2),
        COLOR.grey,
        { dash: 'dash' },
      ),
      line('the force (4)', r, force, COLOR.ink),
      mark('cut-off, N<sup>−δ</sup>', distances['N^-δ'], COLOR.blue, 'solid'),
      mark('neighbours, N<sup>−1/3</sup>', distances['N^(-1/3)'], COLOR.green, 'dashdot'),
      mark('closest pair, N<sup>−2/3</sup>', distances['N^(-2/3)'], COLOR.vermillion, 'dot'),
    ],
    layout: {
      xaxis: axis('distance r  (length)', { type: 'log', dtick: 1 }),
      yaxis: axis('force  (force per unit mass)', { type: 'log', dtick: 1, range: [-1, Math.log10(top)] }),
      height: 640,
    },
    table: {
      ...Object.fromEntries(Object.entries(distances).map(([name, x]) => [name, [x]])),
      'force at most': [Math.max(...force)],
    },
    provenance: { N, delta, mode: 'exact' },
  })
}

/**
 * {@link cutoffRadiusFigure} as N grows.
 * @param delta exponent of the cut-off, >= 0
 * @param sizes particle numbers, rising
 * @throws TypeError, RangeError naming the argument
 * @example closingCutoffFigure(0.25, [100, 10000]).frames.length // 2
 */
export function closingCutoffFigure(delta: number, sizes: readonly number[]): Figure {
  requireArray('sizes', sizes)
  if (sizes.length === 0) throw new RangeError('sizes must hold at least one particle number, got none')
  for (const [k, N] of sizes.entries()) requireInteger(`sizes[${k}]`, N, 1)
  const largest = Math.max(...sizes)
  return movieFigure('N', sizes, N => cutoffRadiusFigure(N, delta, largest), {
    id: 'closing-cutoff',
    title: 'The cut-off closes; the closest pair closes faster',
    caption: `The Coulomb force against the distance, and the force (4) with the cut-off radius N to the power −δ (δ = ${delta}), for N from ${sizes[0]} to ${sizes.at(-1)}. Nearest neighbours are at distances of order N to the power −1/3, the closest pair of all at N to the power −2/3.`,
  })
}

/** The figure with its data, for the gallery. */
export const closingCutoffEntry: ImmediateFigure<Parameters<typeof closingCutoffFigure>> = {
  id: 'closing-cutoff',
  seen: 'How the cut-off radius closes with N, beside the distances of neighbours and of the closest pair',
  data: () => [0.25, [10, 32, 100, 316, 1000, 3162, 10000, 31623, 100000]],
  draw: data => closingCutoffFigure(...data),
}
