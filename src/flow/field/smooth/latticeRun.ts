/**
 * The run of one lattice of markers with what the solver for smooth laws wants to know of it, as plain numbers and
 * arrays: `smoothSolve` runs two, on two threads where there are two.
 */
import { kernelSpec } from '../../../forces/kernelSpec.js'
import type { Kernel } from '../../../interaction/kernel.js'
import { wasmCore } from '../../../wasm/core.js'
import type { GridShape } from '../../../wasm/grid.js'
import { type FreeSpaceConvolution, type FreeSpaceOptions, freeSpaceConvolution } from '../grid/freeSpaceConvolution.js'
import { nodesOf } from '../grid/gridFieldChecks.js'
import { gridProbes } from '../grid/gridFieldProbes.js'
import { filteredConvolution } from './filteredConvolution.js'
import type { MassiveMarkers } from './latticeMarkers.js'
import { type SmoothMoment, smoothRun } from './smoothRun.js'

/** What a lattice moves in. Structured-cloneable but for the kernel. */
export interface LatticeRunOptions {
  readonly kernel: Kernel
  readonly markers: MassiveMarkers
  readonly T: number
  readonly steps: number
  readonly grid: GridShape
  /** Where the filters fall. */
  readonly cut: number
  /** Whether the field is compared with that of a grid of half the spacing. */
  readonly finer: boolean
  /** Markers whose speeds are recorded, at most. */
  readonly speeds: number
}

/** The parts of the spectrum that go when the filter falls earlier by one, by one more, and by one more. */
export type Shells = readonly [Float64Array, Float64Array, Float64Array]

/** What a run says at one of the times t_0 = 0, ..., t_steps = T. Structured-cloneable. */
export interface LatticeRecord {
  readonly index: number
  /** Spline coefficients: of the potential, of the density, and of the potential on the outer grid. */
  readonly own: Float64Array
  readonly density: Float64Array
  readonly distant: Float64Array
  /** Point clouds in the layout of FarSources. */
  readonly clouds: Float64Array
  readonly energy: number
  readonly velocity: Float32Array
  /** Mass outside the grid. */
  readonly outside: number
  /** At the moments that are compared. */
  readonly shells: Shells | undefined
  /** The largest difference of the force to that of a grid of half the spacing, where it is asked for; 0 elsewhere. */
  readonly reading: number
}

/** Probes of the comparisons of forces. */
export const PROBES: number = 2 ** 16

/** The index of every how many-th marker's speed is recorded, and of how many. */
export function storedSpeeds(N: number, most: number): { readonly stride: number; readonly count: number } {
  const stride = Math.ceil(N / most)
  return { stride, count: Math.ceil(N / stride) }
}

/** Runs to T. @param told of every moment, in order @param pause called after every force with the steps done */
export async function latticeRun(
  options: LatticeRunOptions,
  told: (record: LatticeRecord) => void,
  pause: (step: number) => Promise<void>,
): Promise<void> {
  const { kernel, markers, T, steps, grid, cut, finer, speeds } = options
  const parts = markers.ends.length
  const convolution = freeSpaceConvolution(grid, kernel)
  const outer = freeSpaceConvolution(widerGrid(grid), kernel, blurred(kernel))
  const again = onto(convolution, parts)
  const far = onto(outer, parts)
  const dense = onto({ ...convolution, symbol: convolution.densitySymbol() }, parts)
  const reading = finer ? readingError(convolution, kernel, parts, cut) : () => 0
  const stored = storedSpeeds(markers.N, speeds)
  const compared = [0, Math.floor(steps / 2), steps]
  await smoothRun({
    ...{ kernel, markers, T, steps, convolution, cut, pause },
    room: Math.max(nodesOf(outer.grid), 8 * nodesOf(grid)),
    record: moment => {
      const { index, coefficients } = moment
      const own = coefficients.slice()
      told({
        index,
        own,
        density: dense(moment, cut).slice(),
        distant: far(moment, cut).slice(),
        clouds: gaussPoints(moment.far),
        energy: kineticOf(moment, markers) + 0.5 * (moment.interaction + convolution.shift),
        velocity: speedsOf(moment, markers.N, stored),
        outside: moment.outside,
        shells: compared.includes(index) ? shellsOf(moment, own, again, cut) : undefined,
        // Where the spectrum beyond the grid's and its aliases are: at the ends of the time.
        reading: index === 0 || index === steps ? reading(moment, own) : 0,
      })
    },
  })
}

/** The potential of what the markers are at a moment, filtered from a frequency on; the same array at every call. */
type Filtered = (moment: SmoothMoment, cut: number) => Float64Array

