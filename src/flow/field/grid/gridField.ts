/**
 * The 3-D mean field k^N_delta * rho^N_t of (10) for any initial law: quasi-random markers, a grid and a free-space
 * spectral convolution, refined until the error estimate meets the tolerance. The mean field flow (16) moves in it.
 */

import {
  quote,
  requireInteger,
  requireNumber,
  requireOneOf,
  requireOptions,
  requirePositive,
} from '../../../base/errors.js'
import { withInterrupts } from '../../../base/interrupt.js'
import { requireAffordable } from '../../../base/limits.js'
import { type BarOption, type Report, reporting } from '../../../base/progress.js'
import { requireSeed } from '../../../base/random.js'
import { type Kernel, requireKernel } from '../../../interaction/kernel.js'
import { type Law, requireLaw } from '../../../law/law.js'
import { symmetryOf } from './axialSymmetry.js'
import { type FreeSpaceConvolution, freeSpaceConvolution } from './freeSpaceConvolution.js'
import { type Pilot, pilotRun } from './gridFieldPilot.js'
import { outerGrid, solveOnGrid } from './gridFieldSolve.js'
import { type GridErrors, type GridField, gridFieldOf } from './gridFieldTable.js'
import { type Pause, pausing } from './markerMotion.js'
import { markersOfLaw } from './markersOfLaw.js'

/** A fixed resolution, instead of refinement to a tolerance. */
export interface GridResolution {
  /** Markers of either of the two sets, a power of two from 1024. */
  readonly markers: number
  /**
   * Resolved nodes along the longest side of the box, an integer from 16: the grid has the next power of two, and its
   * spectrum is cut as on a grid of this many.
   */
  readonly nodes: number
  /** Time steps, at least 5; default: from the pilot. */
  readonly steps?: number
}

/** What the refinement may use; reaching a limit without meeting the tolerance is an error. */
export interface GridLimits {
  /** Most markers of either set, default 2^20. */
  readonly markers?: number
  /** Most nodes along the longest side, default 128. (The error estimate uses a grid of twice as many.) */
  readonly nodes?: number
  /** Most bytes of the stored table, default 1.5e9. */
  readonly bytes?: number
  /** The largest T, default 1e6. */
  readonly T?: number
}

const TABLE_BYTES = 1.5e9

/** Where refinement begins; with sixteen markers for each that is moved, where coarser ones are known to fail. */
const COARSE = { markers: 2 ** 15, nodes: 32 } as const
const FINE = { tolerance: 2e-3, markers: 2 ** 19, nodes: 128 } as const

/** Options of {@link gridField}. */
export interface GridFieldOptions extends BarOption {
  readonly law: Law
  /** A kernel on R^3; with its N, delta and sigma. */
  readonly kernel: Kernel
  /** Last time, > 0. */
  readonly T: number
  /** Largest error of the force relative to its largest value, in [1e-6, 1], default 1e-2. */
  readonly tolerance?: number
  /** Use this resolution and report its error. */
  readonly resolution?: GridResolution
  readonly limits?: GridLimits
  /** What to do when the tolerance is not met within the limits: 'throw' (default), or 'report' it in `error`. */
  readonly missed?: 'throw' | 'report'
  /** Names the two scrambles of the marker set, default 'grid'. */
  readonly seed?: string
  /** Must be 0 or absent: with noise the density solves another equation. */
  readonly noise?: number
  /** Stops the computation: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Told the part of the present stage that is done, in [0, 1], and what the stage is. */
  readonly onProgress?: (part: number, stage: string) => void
  /** @deprecated The name of `onProgress` in version 0.1. */
  readonly progress?: (part: number, stage: string) => void
}

