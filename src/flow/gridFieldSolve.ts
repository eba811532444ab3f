/**
 * The 3-D mean field at one resolution: two runs with independent marker sets, their mean as a table, and the parts of
 * its error. Called by gridField at every level of refinement.
 */
import type { Configuration } from '../base/configuration.js'
import type { Kernel } from '../interaction/kernel.js'
import type { Law } from '../law/law.js'
import { type GridModule, type GridShape, gridModule } from '../wasm/grid.js'
import { type FreeSpaceConvolution, freeSpaceConvolution } from './freeSpaceConvolution.js'
import type { Pilot } from './gridFieldPilot.js'
import { type GridProbes, gridProbes } from './gridFieldProbes.js'
import { type MarkerMoment, type Pause, runMarkers } from './gridFieldRun.js'
import type { GridTable } from './gridFieldTable.js'
import { addFarForce } from './markersFarField.js'

export interface SolveOptions {
  readonly law: Law
  readonly kernel: Kernel
  readonly T: number
  /** Two independent sets of markers of the same number. */
  readonly first: Configuration
  readonly second: Configuration
  readonly convolution: FreeSpaceConvolution
  readonly pilot: Pilot
  readonly seed: string
  readonly pause: Pause
  readonly stage: string
}

/** Markers whose speeds are stored, of either set. */
const SPEEDS = 2 ** 14
/** Largest part of the markers outside the grid. */
const MOST_OUTSIDE = 3e-3
/** Relative rounding error of single precision. */
const SINGLE = 2 ** -24

/** The table, or undefined if too many markers leave the grid. */
export async function solveOnGrid(options: SolveOptions): Promise<GridTable | undefined> {
  const { kernel, T, first, second, convolution, pilot, seed, pause, stage } = options
  const { grid, shift } = convolution
  const { steps } = pilot
  const M = first.N
  const nodes = nodesOf(grid)
  const probes = gridProbes(grid)
  const density = new Float64Array(nodes)
  const energyOf = (moment: MarkerMoment): number => kinetic(moment) + 0.5 * (moment.interaction + shift)
  const run = (markers: Configuration, done: number, record: (moment: MarkerMoment) => void): Promise<boolean> =>
    runMarkers({
      kernel,
      markers,
      T,
      steps,
      convolution,
      mostOutside: MOST_OUTSIDE,
      room: outerNodes,
      pause: step => pause(done + 0.5 * (step / steps), stage),
      record,
    })

  const potentials: Float32Array[] = []
  const densities: Float32Array[] = []
  const far: Float64Array[] = []
  const speeds: Float32Array[] = []
  const energies: [number, number][] = []
  const outer = freeSpaceConvolution(outerGrid(grid), kernel)
  const outers: Float32Array[] = []
  const outerNodes = nodesOf(outer.grid)
  const outerCoefficients = new Float64Array(outerNodes)
  const solveOuter = ({ module }: MarkerMoment): Float64Array => {
    // The run needs only the coefficients from here on, so that its grid is free.
    module.deposit(M, outer.grid, 1 / M)
    return outer.potential(module.grid.subarray(0, outerNodes), outerCoefficients)
  }
  const faces = faceDifferences(grid, outer.grid, kernel)
  const finer = finerGrid(convolution, kernel)
  const finerDifferences = new Map<number, Float64Array>()
  let gridError = 0
  let strays = 0
  let outside = 0
  const compared = [0, Math.floor(steps / 2), steps]
  const kept = Math.min(SPEEDS, M)
  const complete = await run(first, 0, moment => {
    const { module } = moment
    potentials.push(Float32Array.from(module.coefficients.subarray(0, nodes)))
    densities.push(Float32Array.from(convolution.density(module.grid.subarray(0, nodes), density)))
    far.push(moment.far)
    const both = new Float32Array(2 * kept)
    writeSpeeds(moment, both.subarray(0, kept))
    speeds.push(both)
    energies.push([energyOf(moment), 0])
    outside = Math.max(outside, moment.outside)
    if (compared.includes(moment.index)) finerDifferences.set(moment.index, finer(moment, probes))
    if (moment.outside > 0) strays = Math.max(strays, forceOfStrays(moment, grid, kernel))
    outers.push(Float32Array.from(solveOuter(moment)))
  })
  if (!complete) return undefined

  let markers = 0
  let beyond = 0
  let scale = 0
  let largest = 0
  const half = new Float64Array(nodes)
  const densityErrors: number[] = []
  const again = await run(second, 0.5, moment => {
    const { module, index } = moment
    const c = module.coefficients
    const mean = potentials[index]!
    for (let j = 0; j < nodes; j++) half[j] = 0.5 * (c[j]! - mean[j]!)
    markers = Math.max(markers, probes.largestGradient(half))
    for (let j = 0; j < nodes; j++) half[j] = 0.5 * (c[j]! + mean[j]!)
    scale = Math.max(scale, probes.largestGradient(half))
    for (let j = 0; j < nodes; j++) largest = Math.max(largest, Math.abs(half[j]!))
    mean.set(half)
    const other = densities[index]!
    let apart = 0
    convolution.density(module.grid.subarray(0, nodes), density)
    for (let j = 0; j < nodes; j++) {
      apart = Math.max(apart, 0.5 * Math.abs(density[j]! - other[j]!))
      other[j] = 0.5 * (density[j]! + other[j]!)
    }
    densityErrors.push(apart)
    far[index] = far[index]!.map((x, k) => 0.5 * (x + moment.far[k]!))
    writeSpeeds(moment, speeds[index]!.subarray(kept))
    energies[index]![1] = energyOf(moment)
    outside = Math.max(outside, moment.outside)
    const finerFirst = finerDifferences.get(index)
    if (finerFirst !== undefined) gridError = Math.max(gridError, probes.commonPart(finerFirst, finer(moment, probes)))
    const outerMean = outers[index]!
    solveOuter(moment)
    for (let j = 0; j < outerNodes; j++) outerCoefficients[j] = 0.5 * (outerCoefficients[j]! + outerMean[j]!)
    outerMean.set(outerCoefficients)
    beyond = Math.max(beyond, faces(half, outerCoefficients, far[index]!))
  })
  if (!again) return undefined

  return {
    version: 1,
    T,
    grid,
    potentials,
    outerGrid: outer.grid,
    outers,
    densities,
    far,
    speeds,
    energies,
    densityErrors,
    errors: {
      markers,
      grid: gridError,
      time: pilot.timeError * scale,
      outside: strays + beyond,
      // sum_j |B'(x - j)| <= 2 along an axis, and the other two sum to 1.
      rounding: (2 * Math.sqrt(3) * SINGLE * largest) / grid.spacing,
    },
    scale,
    parameters: {
      markers: M,
      nodes: grid.shape.join(' x '),
      spacing: grid.spacing,
      steps,
      scheme: 'yoshida4',
      seed,
      outside,
    },
  }
}

