/**
 * The checks that the error of the 3-D mean field is made of, beside the comparison of two marker sets: a finer grid,
 * sums over the markers, markers outside the box, and the faces of the boxes. Called by gridFieldSolve.
 */
import { forces } from '../../../forces/forces.js'
import type { Kernel } from '../../../interaction/kernel.js'
import { type GridModule, type GridShape, gridModule } from '../../../wasm/grid.js'
import { type FreeSpaceConvolution, freeSpaceConvolution } from './freeSpaceConvolution.js'
import type { GridProbes } from './gridFieldProbes.js'
import type { MarkerMoment, Symmetrise } from './gridFieldRun.js'
import { addFarForce } from './markersFarField.js'

/** The difference of the force to that of a grid of half the spacing over the same box, same markers. */
export function finerGrid(
  { grid }: FreeSpaceConvolution,
  kernel: Kernel,
  cut: number,
  symmetrise?: Symmetrise,
): (moment: MarkerMoment, probes: GridProbes) => Float64Array {
  const shape = grid.shape.map(n => 2 * n) as [number, number, number]
  // What is symmetric about the middle of the grid is so on one with the same middle.
  const shift = symmetrise === undefined ? 0 : 0.25 * grid.spacing
  const origin = grid.origin.map(x => x - shift) as [number, number, number]
  const fine: GridShape = { shape, origin, spacing: 0.5 * grid.spacing }
  const nodes = shape[0] * shape[1] * shape[2]
  let convolution: FreeSpaceConvolution | undefined
  let other: GridModule | undefined
  return ({ module, M }, probes) => {
    convolution ??= freeSpaceConvolution(fine, kernel, { cut })
    other ??= gridModule(M, nodes)
    other.q.set(module.q)
    other.deposit(M, fine, 1 / M)
    const masses = other.grid.subarray(0, nodes)
    symmetrise?.(masses, fine)
    convolution.potential(masses, other.coefficients)
    return probes.difference(
      module.coefficients.subarray(0, nodesOf(grid)),
      fine,
      other.coefficients.subarray(0, nodes),
    )
  }
}

/** Markers at which the grid is compared with sums over all markers. */
const DIRECT_PROBES = 256

/**
 * The difference of the field to the kernel's sums over the markers themselves, at the first 256 markers: finds
 * structure that neither of two grids resolves. Zero unless it stands out of the noise of the sums, which the two sets
 * show.
 */
export function directCheck(
  grid: GridShape,
  kernel: Kernel,
): {
  first(moment: MarkerMoment): void
  /** @param mean coefficients of the mean of the two sets */
  second(moment: MarkerMoment, mean: Float64Array): number
} {
  const module = gridModule(DIRECT_PROBES, nodesOf(grid))
  const targets = new Map<number, Float64Array>()
  const sums = new Map<number, Float64Array>()
  const sum = (at: Float64Array, { module: { q }, M }: MarkerMoment): Float64Array =>
    forces({ targets: at, sources: q.slice(0, 3 * M) }, kernel, { tolerance: 1e-4 }).force
  return {
    first: moment => {
      const { module: markers, M, index } = moment
      const at = new Float64Array(3 * DIRECT_PROBES)
      for (let a = 0; a < 3; a++) at.set(markers.q.subarray(a * M, a * M + DIRECT_PROBES), a * DIRECT_PROBES)
      targets.set(index, at)
      sums.set(index, sum(at, moment))
    },
    second: (moment, mean) => {
      const at = targets.get(moment.index)!
      const one = sums.get(moment.index)!
      const two = sum(at, moment)
      module.q.set(at)
      module.coefficients.set(mean)
      module.p.fill(0)
      const outside = new Set(module.missed.subarray(0, module.addGradient(DIRECT_PROBES, grid, -1)))
      let error = 0
      let noise = 0
      for (let i = 0; i < DIRECT_PROBES; i++) {
        if (outside.has(i)) continue
        let [square, spread] = [0, 0]
        for (let k = i; k < 3 * DIRECT_PROBES; k += DIRECT_PROBES) {
          const difference = 0.5 * (one[k]! + two[k]!) - module.p[k]!
          square += difference * difference
          spread += 0.25 * (one[k]! - two[k]!) * (one[k]! - two[k]!)
        }
        error = Math.max(error, square)
        noise = Math.max(noise, spread)
      }
      return error > 4 * noise ? Math.sqrt(error) : 0
    },
  }
}