/**
 * The mean field of a law in R^3 as a table in space and time.
 *
 * Two sets of M quasi-random markers ({@link markersOfLaw}) move by a scheme of order 4 in their own field, found by
 * `freeSpaceConvolution`; the field is the mean of the two. The box is fixed by a pilot so that all markers stay
 * inside, or, for laws with heavy tails, all but about 1e-3 of them; these move in the field of the others and are left
 * out of it, and their effect is part of the error. A time between the slices is reached by polynomials of degree 5.
 *
 * The error is the sum of: half of the largest difference of the two sets; the largest difference to a grid of half
 * the spacing at times 0, T/2 and T, same markers; time step and interpolation in time by halving the step on a pilot;
 * what is outside the box; rounding of the table. A comparison with sums over the markers guards against structure that
 * no grid resolves. The largest values over probes in every cell (every second for large grids) stand for suprema.
 * Refinement: nodes while the grid dominates, markers otherwise.
 *
 * A law with an axis (`symmetry: 'axial'`) has the deposited masses averaged over the sixteen symmetries of a square
 * prism, so that each marker that is moved stands for sixteen.
 *
 * What limits accuracy: at M = 2^20 the markers, to about 1e-3 of the largest force; a density or a velocity field with
 * jumps needs a fine grid (the error of the force then falls like the spacing only); a cut-off radius below the spacing
 * costs nothing, since the symbol of the kernel is exact and a bounded density has no structure there.
 * @returns the field; its `table` is a plain record from which {@link gridFieldOf} makes it again
 * @throws TypeError, RangeError naming the argument; RangeError with the error reached if the tolerance is not met
 *   within the limits, or if the table would be too large
 * @example await gridField({ law: gaussianMixtureLaw(), kernel: cutoffKernel({ N: 1e4, delta: 0.3 }), T: 1, tolerance: 1e-2 })
 */
export async function gridField(options: GridFieldOptions): Promise<GridField> {
  requireOptions<GridFieldOptions>('gridField', options, {
    bar: true,
    law: true,
    kernel: true,
    T: true,
    tolerance: true,
    resolution: 'given',
    limits: true,
    missed: true,
    seed: true,
    noise: true,
    signal: 'signal',
    onProgress: 'function',
    progress: 'function',
  })
  return withInterrupts(options, heeding => reporting('gridField', heeding, report => solved(heeding, report)))
}

async function solved(options: GridFieldOptions, report: Report): Promise<GridField> {
  const { law, kernel, T, tolerance = 1e-2, resolution, missed = 'throw', seed = 'grid', noise = 0, signal } = options
  const watched = { signal, onProgress: options.onProgress ?? options.progress }
  const { markers: mostMarkers = 2 ** 20, nodes: mostNodes = 128, bytes = TABLE_BYTES } = options.limits ?? {}
  check(options)
  if (options.seed !== undefined) requireSeed(options.seed)
  requireOneOf('missed', missed, ['throw', 'report'])
  requirePowerOfTwo('limits.markers', mostMarkers, 1024)
  requireInteger('limits.nodes', mostNodes, 16, 512)
  requirePositive('limits.bytes', bytes)
  if (noise !== 0) {
    throw new RangeError(`noise must be 0 for the grid solver, which is deterministic, got ${quote(noise)}`)
  }

  const steps = resolution?.steps
  const pilot = await report.stage('pilot', 0.15, 0.85, part =>
    pilotRun({
      law,
      kernel,
      T,
      tolerance: 0.25 * tolerance,
      seed,
      ...(steps === undefined ? {} : { steps }),
      pause: pausing(watched, part),
    }),
  )
  signal?.throwIfAborted()

  const start = law.symmetry === 'axial' && tolerance <= FINE.tolerance ? FINE : COARSE
  let M = resolution?.markers ?? Math.min(start.markers, mostMarkers)
  let nodes = resolution?.nodes ?? Math.min(start.nodes, mostNodes)
  for (;;) {
    const most = resolution !== undefined || (M >= mostMarkers && nodes >= mostNodes)
    // The next refinement takes about four times as long.
    const field = await report.stage('grid', 1, most ? 0 : 4, part =>
      attempt({ law, kernel, T, M, nodes, seed, bytes, pilot, pause: pausing(watched, part) }),
    )
    if (resolution !== undefined) return field
    const target = tolerance * field.scale
    if (field.error.high <= target) return field
    const { markers, grid } = field.errors
    const finer = grid > 0.5 * target && grid > 0.5 * markers && nodes < mostNodes
    if (finer) nodes = Math.min(mostNodes, Math.log2(nodes) % 1 === 0 ? 1.5 * nodes : (4 / 3) * nodes)
    if (M < mostMarkers && markers > 0.4 * target && (!finer || markers > 0.5 * grid)) {
      // The difference falls about like M^-0.6 once the nets resolve the force.
      const factor = 2 ** Math.ceil(Math.log2(markers / (0.4 * target)) / 0.6)
      M = Math.min(mostMarkers, M * Math.min(16, Math.max(2, factor)))
    } else if (!finer) {
      if (missed === 'report') return field
      throw new RangeError(
        `tolerance ${tolerance} was not met with ${M} markers and ${nodes} nodes a side: error ${describe(field.errors)}, ` +
          `largest force ${field.scale.toPrecision(3)}; missed: 'report' returns the field with this error`,
      )
    }
  }
}

