/**
 * The 3-D mean field k^N_delta * rho^N_t of (10) for a law with a smooth density, without any symmetry: markers on a
 * lattice in phase space, whose sums converge faster than any power, and a filter that keeps of every part of the
 * density what the lattice resolves.
 */
import { requireInteger, requireNumber, requireOneOf, requireOptions, requirePositive } from '../../../base/errors.js'
import { withInterrupts } from '../../../base/interrupt.js'
import { requireAffordable } from '../../../base/limits.js'
import { type BarOption, type Report, reporting } from '../../../base/progress.js'
import { requireSeed } from '../../../base/random.js'
import { type Kernel, requireKernel } from '../../../interaction/kernel.js'
import { type Law, requireLaw } from '../../../law/law.js'
import { type GridField, gridFieldOf } from '../grid/gridFieldTable.js'
import { pausing } from '../grid/markerMotion.js'
import { latticeRadius } from './latticeMarkers.js'
import { latticeCount } from './phaseLattice.js'
import { smoothPilot } from './smoothPilot.js'
import { smoothSolve } from './smoothSolve.js'

/** Options of {@link smoothField}. */
export interface SmoothFieldOptions extends BarOption {
  /** A law with a density, without jumps, that falls like a Gaussian or faster. */
  readonly law: Law
  /** A kernel on R^3; with its N, delta and sigma. */
  readonly kernel: Kernel
  /** Last time, > 0. */
  readonly T: number
  /** Wanted sup-error relative to the largest force, in [1e-6, 0.1], default 1e-4. */
  readonly tolerance?: number
  /** Use this resolution and report its error. */
  readonly resolution?: {
    /**
     * Of the lattice, in units of the inverse deviations, in [4, 24]: the number of markers grows like its sixth power.
     */
    readonly bandwidth: number
    /** Nodes along the longest side of the box: 16, 32, 64, 128 or 256. */
    readonly nodes: number
    readonly steps?: number
  }
  readonly limits?: {
    /** Most markers of either set, default 2e6. */
    readonly markers?: number
    /** The largest T, default 1e6. */
    readonly T?: number
  }
  /** What to do when the tolerance is not met within the limits: 'throw' (default), or 'report' it in `error`. */
  readonly missed?: 'throw' | 'report'
  /** Names the two turns and shifts of the lattice, default 'smooth'. */
  readonly seed?: string
  readonly signal?: AbortSignal
  /** Called a few times a second with the part of the present stage that is done, in [0, 1], and its name. */
  readonly onProgress?: (part: number, stage: string) => void
}

const MARKERS = 2e6
/** Parts of a law that are counted for the number of markers. */
const partsOf = (law: Law): number => law.gaussians?.length ?? 1

/**
 * The mean field of a smooth law in R^3 as a table in space and time.
 *
 * Every part of the law (the Gaussians of a mixture; the whole law in the frame of its second moments otherwise) is
 * covered by a lattice E6*, turned and shifted at random, whose points have the masses f0 dz: sums over it integrate
 * smooth functions with an error exp(-bandwidth^2/2). The markers move by a scheme of order 4 in their own field. At
 * every force each part is deposited on a grid, and in Fourier space a filter keeps |kappa| up to about half of the
 * bandwidth, kappa in units of the part's present inverse deviations: below, the sum is exact; beyond are aliases of
 * the lattice. The convolution is that of {@link gridField}. The two lattices run on two threads where there are two
 * and the kernel comes from {@link cutoffKernel}.
 *
 * The error is the sum of: half the largest difference of two runs on independent lattices; what the filter leaves out,
 * by lowering it three times and continuing the changes as a geometric series (`restOfSpectrum`), and the difference to
 * a grid of half the spacing; time step and interpolation, by halving the step on a pilot; jumps at the faces of the
 * box, and mass that was left out; rounding. Under attraction what the filter leaves out counts twice, as it is missed
 * by the motion too; once clusters have collapsed take an error of some percent as a sign that the field is not
 * resolved.
 * @returns the field, with its `table`, which `gridFieldOf` makes it from again
 * @throws TypeError, RangeError naming the argument; RangeError with the error reached if the tolerance is not met
 * @example await smoothField({ law: gaussianMixtureLaw(), kernel: cutoffKernel({ N: 1000, delta: 0.25 }), T: 1 })
 */
