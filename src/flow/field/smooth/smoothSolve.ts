/**
 * The mean field of a smooth law at one resolution: two runs on independent lattices, their mean as a table, and the
 * parts of its error. Called by smoothField at every level of refinement.
 */
import type { Kernel } from '../../../interaction/kernel.js'
import type { Law } from '../../../law/law.js'
import { wasmCore } from '../../../wasm/core.js'
import type { GridShape } from '../../../wasm/grid.js'
import { type FreeSpaceConvolution, freeSpaceConvolution } from '../grid/freeSpaceConvolution.js'
import { faceDifferences, nodesOf } from '../grid/gridFieldChecks.js'
import { gridProbes } from '../grid/gridFieldProbes.js'
import { gridAround, type Pause } from '../grid/gridFieldRun.js'
import type { GridTable } from '../grid/gridFieldTable.js'
import { filteredConvolution } from './filteredConvolution.js'
import { latticeMarkers, type MassiveMarkers } from './latticeMarkers.js'
import type { SmoothPilot } from './smoothPilot.js'
import { type SmoothMoment, smoothRun } from './smoothRun.js'

/** What one resolution is made from. */
export interface SmoothSolveOptions {
  readonly law: Law
  readonly kernel: Kernel
  readonly T: number
  readonly pilot: SmoothPilot
  /** Length of the shortest reciprocal vectors of the lattice, see phaseLattice. */
  readonly bandwidth: number
  /** Of the ball that the lattice fills, in deviations. */
  readonly radius: number
  readonly nodes: number
  readonly seed: string
  readonly pause: Pause
}

/**
 * The filters fall here, in units of the bandwidth: beyond, the lattice's aliases are larger than the density's own
 * spectrum. Under attraction clusters contract, and their spectrum is wider: there a lower filter leaves out ten times
 * what the markers err.
 */
const [CUT, CUT_ATTRACTION] = [0.52, 0.58]
/**
 * Under attraction the part that a filter leaves out is missed by the motion too: what it is at one time counts twice,
 * as the oracles want where cores form (docs/accuracy.md).
 */
const MISSED_BY_MOTION = 2
/** Markers whose speeds are stored, of either set. */
const SPEEDS = 2 ** 14
const SINGLE = 2 ** -24

/** The table of the mean of two runs. */
export async function smoothSolve(options: SmoothSolveOptions): Promise<GridTable> {
  const { kernel, T, pilot, bandwidth, nodes, pause } = options
  const pair = new LatticePair(options)
  const stage = `bandwidth ${bandwidth.toFixed(1)}, ${nodes} nodes a side`
  for (const [k, markers] of pair.sets.entries()) {
    await smoothRun({
      kernel,
      markers,
      T,
      steps: pilot.steps,
      convolution: pair.convolution,
      cut: pair.cut,
      room: pair.room,
      pause: step => pause(0.5 * (k + step / pilot.steps), stage),
      record: moment => (k === 0 ? pair.first(moment) : pair.second(moment)),
    })
  }
  return pair.table()
}

/** The potential of what the markers are at a moment, filtered from a frequency on; the same array at every call. */
type Filtered = (moment: SmoothMoment, cut: number) => Float64Array

/** The parts of the spectrum that go when the filter falls earlier by one, by one more, and by one more. */
type Shells = readonly [Float64Array, Float64Array, Float64Array]

/** What a run says at a moment. */
interface Recorded {
  readonly own: Float64Array
  readonly density: Float64Array
  readonly distant: Float64Array
  readonly energy: number
  readonly velocity: Float32Array
  /** At the moments that are compared. */
  readonly shells: Shells | undefined
}

/**
 * Two runs on independent lattices: what the first says, which becomes the mean of both, and how far they are apart.
 */
class LatticePair {
  readonly sets: readonly MassiveMarkers[]
  readonly convolution: FreeSpaceConvolution
  /** Where the filters fall. */
  readonly cut: number
  /** Numbers that a run's module has room for. */
  readonly room: number
  readonly #options: SmoothSolveOptions
  readonly #outer: FreeSpaceConvolution
  readonly #parts: number
  readonly #again: Filtered
  readonly #far: Filtered
  readonly #dense: Filtered
  #fine: Filtered | undefined
  readonly #probes: ReturnType<typeof gridProbes>
  readonly #faces: ReturnType<typeof faceDifferences>
  readonly #stored: readonly { readonly stride: number; readonly count: number }[]
  /** One of a kind for every moment. */
  readonly #potentials: Float64Array[] = []
  readonly #outers: Float64Array[] = []
  readonly #densities: Float64Array[] = []
  readonly #clouds: Float64Array[] = []
  readonly #speeds: Float32Array[] = []
  readonly #energies: [number, number][] = []
  readonly #densityErrors: number[] = []
  readonly #shells = new Map<number, Shells>()
  /** The largest seen: errors, the force, the potential. */
  #markers = 0
  #filter = 0
  #reading = 0
  #beyond = 0
  #scale = 0
  #largest = 0