function describe(errors: GridErrors): string {
  return Object.entries(errors)
    .map(([part, value]) => `${part} ${(value as number).toExponential(1)}`)
    .join(', ')
}

interface Attempt {
  readonly law: Law
  readonly kernel: Kernel
  readonly T: number
  readonly M: number
  readonly nodes: number
  readonly seed: string
  readonly bytes: number
  readonly pilot: Pilot
  readonly pause: Pause
}

/** The field at one resolution; the box grows until the markers stay inside. */
async function attempt({ law, kernel, T, M, nodes, seed, bytes, pilot, pause }: Attempt): Promise<GridField> {
  const stage = `${M} markers, ${nodes} nodes a side`
  await pause(0, stage)
  const first = markersOfLaw(law, M, `${seed}/markers/0`)
  const second = markersOfLaw(law, M, `${seed}/markers/1`)
  const symmetrise = symmetryOf(law, first)
  for (let growth = 1; ; growth *= 1.15) {
    const size = 2 ** Math.ceil(Math.log2(nodes))
    const cut = nodes / size
    const grid = pilot.gridFor([first, second], size, growth)
    const [own, beyond] = [grid, outerGrid(grid)].map(({ shape }) => shape[0] * shape[1] * shape[2])
    const stored = 4 * (pilot.steps + 1) * (2 * own! + beyond!)
    if (stored > bytes) {
      throw new RangeError(`the table would need ${stored} bytes, more than limits.bytes = ${bytes}`)
    }
    const convolution: FreeSpaceConvolution = freeSpaceConvolution(grid, kernel, { cut })
    const table = await solveOnGrid({
      ...{ kernel, T, first, second, convolution, cut, pilot, seed, pause, stage },
      ...(symmetrise === undefined ? {} : { symmetrise }),
    })
    if (table !== undefined) return gridFieldOf(law, kernel, table)
  }
}

function check({ law, kernel, T, tolerance, resolution, limits }: GridFieldOptions): void {
  requireLaw(law)
  requireKernel(kernel)
  if (kernel.d !== 3) throw new RangeError(`kernel.d must be 3, as laws are on R^3, got ${kernel.d}`)
  requirePositive('T', T)
  requireAffordable({ T }, limits?.T === undefined ? {} : { T: limits.T })
  if (tolerance !== undefined) requireNumber('tolerance', tolerance, 1e-6, 1)
  if (resolution === undefined) return
  requirePowerOfTwo('resolution.markers', resolution.markers, 1024)
  requireInteger('resolution.nodes', resolution.nodes, 16, 512)
  if (resolution.steps !== undefined) requireInteger('resolution.steps', resolution.steps, 5)
  const names = { N: 'resolution.markers', steps: 'resolution.steps' }
  const counted = resolution.steps === undefined ? {} : { steps: resolution.steps }
  requireAffordable({ N: resolution.markers, ...counted, bytesPerParticle: 200, names })
  // At each step a slice of at least 16^3 nodes, in single precision twice, is kept by pilot and table.
  const slices = Math.floor(Math.max(limits?.bytes ?? 0, TABLE_BYTES) / (8 * 16 ** 3))
  if (resolution.steps !== undefined) requireInteger('resolution.steps', resolution.steps, 5, slices)
}

function requirePowerOfTwo(name: string, value: unknown, smallest: number): void {
  const n = requireInteger(name, value, smallest)
  if (Math.log2(n) % 1 !== 0) throw new RangeError(`${name} must be a power of two, got ${n}`)
}