export async function smoothField(options: SmoothFieldOptions): Promise<GridField> {
  requireOptions<SmoothFieldOptions>('smoothField', options, {
    bar: true,
    law: true,
    kernel: true,
    T: true,
    tolerance: true,
    resolution: 'given',
    limits: true,
    missed: true,
    seed: true,
    signal: 'signal',
    onProgress: 'function',
  })
  check(options)
  return withInterrupts(options, heeding => reporting('smoothField', heeding, report => solved(heeding, report)))
}

function check({ law, kernel, T, tolerance, resolution, limits, missed, seed }: SmoothFieldOptions): void {
  requireLaw(law)
  if (law.atoms !== undefined) throw new RangeError('law must have a density, got an empirical measure')
  requireKernel(kernel)
  if (kernel.d !== 3) throw new RangeError(`kernel.d must be 3, as laws are on R^3, got ${kernel.d}`)
  requirePositive('T', T)
  requireAffordable({ T }, limits?.T === undefined ? {} : { T: limits.T })
  if (tolerance !== undefined) requireNumber('tolerance', tolerance, 1e-6, 0.1)
  if (missed !== undefined) requireOneOf('missed', missed, ['throw', 'report'])
  if (seed !== undefined) requireSeed(seed)
  if (limits?.markers !== undefined) requireInteger('limits.markers', limits.markers, 1000, 1e7)
  if (resolution === undefined) return
  requireNumber('resolution.bandwidth', resolution.bandwidth, 4, 24)
  requireOneOf('resolution.nodes', resolution.nodes as 64, [16, 32, 64, 128, 256] as unknown as readonly 64[])
  if (resolution.steps !== undefined) requireInteger('resolution.steps', resolution.steps, 5, 2000)
}

async function solved(options: SmoothFieldOptions, report: Report): Promise<GridField> {
  const { law, kernel, T, tolerance = 1e-4, resolution, missed = 'throw', seed = 'smooth', limits } = options
  const most = limits?.markers ?? MARKERS
  // The mass beyond the ball is about 0.3 of the tolerance.
  const radius = Math.min(7, 5.5 + 0.45 * Math.log10(1e-4 / tolerance))
  const key = `${seed}/pilot`
  const steps = resolution?.steps
  const pilot = await report.stage('pilot', 0.1, 0.9, part =>
    smoothPilot({
      ...{ law, kernel, T, tolerance: 0.15 * tolerance, radius, key },
      ...(steps === undefined ? {} : { steps }),
      pause: pausing(options, part),
    }),
  )
  const countAt = (D: number): number => partsOf(law) * latticeCount(D, latticeRadius(radius))
  const top = 15 * (most / countAt(15)) ** (1 / 6)
  const first = (kernel.sigma === -1 ? 15 : 13.6) + 1.6 * Math.log10(1e-4 / tolerance)
  let bandwidth = resolution?.bandwidth ?? Math.min(top, first)
  const nodes = resolution?.nodes ?? (tolerance > 3e-3 ? 32 : tolerance < 2e-5 ? 128 : 64)
  let best: GridField | undefined
  for (;;) {
    const last = resolution !== undefined || bandwidth >= top
    const table = await report.stage('lattice', 1, last ? 0 : 2, part =>
      smoothSolve({ law, kernel, T, pilot, bandwidth, radius, nodes, seed, pause: pausing(options, part) }),
    )
    const field = gridFieldOf(law, kernel, table)
    if (best === undefined || field.error.high < best.error.high) best = field
    if (resolution !== undefined || field.error.high <= tolerance * field.scale) return field
    const { markers, grid, time, outside } = field.errors
    const lattice = markers + grid
    // What more markers cannot mend, or no more markers can be had.
    if (bandwidth >= top || lattice < time + outside) {
      if (missed === 'report') return best
      const reached = Object.entries(best.errors).map(
        ([name, value]) => `${name} ${(value as number).toExponential(1)}`,
      )
      throw new RangeError(
        `tolerance ${tolerance} was not met with ${table.parameters.markers} markers: error ${reached.join(', ')}, ` +
          `largest force ${best.scale.toPrecision(3)}; missed: 'report' returns the field with this error`,
      )
    }
    bandwidth = Math.min(top, lattice > 4 * tolerance * field.scale ? 1.2 * bandwidth : 1.1 * bandwidth)
  }
}
