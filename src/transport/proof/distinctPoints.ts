/**
 * The distinct points of a cloud. Clouds on a lattice have few, and of those at one place only the one with the largest
 * potential counts in a minimum over costs less potentials.
 */
import type { PointCloud } from '../pointCloud.js'

/** Points that differ. */
export interface DistinctPoints {
  /** Indices in the cloud: of the points at one place, one with the largest value. */
  readonly index: Int32Array
  /** For each of the points that were meant, where in `index` the one at its place stands. */
  readonly place: Int32Array
}

/**
 * @param among indices of the points that are meant, in any order
 * @param value of each point of the cloud; equal if left out
 */
export function distinctPoints({ n, d, x }: PointCloud, among: Int32Array, value?: Float64Array): DistinctPoints {
  const compare = (i: number, j: number): number => {
    for (let a = 0; a < d; a++) {
      const [s, t] = [x[a * n + i]!, x[a * n + j]!]
      if (s !== t) return s < t ? -1 : 1
    }
    return 0
  }
  const order = Int32Array.from(among, (_, k) => k).sort((k, l) => compare(among[k]!, among[l]!))
  const index: number[] = []
  const place = new Int32Array(among.length)
  for (const k of order) {
    const i = among[k]!
    const last = index.length - 1
    if (last < 0 || compare(index[last]!, i) !== 0) index.push(i)
    else if (value !== undefined && value[i]! > value[index[last]!]!) index[last] = i
    place[k] = index.length - 1
  }
  return { index: Int32Array.from(index), place }
}
