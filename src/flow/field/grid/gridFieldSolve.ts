/**
 * The 3-D mean field at one resolution: two runs with independent marker sets, their mean as a table, and the parts of
 * its error. Called by gridField at every level of refinement.
 */
import type { Configuration } from '../../../base/configuration.js'
import type { Kernel } from '../../../interaction/kernel.js'
import type { GridShape } from '../../../wasm/grid.js'
import { type FreeSpaceConvolution, freeSpaceConvolution } from './freeSpaceConvolution.js'
import { directCheck, faceDifferences, finerGrid, forceOfStrays, nodesOf } from './gridFieldChecks.js'
import type { Pilot } from './gridFieldPilot.js'
import { type GridProbes, gridProbes } from './gridFieldProbes.js'
import { type MarkerMoment, runMarkers, type Symmetrise } from './gridFieldRun.js'
import type { GridTable } from './gridFieldTable.js'
import type { Pause } from './markerMotion.js'

interface SolveOptions {
  readonly kernel: Kernel
  readonly T: number
  /** Two independent sets of markers of the same number. */
  readonly first: Configuration
  readonly second: Configuration
  readonly convolution: FreeSpaceConvolution
  /** Where its spectrum is cut, in units of the Nyquist number. */
  readonly cut: number
  readonly pilot: Pilot
  readonly symmetrise?: Symmetrise
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
  const { first, second } = options
  const solve = solveOf(options)
  if (!(await runOf(solve, first, 0, moment => recordFirst(solve, moment)))) return undefined
  if (!(await runOf(solve, second, 0.5, moment => recordSecond(solve, moment)))) return undefined
  return tableOf(solve)
}

/** Two runs and what is kept of them: after the first its own numbers, after the second the means of both. */
interface Solve {
  readonly options: SolveOptions
  readonly M: number
  /** Nodes of the grid, and of the outer one. */
  readonly nodes: number
  readonly outerNodes: number
  readonly outer: FreeSpaceConvolution
  readonly slices: Slices
  readonly worst: Record<'markers' | 'grid' | 'strays' | 'outside' | 'beyond' | 'scale' | 'largest', number>
  readonly checks: Checks
  /** Room for a density, for half a sum or difference of potentials, and for a potential on the outer grid. */
  readonly density: Float64Array
  readonly half: Float64Array
  readonly outerCoefficients: Float64Array
}

/** By time. */
interface Slices {
  readonly potentials: Float32Array[]
  readonly outers: Float32Array[]
  readonly densities: Float32Array[]
  readonly far: Float64Array[]
  readonly speeds: Float32Array[]
  readonly energies: [number, number][]
  readonly densityErrors: number[]
}

interface Checks {
  readonly probes: GridProbes
  readonly faces: ReturnType<typeof faceDifferences>
  readonly unresolved: ReturnType<typeof directCheck>
  readonly finer: ReturnType<typeof finerGrid>
  /** Of the first markers, at the times that are compared. */
  readonly finerDifferences: Map<number, Float64Array>
}

function solveOf(options: SolveOptions): Solve {
  const { kernel, first, convolution, cut, symmetrise } = options
  const { grid } = convolution
  const [nodes, outer] = [nodesOf(grid), freeSpaceConvolution(outerGrid(grid), kernel)]
  const outerNodes = nodesOf(outer.grid)
  return {
    ...{ options, M: first.N, nodes, outerNodes, outer },
    slices: { potentials: [], outers: [], densities: [], far: [], speeds: [], energies: [], densityErrors: [] },
    worst: { markers: 0, grid: 0, strays: 0, outside: 0, beyond: 0, scale: 0, largest: 0 },
    checks: {
      probes: gridProbes(grid),
      faces: faceDifferences(grid, outer.grid, kernel),
      unresolved: directCheck(grid, kernel),
      finer: finerGrid(convolution, kernel, cut, symmetrise),
      finerDifferences: new Map(),
    },
    density: new Float64Array(nodes),
    half: new Float64Array(nodes),
    outerCoefficients: new Float64Array(outerNodes),
  }
}

/** Moves one set of markers; false if too many leave the grid. */
function runOf(
  { options, outerNodes }: Solve,
  markers: Configuration,
  done: number,
  record: (moment: MarkerMoment) => void,
): Promise<boolean> {
  const { kernel, T, convolution, pilot, symmetrise, pause, stage } = options
  return runMarkers({
    ...{ kernel, markers, T, steps: pilot.steps, convolution, mostOutside: MOST_OUTSIDE, room: outerNodes, record },
    ...(symmetrise === undefined ? {} : { symmetrise }),
    pause: step => pause(done + 0.5 * (step / pilot.steps), stage),
  })
}

function recordFirst(solve: Solve, moment: MarkerMoment): void {
  const { options, M, nodes, slices, worst, checks, density } = solve
  const { kernel, convolution, pilot } = options
  const { module, index } = moment
  slices.potentials.push(Float32Array.from(module.coefficients.subarray(0, nodes)))
  slices.densities.push(Float32Array.from(convolution.density(module.grid.subarray(0, nodes), density)))
  slices.far.push(moment.far)
  const kept = Math.min(SPEEDS, M)
  const both = new Float32Array(2 * kept)
  writeSpeeds(moment, both.subarray(0, kept))
  slices.speeds.push(both)
  slices.energies.push([energyOf(solve, moment), 0])
  worst.outside = Math.max(worst.outside, moment.outside)
  if ([0, Math.floor(pilot.steps / 2), pilot.steps].includes(index)) {
    checks.finerDifferences.set(index, checks.finer(moment, checks.probes))
    checks.unresolved.first(moment)
  }
  if (moment.outside > 0) worst.strays = Math.max(worst.strays, forceOfStrays(moment, convolution.grid, kernel))
  slices.outers.push(Float32Array.from(outerPotential(solve, moment)))
}