function kinetic({ module: { p }, M }: MarkerMoment): number {
  let sum = 0
  for (let i = 0; i < 3 * M; i++) sum += p[i]! * p[i]!
  return (0.5 * sum) / M
}

function writeSpeeds({ module: { p }, M }: MarkerMoment, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) {
    const [x, y, z] = [p[i]!, p[M + i]!, p[2 * M + i]!]
    out[i] = Math.sqrt(x * x + y * y + z * z)
  }
}

/** The difference of the force to that of a grid of half the spacing over the same box, same markers. */
function finerGrid(
  { grid }: FreeSpaceConvolution,
  kernel: Kernel,
): (moment: MarkerMoment, probes: GridProbes) => Float64Array {
  const shape = grid.shape.map(n => 2 * n) as [number, number, number]
  const fine: GridShape = { shape, origin: grid.origin, spacing: 0.5 * grid.spacing }
  const nodes = shape[0] * shape[1] * shape[2]
  let convolution: FreeSpaceConvolution | undefined
  let other: GridModule | undefined
  return ({ module, M }, probes) => {
    convolution ??= freeSpaceConvolution(fine, kernel)
    other ??= gridModule(M, nodes)
    other.q.set(module.q)
    other.deposit(M, fine, 1 / M)
    convolution.potential(other.grid.subarray(0, nodes), other.coefficients)
    return probes.difference(
      module.coefficients.subarray(0, nodesOf(grid)),
      fine,
      other.coefficients.subarray(0, nodes),
    )
  }
}

/** The largest force of the markers outside the grid on the first 64 markers inside. */
function forceOfStrays({ module: { q }, M }: MarkerMoment, grid: GridShape, kernel: Kernel): number {
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

/** Fewest nodes along the longest side of the outer grid. */
const OUTER_NODES = 64

/**
 * The grid for the field outside, over a box twice as long. The cut of its spectrum leaves ripples that fall below 1e-5 of the
 * force sixteen spacings away from the mass, so that it has at least 64 nodes a side.
 */
export function outerGrid({ shape, origin, spacing }: GridShape): GridShape {
  const more = Math.max(1, OUTER_NODES / Math.max(...shape))
  const nodes = shape.map(n => more * n) as [number, number, number]
  const step = (2 * spacing) / more
  const low = origin.map((o, a) => o + 0.5 * spacing * (shape[a]! - 1) - 0.5 * step * (nodes[a]! - 1))
  return { shape: nodes, origin: low as [number, number, number], spacing: step }
}

function nodesOf({ shape }: GridShape): number {
  return shape[0] * shape[1] * shape[2]
}

/** Points a side on the faces of a box where two fields are compared. */
const FACE_POINTS = 12

/** Points on the six faces of the part of the grid where splines are complete, and room for coefficients on `nodes` nodes. */
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
function faceDifferences(
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