/** The largest force of the markers outside the grid on the first 64 markers inside. */
export function forceOfStrays({ module: { q }, M }: MarkerMoment, grid: GridShape, kernel: Kernel): number {
  const outside: number[] = []
  const inside: number[] = []
  for (let i = 0; i < M; i++) {
    let within = true
    for (let a = 0; a < 3; a++) {
      const x = (q[a * M + i]! - grid.origin[a]!) / grid.spacing
      within &&= x >= 2 && x < grid.shape[a]! - 3
    }
    if (!within) outside.push(i)
    else if (inside.length < 64) inside.push(i)
  }
  let largest = 0
  const sum = [0, 0, 0]
  for (const i of inside) {
    sum.fill(0)
    for (const j of outside) {
      const d = [0, 1, 2].map(a => q[a * M + i]! - q[a * M + j]!)
      const r = Math.sqrt(d[0]! * d[0]! + d[1]! * d[1]! + d[2]! * d[2]!)
      const size = kernel.magnitude(r) / (r * M)
      for (let a = 0; a < 3; a++) sum[a] = sum[a]! + size * d[a]!
    }
    largest = Math.max(largest, Math.sqrt(sum[0]! * sum[0]! + sum[1]! * sum[1]! + sum[2]! * sum[2]!))
  }
  return kernel.sigma === 0 ? 0 : largest
}

/** Number of nodes of a grid. */
export function nodesOf({ shape }: GridShape): number {
  return shape[0] * shape[1] * shape[2]
}

/** Points a side on the faces of a box where two fields are compared. */
const FACE_POINTS = 12

/**
 * Points on the six faces of the part of the grid where splines are complete, and room for coefficients on `nodes`
 * nodes.
 */
function facesOf(grid: GridShape, nodes: number = nodesOf(grid)): GridModule {
  const count = 6 * FACE_POINTS * FACE_POINTS
  const module = gridModule(count, nodes)
  const end = (a: number, u: number): number => 2 + 1e-6 + u * (grid.shape[a]! - 5 - 2e-6)
  let i = 0
  for (let a = 0; a < 3; a++) {
    for (let side = 0; side < 2; side++) {
      for (let k = 0; k < FACE_POINTS * FACE_POINTS; k++) {
        const u = [side, ((k % FACE_POINTS) + 0.5) / FACE_POINTS, (Math.floor(k / FACE_POINTS) + 0.5) / FACE_POINTS]
        for (let b = 0; b < 3; b++) {
          const c = (a + b) % 3
          module.q[c * count + i] = grid.origin[c]! + grid.spacing * end(c, u[b]!)
        }
        i++
      }
    }
  }
  return module
}

/** The largest jumps of the force: from the grid to the outer grid, and from there to the equivalent sources; added. */
export function faceDifferences(
  inner: GridShape,
  outer: GridShape,
  kernel: Kernel,
): (innerCoefficients: Float64Array, outerCoefficients: Float64Array, far: Float64Array) => number {
  const count = 6 * FACE_POINTS * FACE_POINTS
  const near = facesOf(inner)
  const middle = facesOf(inner, nodesOf(outer))
  const distant = facesOf(outer)
  const x = new Float64Array(3)
  const f = new Float64Array(3)
  return (innerCoefficients, outerCoefficients, far) => {
    const at = (module: GridModule, coefficients: Float64Array, grid: GridShape): Float64Array => {
      module.coefficients.set(coefficients)
      module.p.fill(0)
      module.addGradient(count, grid, -1)
      return module.p
    }
    const a = at(near, innerCoefficients, inner)
    const b = at(middle, outerCoefficients, outer)
    const c = at(distant, outerCoefficients, outer)
    let jump = 0
    let last = 0
    for (let k = 0; k < count; k++) {
      f.fill(0)
      for (let axis = 0; axis < 3; axis++) x[axis] = distant.q[axis * count + k]!
      addFarForce(kernel, far, x, 1, f)
      let first = 0
      let second = 0
      for (let axis = 0; axis < 3; axis++) {
        const i = axis * count + k
        first += (a[i]! - b[i]!) * (a[i]! - b[i]!)
        second += (c[i]! - f[axis]!) * (c[i]! - f[axis]!)
      }
      jump = Math.max(jump, first)
      last = Math.max(last, second)
    }
    return Math.sqrt(jump) + Math.sqrt(last)
  }
}