/** Turns the slices of the first run into means of both, and measures how far they are apart. */
function recordSecond(solve: Solve, moment: MarkerMoment): void {
  const { options, nodes, outerNodes, slices, worst, checks, density, half, outerCoefficients } = solve
  const { probes, finerDifferences } = checks
  const { module, index } = moment
  const c = module.coefficients
  const mean = slices.potentials[index]!
  for (let j = 0; j < nodes; j++) half[j] = 0.5 * (c[j]! - mean[j]!)
  worst.markers = Math.max(worst.markers, probes.largestGradient(half))
  for (let j = 0; j < nodes; j++) half[j] = 0.5 * (c[j]! + mean[j]!)
  worst.scale = Math.max(worst.scale, probes.largestGradient(half))
  worst.largest = half.reduce((most, x) => Math.max(most, Math.abs(x)), worst.largest)
  mean.set(half)
  const other = slices.densities[index]!
  let apart = 0
  options.convolution.density(module.grid.subarray(0, nodes), density)
  for (let j = 0; j < nodes; j++) {
    apart = Math.max(apart, 0.5 * Math.abs(density[j]! - other[j]!))
    other[j] = 0.5 * (density[j]! + other[j]!)
  }
  slices.densityErrors.push(apart)
  slices.far[index] = slices.far[index]!.map((x, k) => 0.5 * (x + moment.far[k]!))
  writeSpeeds(moment, slices.speeds[index]!.subarray(Math.min(SPEEDS, solve.M)))
  slices.energies[index]![1] = energyOf(solve, moment)
  worst.outside = Math.max(worst.outside, moment.outside)
  const finerFirst = finerDifferences.get(index)
  if (finerFirst !== undefined) {
    const difference = probes.commonPart(finerFirst, checks.finer(moment, probes))
    worst.grid = Math.max(worst.grid, difference, checks.unresolved.second(moment, half))
  }
  const outerMean = slices.outers[index]!
  outerPotential(solve, moment)
  for (let j = 0; j < outerNodes; j++) outerCoefficients[j] = 0.5 * (outerCoefficients[j]! + outerMean[j]!)
  outerMean.set(outerCoefficients)
  worst.beyond = Math.max(worst.beyond, checks.faces(half, outerCoefficients, slices.far[index]!))
}

function tableOf({ options, M, outer, slices, worst }: Solve): GridTable {
  const { T, convolution, cut, pilot, seed } = options
  const { grid } = convolution
  const { markers, scale, strays, beyond, largest, outside } = worst
  return {
    version: 1,
    ...{ T, grid, potentials: slices.potentials, outerGrid: outer.grid, outers: slices.outers },
    ...{ densities: slices.densities, far: slices.far, speeds: slices.speeds, energies: slices.energies },
    densityErrors: slices.densityErrors,
    errors: {
      markers,
      grid: worst.grid,
      time: pilot.timeError * scale,
      outside: strays + beyond,
      // sum_j |B'(x - j)| <= 2 along an axis, and the other two sum to 1.
      rounding: (2 * Math.sqrt(3) * SINGLE * largest) / grid.spacing,
    },
    scale,
    parameters: {
      ...{ markers: M, nodes: grid.shape.join(' x '), spacing: grid.spacing, cut, steps: pilot.steps },
      ...{ scheme: 'yoshida4', seed, outside },
    },
  }
}

/** Leaves the potential on the outer grid in `outerCoefficients`. */
function outerPotential(
  { options, M, outer, outerNodes, outerCoefficients }: Solve,
  moment: MarkerMoment,
): Float64Array {
  const { module } = moment
  // The run needs only the coefficients from here on, so that its grid is free.
  module.deposit(M, outer.grid, 1 / M)
  const masses = module.grid.subarray(0, outerNodes)
  options.symmetrise?.(masses, outer.grid)
  return outer.potential(masses, outerCoefficients)
}

const energyOf = ({ options }: Solve, moment: MarkerMoment): number =>
  kinetic(moment) + 0.5 * (moment.interaction + options.convolution.shift)

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

/** Fewest nodes along the longest side of the outer grid. */
const OUTER_NODES = 64

/**
 * The grid for the field outside, over a box twice as long. The cut of its spectrum leaves ripples that fall below 1e-5
 * of the force sixteen spacings away from the mass, so that it has at least 64 nodes a side.
 */
export function outerGrid({ shape, origin, spacing }: GridShape): GridShape {
  const more = Math.max(1, OUTER_NODES / Math.max(...shape))
  const nodes = shape.map(n => more * n) as [number, number, number]
  const step = (2 * spacing) / more
  const low = origin.map((o, a) => o + 0.5 * spacing * (shape[a]! - 1) - 0.5 * step * (nodes[a]! - 1))
  return { shape: nodes, origin: low as [number, number, number], spacing: step }
}
