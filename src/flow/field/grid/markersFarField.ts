/**
 * The force of a cloud of markers seen from outside the grid: six equivalent point sources. Used for the rare markers
 * and particles that leave the box of the 3-D mean field.
 */
import type { Kernel } from '../../../interaction/kernel.js'
import type { GridShape } from '../../../wasm/grid.js'

/** Mass, then mean (3), then the columns of the Cholesky factor of the covariance (6: l00, l10, l20, l11, l21, l22). */
export type FarSources = Float64Array

/** The moments of the markers that lie inside the grid. @param q structure of arrays with the given stride */
export function farSources(q: Float64Array, count: number, stride: number, grid: GridShape): FarSources {
  const { origin, spacing, shape } = grid
  const low = origin.map(o => o + 2 * spacing)
  const high = origin.map((o, a) => o + (shape[a]! - 3) * spacing)
  const sums = new Float64Array(10)
  for (let i = 0; i < count; i++) {
    const x = q[i]! - origin[0]
    const y = q[stride + i]! - origin[1]
    const z = q[2 * stride + i]! - origin[2]
    const [a, b, c] = [x + origin[0], y + origin[1], z + origin[2]]
    if (a < low[0]! || b < low[1]! || c < low[2]! || a >= high[0]! || b >= high[1]! || c >= high[2]!) continue
    sums[0] = sums[0]! + 1
    sums[1] = sums[1]! + x
    sums[2] = sums[2]! + y
    sums[3] = sums[3]! + z
    sums[4] = sums[4]! + x * x
    sums[5] = sums[5]! + x * y
    sums[6] = sums[6]! + x * z
    sums[7] = sums[7]! + y * y
    sums[8] = sums[8]! + y * z
    sums[9] = sums[9]! + z * z
  }
  const inside = sums[0]!
  const far = new Float64Array(10)
  if (inside === 0) return far
  const m = [sums[1]! / inside, sums[2]! / inside, sums[3]! / inside] as const
  const covariance = (k: number, a: 0 | 1 | 2, b: 0 | 1 | 2): number => sums[k]! / inside - m[a] * m[b]
  const root = (x: number): number => Math.sqrt(Math.max(0, x))
  const over = (x: number, l: number): number => (l > 0 ? x / l : 0)
  far[0] = inside / count
  for (let a = 0; a < 3; a++) far[a + 1] = origin[a]! + m[a]!
  const l00 = root(covariance(4, 0, 0))
  const l10 = over(covariance(5, 0, 1), l00)
  const l20 = over(covariance(6, 0, 2), l00)
  const l11 = root(covariance(7, 1, 1) - l10 * l10)
  const l21 = over(covariance(8, 1, 2) - l10 * l20, l11)
  const l22 = root(covariance(9, 2, 2) - l20 * l20 - l21 * l21)
  far.set([l00, l10, l20, l11, l21, l22], 4)
  return far
}

/** Where the columns of the Cholesky factor start in {@link FarSources}, and their first row. */
const COLUMNS = [
  [4, 0],
  [7, 1],
  [9, 2],
] as const

/**
 * Adds factor * (the force at x) to out: masses m/6 at mean +- sqrt(3) times each column of the Cholesky factor, which
 * have the cloud's mass, mean and covariance, so that for Coulomb's kernel monopole, dipole and quadrupole are right.
 * @param x length 3 @param out length 3
 */
export function addFarForce(kernel: Kernel, far: FarSources, x: Float64Array, factor: number, out: Float64Array): void {
  if (kernel.sigma === 0) return
  const weight = (factor * kernel.sigma * far[0]!) / 6
  const d = [0, 0, 0]
  for (const [start, row] of COLUMNS) {
    for (let sign = -1; sign <= 1; sign += 2) {
      for (let a = 0; a < 3; a++) {
        d[a] = x[a]! - far[1 + a]! - (a < row ? 0 : sign * SQRT3 * far[start + a - row]!)
      }
      const r = Math.sqrt(d[0]! * d[0]! + d[1]! * d[1]! + d[2]! * d[2]!)
      if (r === 0) continue
      const size = (weight * kernel.magnitude(r)) / r
      for (let a = 0; a < 3; a++) out[a] = out[a]! + size * d[a]!
    }
  }
}

const SQRT3: number = Math.sqrt(3)
