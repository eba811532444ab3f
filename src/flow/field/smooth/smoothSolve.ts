/**
 * The mean field of a smooth law at one resolution: two runs on independent lattices, their mean as a table, and the
 * parts of its error. Called by smoothField at every level of refinement.
 */
import type { Kernel } from '../../../interaction/kernel.js'
import type { Law } from '../../../law/law.js'
import { wasmCore } from '../../../wasm/core.js'
import type { GridShape } from '../../../wasm/grid.js'
import { faceDifferences } from '../grid/gridFieldChecks.js'
import { gridProbes } from '../grid/gridFieldProbes.js'
import { gridAround } from '../grid/gridFieldRun.js'
import type { GridTable } from '../grid/gridFieldTable.js'
import type { Pause } from '../grid/markerMotion.js'
import { latticeMarkers, type MassiveMarkers } from './latticeMarkers.js'
import {
  type LatticeRecord,
  type LatticeRunOptions,
  latticeRun,
  PROBES,
  type Shells,
  storedSpeeds,
  widerGrid,
} from './latticeRun.js'
import { latticeOnThread, threadFor } from './latticeThread.js'
import type { SmoothPilot } from './smoothPilot.js'

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
/** Markers whose speeds are stored, of either set, at most. */
const SPEEDS = 2 ** 14
const SINGLE = 2 ** -24
/** Markers and steps from which on a thread of its own is worth its start. */
const LONG_RUN = 5e5

/** The table of the mean of two runs. */
export async function smoothSolve(options: SmoothSolveOptions): Promise<GridTable> {
  const { kernel, T, pilot, bandwidth, nodes, pause } = options
  const pair = new LatticePair(options)
  const stage = `bandwidth ${bandwidth.toFixed(1)}, ${nodes} nodes a side`
  const { steps } = pilot
  const runOf = (k: 0 | 1): LatticeRunOptions => ({
    ...{ kernel, T, steps, grid: pair.grid, cut: pair.cut, speeds: SPEEDS },
    markers: pair.sets[k]!,
    finer: k === 0,
  })
  const done: [number, number] = [0, 0]
  const told = (): Promise<void> => pause((done[0] + done[1]) / (2 * steps), stage)
  const here = (k: 0 | 1): Promise<void> =>
    latticeRun(
      runOf(k),
      record => pair.record(k, record),
      step => {
        done[k] = step
        return told()
      },
    )
  if (steps * pair.sets[1]!.N < LONG_RUN || !(await threadFor(kernel))) {
    await here(0)
    await here(1)
    return pair.table()
  }
  const controller = new AbortController()
  const there = latticeOnThread(
    runOf(1),
    record => pair.record(1, record),
    step => {
      done[1] = step
    },
    controller.signal,
  )
  try {
    await Promise.all([here(0).then(() => whileWaiting(there, told)), there])
  } catch (error) {
    controller.abort(error)
    await there.catch(() => undefined)
    throw error
  }
  return pair.table()
}

/** Between two reports of what is left to the thread, in ms. */
const REPORTS = 100

/** Reports until a promise settles. */
async function whileWaiting(promise: Promise<void>, report: () => Promise<void>): Promise<void> {
  const ended = promise.then(() => true)
  for (;;) {
    let timer: ReturnType<typeof setTimeout> | undefined
    const pause = new Promise<false>(resolve => {
      timer = setTimeout(() => resolve(false), REPORTS)
    })
    const isOver = await Promise.race([ended, pause])
    clearTimeout(timer)
    if (isOver) return
    await report()
  }
}

/**
 * Two runs on independent lattices, which tell of their moments in order: their means, and how far they are apart.
 */
class LatticePair {
  readonly sets: readonly MassiveMarkers[]
  readonly grid: GridShape
  /** Where the filters fall. */
  readonly cut: number
  readonly #options: SmoothSolveOptions
  readonly #outerGrid: GridShape
  readonly #probes: ReturnType<typeof gridProbes>
  readonly #faces: ReturnType<typeof faceDifferences>
  /** What either run has told that the other one has not told of yet. */
  readonly #waiting: readonly [LatticeRecord[], LatticeRecord[]] = [[], []]
  /** One of a kind for every moment. */
  readonly #potentials: Float64Array[] = []
  readonly #outers: Float64Array[] = []
  readonly #densities: Float64Array[] = []
  readonly #clouds: Float64Array[] = []
  readonly #speeds: Float32Array[] = []
  readonly #energies: [number, number][] = []
  readonly #densityErrors: number[] = []
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
    this.grid = gridAround(pilot.ends, side)
    this.#outerGrid = widerGrid(this.grid)
    this.sets = [0, 1].map(k => latticeMarkers(law, bandwidth, radius, `${seed}/lattice/${k}`))
    this.#probes = gridProbes(this.grid, PROBES)
    this.#faces = faceDifferences(this.grid, this.#outerGrid, kernel)
  }

  /** Takes what run k says of its next moment. */
  record(k: 0 | 1, record: LatticeRecord): void {
    this.#waiting[k].push(record)
    const [[first], [second]] = this.#waiting
    if (first === undefined || second === undefined) return
    for (const list of this.#waiting) list.shift()
    this.#join(first, second)
  }

  #join(first: LatticeRecord, second: LatticeRecord): void {
    this.#reading = Math.max(this.#reading, first.reading)
    if (first.shells && second.shells) {
      this.#filter = Math.max(this.#filter, this.#filterError(first.shells, second.shells))
    }
    const apart = half(second.own, first.own, -1)
    this.#markers = Math.max(this.#markers, this.#probes.largestGradient(apart))
    this.#densityErrors.push(largestSize(half(second.density, first.density, -1)))
    const potential = half(second.own, first.own, 1)
    const outer = half(second.distant, first.distant, 1)
    const clouds = half(second.clouds, first.clouds, 1)
    this.#potentials.push(potential)
    this.#densities.push(half(second.density, first.density, 1))
    this.#outers.push(outer)
    this.#clouds.push(clouds)
    this.#energies.push([first.energy, second.energy])
    const speeds = new Float32Array(first.velocity.length + second.velocity.length)
    speeds.set(first.velocity)
    speeds.set(second.velocity, first.velocity.length)
    this.#speeds.push(speeds)
    this.#scale = Math.max(this.#scale, this.#probes.largestGradient(potential))
    this.#largest = Math.max(this.#largest, largestSize(potential))
    this.#beyond = Math.max(this.#beyond, second.outside * this.#scale, this.#faces(potential, outer, clouds))
  }

  table(): GridTable {
    const { kernel, T, pilot, bandwidth, radius, seed } = this.#options
    const { grid } = this
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
      outerGrid: this.#outerGrid,
      outers: single(this.#outers),
      densities: single(this.#densities),
      far: this.#clouds,
      speeds: this.#speeds,
      speedMasses: this.sets.flatMap(({ N, mass }) => {
        const { stride, count } = storedSpeeds(N, SPEEDS)
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
        parts: this.sets[0]!.ends.length,
        filterError: this.#filter / scale,
        readingError: this.#reading / scale,
        steps: pilot.steps,
        scheme: 'yoshida4',
        seed,
      },
    }
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