function onto(convolution: FreeSpaceConvolution, parts: number): Filtered {
  const { grid } = convolution
  const filtered = filteredConvolution(convolution, parts)
  const out = new Float64Array(nodesOf(grid))
  return (moment, cut) => {
    for (let k = 0; k < parts; k++) filtered.add(k, moment.deposit(k, grid))
    return filtered.potential(moment.spreads, cut, out)
  }
}

function shellsOf(moment: SmoothMoment, own: Float64Array, again: Filtered, cut: number): Shells {
  const seen = [own, ...[1, 2, 3].map(k => again(moment, cut - k).slice())]
  const shell = (k: number): Float64Array => seen[k]!.map((x, j) => x - seen[k + 1]![j]!)
  return [shell(0), shell(1), shell(2)]
}

/** The largest difference to the force on a grid of half the spacing, same markers. */
function readingError(
  { grid }: FreeSpaceConvolution,
  kernel: Kernel,
  parts: number,
  cut: number,
): (moment: SmoothMoment, own: Float64Array) => number {
  const fine: GridShape = {
    ...grid,
    shape: grid.shape.map(n => 2 * n) as [number, number, number],
    spacing: 0.5 * grid.spacing,
  }
  const filtered = onto(freeSpaceConvolution(fine, kernel), parts)
  const probes = gridProbes(grid, PROBES)
  return (moment, own) => longest(probes.difference(own, fine, filtered(moment, cut)))
}

/** The length of the longest of some vectors, stored coordinate by coordinate. */
function longest(vectors: Float64Array): number {
  const points = vectors.length / 3
  let square = 0
  for (let i = 0; i < points; i++) {
    square = Math.max(square, vectors[i]! ** 2 + vectors[points + i]! ** 2 + vectors[2 * points + i]! ** 2)
  }
  return Math.sqrt(square)
}

/** The exponent at the last wave number of the outer grid. */
const BLUR = 3.5

/**
 * Outside a ball a mass that is spread over it evenly in all directions has the force (2) of a point. So the masses on
 * the outer grid, which nobody sees from near, are blurred by Gaussians, which it resolves better than the masses.
 */
function blurred(kernel: Kernel): FreeSpaceOptions {
  const { exp } = wasmCore()
  return kernelSpec(kernel).coulombOutside ? { fall: x => exp(-BLUR * x * x) } : {}
}

/** How much longer the grid for points outside the box is: its spectrum must still hold that of the density nearby. */
const WIDER = 2

/** A grid of as many nodes over a longer box. */
export function widerGrid({ shape, origin, spacing }: GridShape): GridShape {
  const more = (WIDER - 1) * 0.5 * spacing
  const low = origin.map((o, a) => o - more * (shape[a]! - 1))
  return { shape, origin: low as [number, number, number], spacing: WIDER * spacing }
}

/**
 * Every cloud as the 27 points of the Gauss-Hermite rule of degree 5 for the Gaussian of its moments, so that the
 * moments of order 4 are nearly right too: point clouds in the layout of FarSources.
 */
function gaussPoints(far: Float64Array): Float64Array {
  const out = new Float64Array(27 * far.length)
  for (let c = 0; c < far.length; c += 10) {
    const [m, x, y, z, l00, l10, l20, l11, l21, l22] = far.subarray(c, c + 10) as unknown as number[]
    for (let k = 0; k < 27; k++) {
      const [i, j, l] = [(k % 3) - 1, (Math.floor(k / 3) % 3) - 1, Math.floor(k / 9) - 1].map(n => Math.sqrt(3) * n)
      const weight = [i, j, l].reduce((product: number, n) => product * (n === 0 ? 2 / 3 : 1 / 6), m!)
      const at = [x! + l00! * i!, y! + l10! * i! + l11! * j!, z! + l20! * i! + l21! * j! + l22! * l!]
      out.set([weight, ...at], 27 * c + 10 * k)
    }
  }
  return out
}

function kineticOf({ module }: SmoothMoment, { N, mass }: { readonly N: number; readonly mass: Float64Array }): number {
  const stride = module.p.length / 3
  let sum = 0
  for (let i = 0; i < N; i++) {
    sum += mass[i]! * (module.p[i]! ** 2 + module.p[stride + i]! ** 2 + module.p[2 * stride + i]! ** 2)
  }
  return 0.5 * sum
}

function speedsOf(
  { module: { p } }: SmoothMoment,
  N: number,
  { stride: step, count }: { readonly stride: number; readonly count: number },
): Float32Array {
  const stride = p.length / 3
  return Float32Array.from({ length: count }, (_, k) => {
    const i = Math.min(N - 1, k * step)
    return Math.sqrt(p[i]! ** 2 + p[stride + i]! ** 2 + p[2 * stride + i]! ** 2)
  })
}
