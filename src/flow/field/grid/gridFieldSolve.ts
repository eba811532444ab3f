/**
 * The 3-D mean field at one resolution: two runs with independent marker sets, their mean as a table, and the parts of
 * its error. Called by gridField at every level of refinement.
 */
import type { Configuration } from '../../../base/configuration.js'
import type { Kernel } from '../../../interaction/kernel.js'
import type { Law } from '../../../law/law.js'
import type { GridShape } from '../../../wasm/grid.js'
import { type FreeSpaceConvolution, freeSpaceConvolution } from './freeSpaceConvolution.js'
import { directCheck, faceDifferences, finerGrid, forceOfStrays, nodesOf } from './gridFieldChecks.js'
import type { Pilot } from './gridFieldPilot.js'
import { gridProbes } from './gridFieldProbes.js'
import { type MarkerMoment, type Pause, runMarkers, type Symmetrise } from './gridFieldRun.js'
import type { GridTable } from './gridFieldTable.js'

interface SolveOptions {
  readonly law: Law
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
  const { kernel, T, first, second, convolution, cut, pilot, symmetrise, seed, pause, stage } = options
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
      ...(symmetrise === undefined ? {} : { symmetrise }),
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
    const masses = module.grid.subarray(0, outerNodes)
    symmetrise?.(masses, outer.grid)
    return outer.potential(masses, outerCoefficients)
  }
  const faces = faceDifferences(grid, outer.grid, kernel)
  const unresolved = directCheck(grid, kernel)
  const finer = finerGrid(convolution, kernel, cut, symmetrise)
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
    if (compared.includes(moment.index)) {
      finerDifferences.set(moment.index, finer(moment, probes))
      unresolved.first(moment)
    }
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
    if (finerFirst !== undefined) {
      const difference = probes.commonPart(finerFirst, finer(moment, probes))
      gridError = Math.max(gridError, difference, unresolved.second(moment, half))
    }
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
      cut,
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