  constructor(options: SmoothSolveOptions) {
    const { law, kernel, pilot, bandwidth, radius, nodes: side, seed } = options
    this.#options = options
    this.cut = (kernel.sigma === -1 ? CUT_ATTRACTION : CUT) * bandwidth
    const grid = gridAround(pilot.ends, side)
    this.convolution = freeSpaceConvolution(grid, kernel)
    this.#outer = freeSpaceConvolution(widerGrid(grid), kernel)
    this.room = Math.max(nodesOf(this.#outer.grid), 8 * nodesOf(grid))
    this.sets = [0, 1].map(k => latticeMarkers(law, bandwidth, radius, `${seed}/lattice/${k}`))
    this.#parts = this.sets[0]!.ends.length
    this.#probes = gridProbes(grid, 2 ** 16)
    this.#again = this.#onto(this.convolution)
    this.#far = this.#onto(this.#outer)
    this.#dense = this.#onto({ ...this.convolution, symbol: this.convolution.densitySymbol() })
    this.#faces = faceDifferences(grid, this.#outer.grid, kernel)
    this.#stored = this.sets.map(({ N }) => {
      const stride = Math.ceil(N / SPEEDS)
      return { stride, count: Math.ceil(N / stride) }
    })
  }

  first(moment: SmoothMoment): void {
    const { own, density, distant, energy, velocity, shells } = this.#recorded(moment, 0)
    const { index } = moment
    if (shells) this.#shells.set(index, shells)
    this.#potentials.push(own)
    this.#densities.push(density)
    this.#outers.push(distant)
    this.#clouds.push(gaussPoints(moment.far))
    this.#speeds.push(velocity)
    this.#energies.push([energy, energy])
    // Where the spectrum beyond the grid's and its aliases are: at the ends of the time.
    if (index !== 0 && index !== this.#options.pilot.steps) return
    const { grid } = this.convolution
    const fine: GridShape = {
      ...grid,
      shape: grid.shape.map(n => 2 * n) as [number, number, number],
      spacing: 0.5 * grid.spacing,
    }
    this.#fine ??= this.#onto(freeSpaceConvolution(fine, this.#options.kernel))
    const difference = this.#probes.difference(own, fine, this.#fine(moment, this.cut))
    this.#reading = Math.max(this.#reading, longest(difference))
  }

  second(moment: SmoothMoment): void {
    const { own, density, distant, energy, velocity, shells } = this.#recorded(moment, 1)
    const { index } = moment
    if (shells) this.#filter = Math.max(this.#filter, this.#filterError(this.#shells.get(index)!, shells))
    const apart = half(own, this.#potentials[index]!, -1)
    this.#markers = Math.max(this.#markers, this.#probes.largestGradient(apart))
    this.#densityErrors.push(largestSize(half(density, this.#densities[index]!, -1)))
    const potential = half(own, this.#potentials[index]!, 1)
    this.#potentials[index] = potential
    this.#densities[index] = half(density, this.#densities[index]!, 1)
    this.#outers[index] = half(distant, this.#outers[index]!, 1)
    this.#clouds[index] = half(gaussPoints(moment.far), this.#clouds[index]!, 1)
    this.#energies[index]![1] = energy
    const both = new Float32Array(this.#speeds[index]!.length + velocity.length)
    both.set(this.#speeds[index]!)
    both.set(velocity, this.#speeds[index]!.length)
    this.#speeds[index] = both
    this.#scale = Math.max(this.#scale, this.#probes.largestGradient(potential))
    this.#largest = Math.max(this.#largest, largestSize(potential))
    const atFaces = this.#faces(potential, this.#outers[index]!, this.#clouds[index]!)
    this.#beyond = Math.max(this.#beyond, moment.outside * this.#scale, atFaces)
    moment.module.coefficients.set(own)
  }

  table(): GridTable {
    const { kernel, T, pilot, bandwidth, radius, seed } = this.#options
    const { grid } = this.convolution
    const single = (list: readonly Float64Array[]): Float32Array[] => list.map(x => Float32Array.from(x))
    const defect = Math.max(...this.sets.map(set => Math.abs(set.defect)))
    const missed = kernel.sigma === -1 ? MISSED_BY_MOTION : 1
    const scale = this.#scale
    return {
      version: 1,
      method: 'lattice of markers, filtered part by part, free-space spectral convolution',
      T,
      grid,
      potentials: single(this.#potentials),
      outerGrid: this.#outer.grid,
      outers: single(this.#outers),
      densities: single(this.#densities),
      far: this.#clouds,
      speeds: this.#speeds,
      speedMasses: this.sets.flatMap(({ mass }, k) => {
        const { stride, count } = this.#stored[k]!
        return Array.from({ length: count }, (_, i) => mass[i * stride]!)
      }),
      energies: this.#energies,
      densityErrors: this.#densityErrors,
      errors: {
        markers: this.#markers,
        grid: missed * this.#filter + this.#reading,
        time: pilot.timeError * scale,
        outside: this.#beyond + 0.5 * defect * scale,
        rounding: (2 * Math.sqrt(3) * SINGLE * this.#largest) / grid.spacing,
      },
      scale,
      parameters: {
        markers: this.sets[0]!.N,
        nodes: grid.shape.join(' x '),
        spacing: grid.spacing,
        bandwidth,
        radius,
        cut: this.cut,
        parts: this.#parts,
        filterError: this.#filter / scale,
        readingError: this.#reading / scale,
        steps: pilot.steps,
        scheme: 'yoshida4',
        seed,
      },
    }
  }

  #onto(convolution: FreeSpaceConvolution): Filtered {
    const { grid } = convolution
    const filtered = filteredConvolution(convolution, this.#parts)
    const out = new Float64Array(nodesOf(grid))
    return (moment, cut) => {
      for (let k = 0; k < this.#parts; k++) filtered.add(k, moment.deposit(k, grid))
      return filtered.potential(moment.spreads, cut, out)
    }
  }

  #recorded(moment: SmoothMoment, k: number): Recorded {
    const set = this.sets[k]!
    const { steps } = this.#options.pilot
    const own = moment.coefficients.slice()
    const density = this.#dense(moment, this.cut).slice()
    const distant = this.#far(moment, this.cut).slice()
    const energy = kineticOf(moment, set) + 0.5 * (moment.interaction + this.convolution.shift)
    const velocity = speedsOf(moment, set.N, this.#stored[k]!)
    const compared = [0, Math.floor(steps / 2), steps].includes(moment.index)
    return { own, density, distant, energy, velocity, shells: compared ? this.#shellsOf(moment, own) : undefined }
  }

  #shellsOf(moment: SmoothMoment, own: Float64Array): Shells {
    const seen = [own, ...[1, 2, 3].map(k => this.#again(moment, this.cut - k).slice())]
    const shell = (k: number): Float64Array => seen[k]!.map((x, j) => x - seen[k + 1]![j]!)
    return [shell(0), shell(1), shell(2)]
  }

  /**
   * What the filter leaves out. What two lattices do not have in common of a shell is noise, and counted as that of the
   * markers.
   */
  #filterError(first: Shells, second: Shells): number {
    const common = (k: number): number => {
      const both = (sign: number): number => this.#probes.largestGradient(half(first[k]!, second[k]!, sign))
      return Math.sqrt(Math.max(0, both(1) ** 2 - both(-1) ** 2))
    }
    return restOfSpectrum(common(0), common(1), common(2))
  }
}

/** Half the sum, or half the difference. */
const half = (x: Float64Array, y: Float64Array, sign: number): Float64Array =>
  x.map((value, j) => 0.5 * (value + sign * y[j]!))

const largestSize = (values: Float64Array): number => values.reduce((most, x) => Math.max(most, Math.abs(x)), 0)

/** The length of the longest of some vectors, stored coordinate by coordinate. */
function longest(vectors: Float64Array): number {
  const points = vectors.length / 3
  let square = 0
  for (let i = 0; i < points; i++) {
    square = Math.max(square, vectors[i]! ** 2 + vectors[points + i]! ** 2 + vectors[2 * points + i]! ** 2)
  }
  return Math.sqrt(square)
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

/** How much longer the grid for points outside the box is: its spectrum must still hold that of the density nearby. */
const WIDER = 2

/** A grid of as many nodes over a longer box. */
function widerGrid({ shape, origin, spacing }: GridShape): GridShape {
  const more = (WIDER - 1) * 0.5 * spacing
  const low = origin.map((o, a) => o - more * (shape[a]! - 1))
  return { shape, origin: low as [number, number, number], spacing: WIDER * spacing }
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

/** The shells of a spectrum that falls by less than this from one to the next count for nine times the last one. */
const SLOWEST = 0.9

/**
 * What is beyond the last of three shells of a spectrum, each of width 1 in inverse deviations: a geometric series with
 * a ratio r. For a Gaussian, whose rate of fall grows by 1 from shell to shell, r is the last ratio that was seen, a
 * bound by far. For one whose rate does not grow, as where a cluster contracts to a core that its deviation knows
 * nothing of, r is the root of that, half of the rate: later ratios were seen to be larger (docs/accuracy.md). Between,
 * in proportion. A spectrum that oscillates may have a zero in the middle shell, which then counts for no less than the
 * mean of the others.
 */
export function restOfSpectrum(last: number, before: number, first: number): number {
  if (last === 0) return 0
  const { log, pow } = wasmCore()
  const middle = Math.max(before, Math.sqrt(last * first))
  const ratio = middle > 0 ? last / middle : 1
  const growth = middle > 0 && first > 0 ? Math.min(1, Math.max(0, log(middle / first / ratio))) : 0
  const r = Math.min(SLOWEST, pow(ratio, 0.5 + 0.5 * growth))
  return (last * r) / (1 - r)
}
