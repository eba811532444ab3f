/**
 * One self-consistent run of the 3-D mean field: markers of the law move in the force of their own density on a grid.
 * Called by gridField for two independent marker sets and for pilots.
 */
import type { Configuration } from '../../../base/configuration.js'
import type { Kernel } from '../../../interaction/kernel.js'
import { type GridModule, type GridShape, gridModule } from '../../../wasm/grid.js'
import type { FreeSpaceConvolution } from './freeSpaceConvolution.js'
import { moveMarkers } from './markerMotion.js'
import { axialFarSources, type FarSources, farSources, kickFrom } from './markersFarField.js'

/** Averages masses on a grid, in place, over the symmetries of the law. */
export type Symmetrise = (masses: Float64Array, grid: GridShape) => void

/** What a run moves and in what. */
interface MarkerRunOptions {
  readonly kernel: Kernel
  /** Markers of mass 1/M each, at time 0. */
  readonly markers: Configuration
  readonly T: number
  /** Number of steps, each of T/steps. */
  readonly steps: number
  readonly convolution: FreeSpaceConvolution
  /** Makes of deposited masses those that the field is of; default: as they are. */
  readonly symmetrise?: Symmetrise
  /** Largest fraction of markers outside the grid before the run gives up, default 1. */
  readonly mostOutside?: number
  /** Room for this many nodes in the module's arrays, for what `record` does there; default: those of the grid. */
  readonly room?: number
  /**
   * Called after every force with the steps done, parts of steps included. May yield to other work and throw to stop
   * the run.
   */
  readonly pause?: (step: number) => Promise<void>
  /** Reads what is wanted at the times t_0 = 0, ..., t_steps = T. */
  readonly record: (moment: MarkerMoment) => void
}

/** The markers at one of the times t_i, and the field that they make. */
export interface MarkerMoment {
  readonly index: number
  readonly t: number
  /** Marker q, p, the deposited masses in `grid`, the potential's spline coefficients in `coefficients`. */
  readonly module: GridModule
  /** Number of markers. */
  readonly M: number
  /** Fraction of the markers outside the grid. */
  readonly outside: number
  readonly far: FarSources
  /** sum over the nodes of mass times coefficient: the double integral of W rho rho. */
  readonly interaction: number
}

/** Runs to T. @returns false if more than `mostOutside` of the markers left the grid */
export async function runMarkers(options: MarkerRunOptions): Promise<boolean> {
  const { kernel, markers, T, steps, convolution, symmetrise, record, pause, mostOutside = 1 } = options
  const { grid } = convolution
  const M = markers.N
  const nodes = grid.shape[0] * grid.shape[1] * grid.shape[2]
  const module = gridModule(M, Math.max(nodes, options.room ?? 0))
  module.q.set(markers.q)
  module.p.set(markers.p)
  const masses = module.grid.subarray(0, nodes)
  const coefficients = module.coefficients.subarray(0, nodes)
  let outside = 0
  let far: FarSources = new Float64Array(10)
  const sources = symmetrise === undefined ? farSources : axialFarSources
  const solve = (): void => {
    outside = module.deposit(M, grid, 1 / M)
    symmetrise?.(masses, grid)
    convolution.potential(masses, coefficients)
    if (outside > 0) far = sources(module.q, M, M, grid)
  }
  const kick = (dt: number): void => {
    const missed = module.addGradient(M, grid, -dt)
    kickFrom(kernel, far, module, missed, dt)
  }
  const moment = (index: number): MarkerMoment => {
    let interaction = 0
    for (let j = 0; j < nodes; j++) interaction += masses[j]! * coefficients[j]!
    far = sources(module.q, M, M, grid)
    return { index, t: (T * index) / steps, module, M, outside: outside / M, far, interaction }
  }
  return moveMarkers({
    ...{ T, steps, solve, kick, pause },
    drift: module.drift,
    lost: () => outside > mostOutside * M,
    record: step => record(moment(step)),
  })
}

/** A grid around the box with the given ends: `nodes` along the longest side, powers of two along the others. */
export function gridAround(ends: ArrayLike<number>, nodes: number): GridShape {
  const lengths = [0, 1, 2].map(a => ends[2 * a + 1]! - ends[2 * a]!)
  const longest = Math.max(...lengths)
  // Five nodes at the ends have no complete spline, one more guards against rounding.
  const spacing = (longest > 0 ? longest : 1) / (nodes - 6)
  const shape = lengths.map(length => {
    let n = 16
    while (n < nodes && (n - 6) * spacing < length) n *= 2
    return n
  }) as [number, number, number]
  const origin = shape.map((n, a) => 0.5 * (ends[2 * a]! + ends[2 * a + 1]!) - 0.5 * (n - 1) * spacing) as [
    number,
    number,
    number,
  ]
  return { shape, origin, spacing }
}
