/**
 * One self-consistent run of the solver for smooth laws: markers with masses, each part of the law seen through its own
 * filter, moved by Yoshida's scheme of order 4 in the force of their own density.
 */
import type { Kernel } from '../../../interaction/kernel.js'
import { type GridModule, gridModule } from '../../../wasm/grid.js'
import type { FreeSpaceConvolution } from '../grid/freeSpaceConvolution.js'
import { moveMarkers } from '../grid/markerMotion.js'
import { type FarSources, farSources, kickFrom } from '../grid/markersFarField.js'
import { filteredConvolution, type Spread } from './filteredConvolution.js'
import type { MassiveMarkers } from './latticeMarkers.js'

/** What a run moves and in what. */
export interface SmoothRunOptions {
  readonly kernel: Kernel
  readonly markers: MassiveMarkers
  readonly T: number
  readonly steps: number
  readonly convolution: FreeSpaceConvolution
  /** Where the filters fall, in units of the inverse deviations of a part. */
  readonly cut: number
  /** Room for this many nodes in the module's arrays. */
  readonly room?: number
  /** Called after every force with the steps done; throws to stop. */
  readonly pause: (step: number) => Promise<void>
  /** Reads what is wanted at the times t_0 = 0, ..., t_steps = T. */
  readonly record: (moment: SmoothMoment) => void
}

/** The markers at one of the times, and the field that they make. */
export interface SmoothMoment {
  readonly index: number
  /** Marker positions and momenta, stride q.length/3; the potential's spline coefficients. */
  readonly module: GridModule
  readonly coefficients: Float64Array
  readonly spreads: readonly Spread[]
  readonly far: FarSources
  /** Mass outside the grid. */
  readonly outside: number
  /** The double integral of W rho rho. */
  readonly interaction: number
  /** Writes the masses that part c deposits on another grid, or on this one, into the module's `grid`. */
  deposit(c: number, grid: FreeSpaceConvolution['grid']): Float64Array
}

/** Runs to T. */
export async function smoothRun(options: SmoothRunOptions): Promise<void> {
  const { kernel, markers, T, steps, convolution, cut, record, pause } = options
  const { grid } = convolution
  const { N, ends, mass } = markers
  const nodes = grid.shape[0] * grid.shape[1] * grid.shape[2]
  const module = gridModule(N, Math.max(nodes, options.room ?? 0), 'masses')
  const stride = module.q.length / 3
  for (let a = 0; a < 3; a++) {
    module.q.set(markers.q.subarray(a * N, (a + 1) * N), a * stride)
    module.p.set(markers.p.subarray(a * N, (a + 1) * N), a * stride)
  }
  const coefficients = module.coefficients.subarray(0, nodes)
  const filtered = filteredConvolution(convolution, ends.length)
  const deposit = (c: number, on: FreeSpaceConvolution['grid']): Float64Array => {
    const from = c === 0 ? 0 : ends[c - 1]!
    module.depositMasses(from, ends[c]!, on)
    return module.grid.subarray(0, on.shape[0] * on.shape[1] * on.shape[2])
  }
  module.masses.set(mass)
  let spreads: Spread[] = []
  let inside = 0
  const density = new Float64Array(nodes)
  const solve = (): void => {
    spreads = ends.map((end, c) => spreadOf(module.q, stride, mass, c === 0 ? 0 : ends[c - 1]!, end))
    density.fill(0)
    ends.forEach((_, c) => {
      const masses = deposit(c, grid)
      filtered.add(c, masses)
      for (let j = 0; j < nodes; j++) density[j] = density[j]! + masses[j]!
    })
    inside = density.reduce((sum, m) => sum + m, 0)
    filtered.potential(spreads, cut, coefficients)
  }
  const farOf = (): FarSources => {
    const far = new Float64Array(10 * ends.length)
    ends.forEach((to, c) => {
      far.set(farSources(module.q, N, stride, grid, { mass, from: c === 0 ? 0 : ends[c - 1]!, to }), 10 * c)
    })
    return far
  }
  const kick = (dt: number): void => {
    const missed = module.addGradient(N, grid, -dt)
    if (missed > 0) kickFrom(kernel, farOf(), module, missed, dt)
  }
  const moment = (index: number): SmoothMoment => {
    let interaction = 0
    for (let j = 0; j < nodes; j++) interaction += density[j]! * coefficients[j]!
    return { index, module, coefficients, spreads, far: farOf(), outside: 1 - inside, interaction, deposit }
  }
  await moveMarkers({ T, steps, drift: module.drift, solve, kick, record: step => record(moment(step)), pause })
}

/** The second moments of the positions of the markers from `from` to `to`. */
function spreadOf(q: Float64Array, stride: number, mass: Float64Array, from: number, to: number): Spread {
  let [w, sx, sy, sz, xx, xy, xz, yy, yz, zz] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  for (let i = from; i < to; i++) {
    const m = mass[i]!
    const [x, y, z] = [q[i]!, q[stride + i]!, q[2 * stride + i]!]
    w += m
    sx += m * x
    sy += m * y
    sz += m * z
    xx += m * x * x
    xy += m * x * y
    xz += m * x * z
    yy += m * y * y
    yz += m * y * z
    zz += m * z * z
  }
  const [x, y, z] = [sx / w, sy / w, sz / w]
  return Float64Array.of(xx / w - x * x, xy / w - x * y, xz / w - x * z, yy / w - y * y, yz / w - y * z, zz / w - z * z)
}
