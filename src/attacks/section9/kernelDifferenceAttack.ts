/**
 * The searches behind (84): the regularisation that is furthest from k, and the density that k - k^N_delta pulls at
 * hardest.
 */

import { maximize } from '../../base/numerics/optimize.js'
import type { RandomStream } from '../../base/random.js'
import { type Cell, searchDensity } from '../densitySearch.js'

/**
 * The largest norm over kernels g(r) n with g piecewise linear, g(1) = 1 and |g'| <= 1, by their slopes on six
 * intervals.
 */
export function searchProfile(stream: RandomStream): number {
  const pieces = 6
  const norm = (u: Float64Array): number => {
    let g = 1
    let sum = 0
    for (let i = pieces - 1; i >= 0; i--) {
      const [low, high] = [i / pieces, (i + 1) / pieces]
      const slope = Math.cos(u[i]!)
      // int (r^-2 - g) r^2 dr with g = g(high) - slope (high - r).
      const primitive = (r: number): number => r - ((g - slope * high) * r ** 3) / 3 - (slope * r ** 4) / 4
      sum += primitive(high) - primitive(low)
      g -= slope / pieces
    }
    return 4 * Math.PI * sum
  }
  return maximize(norm, s => Array.from({ length: pieces }, () => s.normal()), stream, 6, 0.5).value
}

/** The hardest pull of a free density under k - k^N_delta at the origin, cut-off radius 1, axisymmetric cells. */
export function searchHalfBall(stream: RandomStream): number {
  const cells: Cell[] = []
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) cells.push({ low: [i / 4, j / 2 - 1], high: [(i + 1) / 4, (j + 1) / 2 - 1] })
  }
  const measure = ({ low, high }: Cell): { volume: number; integral: number } => {
    const [r1, c1] = low as [number, number]
    const [r2, c2] = high as [number, number]
    return {
      volume: ((2 * Math.PI) / 3) * (c2 - c1) * (r2 ** 3 - r1 ** 3),
      integral: Math.PI * (c2 * c2 - c1 * c1) * (r2 - r1 - (r2 ** 4 - r1 ** 4) / 4),
    }
  }
  return searchDensity({ cells, measure, sup: 1, mass: (2 * Math.PI) / 3, rounds: 2 }, stream).value
}
