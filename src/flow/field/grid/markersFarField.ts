/**
 * The force of a cloud of markers seen from outside the grid: six equivalent point sources. Used for the rare markers
 * and particles that leave the box of the 3-D mean field.
 */
import type { Kernel } from '../../../interaction/kernel.js'
import type { GridModule, GridShape } from '../../../wasm/grid.js'

/**
 * Of every cloud: mass, then mean (3), then the columns of the Cholesky factor of the covariance (6: l00, l10, l20,
 * l11, l21, l22).
 */
export type FarSources = Float64Array

/** Markers of different masses: those from `from` to `to`. */
interface MassesOf {
  readonly mass: Float64Array
  readonly from: number
  readonly to: number
}

/**
 * The moments of the markers that lie inside the grid.
 * @param q structure of arrays with the given stride @param of some of the markers with their masses; default: all,
 * 1/count each
 */
export function farSources(q: Float64Array, count: number, stride: number, grid: GridShape, of?: MassesOf): FarSources {
  const { origin, spacing, shape } = grid
  const low = origin.map(o => o + 2 * spacing)
  const high = origin.map((o, a) => o + (shape[a]! - 3) * spacing)
  const sums = new Float64Array(10)
  for (let i = of?.from ?? 0; i < (of?.to ?? count); i++) {
    const x = q[i]! - origin[0]
    const y = q[stride + i]! - origin[1]
    const z = q[2 * stride + i]! - origin[2]
    const [a, b, c] = [x + origin[0], y + origin[1], z + origin[2]]
    if (a < low[0]! || b < low[1]! || c < low[2]! || a >= high[0]! || b >= high[1]! || c >= high[2]!) continue
    const m = of === undefined ? 1 : of.mass[i]!
    sums[0] = sums[0]! + m
    sums[1] = sums[1]! + m * x
    sums[2] = sums[2]! + m * y
    sums[3] = sums[3]! + m * z
    sums[4] = sums[4]! + m * x * x
    sums[5] = sums[5]! + m * x * y
    sums[6] = sums[6]! + m * x * z
    sums[7] = sums[7]! + m * y * y
    sums[8] = sums[8]! + m * y * z
    sums[9] = sums[9]! + m * z * z
  }
  const inside = sums[0]!
  const far = new Float64Array(10)
  if (inside === 0) return far
  const m = [sums[1]! / inside, sums[2]! / inside, sums[3]! / inside] as const
  const covariance = (k: number, a: 0 | 1 | 2, b: 0 | 1 | 2): number => sums[k]! / inside - m[a] * m[b]
  const root = (x: number): number => Math.sqrt(Math.max(0, x))
  const over = (x: number, l: number): number => (l > 0 ? x / l : 0)
  far[0] = of === undefined ? inside / count : inside
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

/**
 * Those of a cloud that is symmetric about the third axis and about the plane across it: one for either side of the
 * plane, whose moments are those of all markers, turned and mirrored to it.
 */
export function axialFarSources(q: Float64Array, count: number, stride: number, grid: GridShape): FarSources {
  const folded = q.slice()
  for (let i = 2 * stride; i < 2 * stride + count; i++) folded[i] = Math.abs(q[i]!)
  const [mass, x, y, z, l00, l10, l20, l11, l21, l22] = farSources(folded, count, stride, grid)
  const across = Math.sqrt(0.5 * (x! * x! + y! * y! + l00! * l00! + l10! * l10! + l11! * l11!))
  const along = Math.sqrt(l20! * l20! + l21! * l21! + l22! * l22!)
  const side = (height: number): number[] => [0.5 * mass!, 0, 0, height, across, 0, 0, across, 0, along]
  return Float64Array.of(...side(z!), ...side(-z!))
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
  for (let from = 0; from < far.length; from += 10) {
    addCloud(kernel, far.length === 10 ? far : far.subarray(from, from + 10), x, factor, out)
  }
}

function addCloud(kernel: Kernel, far: FarSources, x: Float64Array, factor: number, out: Float64Array): void {
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

const x = new Float64Array(3)
const kick = new Float64Array(3)

/**
 * Changes the momenta of the markers outside the grid, the first `missed` of `module.missed`, by the force of the
 * sources over a time dt.
 */
export function kickFrom(kernel: Kernel, far: FarSources, module: GridModule, missed: number, dt: number): void {
  const { q, p } = module
  const stride = q.length / 3
  for (let k = 0; k < missed; k++) {
    const i = module.missed[k]!
    for (let a = 0; a < 3; a++) x[a] = q[a * stride + i]!
    kick.fill(0)
    addFarForce(kernel, far, x, dt, kick)
    for (let a = 0; a < 3; a++) p[a * stride + i] = p[a * stride + i]! + kick[a]!
  }
}
