/**
 * The mean field of a smooth law at one resolution: two runs on independent lattices, their mean as a table, and the parts of its
 * error. Called by smoothField at every level of refinement.
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
import { latticeMarkers } from './latticeMarkers.js'
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
 * The filters fall here, in units of the bandwidth: beyond, the lattice's aliases are larger than the density's own spectrum. Under
 * attraction clusters contract, and their spectrum is wider: there a lower filter leaves out ten times what the markers err.
 */
const [CUT, CUT_ATTRACTION] = [0.52, 0.58]
/**
 * Under attraction the part that a filter leaves out is missed by the motion too: what it is at one time counts twice, as the
 * oracles want where cores form (docs/accuracy.md).
 */
const MISSED_BY_MOTION = 2
/** Markers whose speeds are stored, of either set. */
const SPEEDS = 2 ** 14
const SINGLE = 2 ** -24
/** The table of the mean of two runs. */
export async function smoothSolve(options: SmoothSolveOptions): Promise<GridTable> {
  const { law, kernel, T, pilot, bandwidth, radius, nodes: side, seed, pause } = options
  const { steps, ends } = pilot
  const attraction = kernel.sigma === -1
  const cut = (attraction ? CUT_ATTRACTION : CUT) * bandwidth
  const grid = gridAround(ends, side)
  const nodes = nodesOf(grid)
  const convolution = freeSpaceConvolution(grid, kernel)
  const outer = freeSpaceConvolution(widerGrid(grid), kernel)
  const outerNodes = nodesOf(outer.grid)
  const stage = `bandwidth ${bandwidth.toFixed(1)}, ${side} nodes a side`
  const sets = [0, 1].map(k => latticeMarkers(law, bandwidth, radius, `${seed}/lattice/${k}`))
  const parts = sets[0]!.ends.length
  const probes = gridProbes(grid, 2 ** 16)
  const onto = (c: FreeSpaceConvolution): ((moment: SmoothMoment, cut: number) => Float64Array) => {
    const filtered = filteredConvolution(c, parts)
    const out = new Float64Array(nodesOf(c.grid))
    return (moment, at) => {
      for (let k = 0; k < parts; k++) filtered.add(k, moment.deposit(k, c.grid))
      return filtered.potential(moment.spreads, at, out)
    }
  }
  const again = onto(convolution)
  const far = onto(outer)
  const dense = onto({ ...convolution, symbol: convolution.densitySymbol() })
  const fineGrid: GridShape = {
    ...grid,
    shape: grid.shape.map(n => 2 * n) as [number, number, number],
    spacing: 0.5 * grid.spacing,
  }
  const compared = [0, Math.floor(steps / 2), steps]
  const faces = faceDifferences(grid, outer.grid, kernel)

  const potentials: Float64Array[] = []
  const outers: Float64Array[] = []
  const densities: Float64Array[] = []
  const clouds: Float64Array[] = []
  const speeds: Float32Array[] = []
  const energies: [number, number][] = []
  const densityErrors: number[] = []
  const shells: (readonly Float64Array[])[] = []
  const stored = sets.map(({ N }) => ({ stride: Math.ceil(N / SPEEDS), count: Math.ceil(N / Math.ceil(N / SPEEDS)) }))
  let [markers, scale, largest, filter, reading, beyond] = [0, 0, 0, 0, 0, 0]
  let fine: ((moment: SmoothMoment, cut: number) => Float64Array) | undefined

  for (const [k, set] of sets.entries()) {
    await smoothRun({
      kernel,
      markers: set,
      T,
      steps,
      convolution,
      cut,
      room: Math.max(outerNodes, 8 * nodes),
      pause: step => pause(0.5 * (k + step / steps), stage),
      record: moment => {
        const { index, module, coefficients } = moment
        const own = coefficients.slice()
        const density = dense(moment, cut).slice()
        const distant = far(moment, cut).slice()
        const energy = kineticOf(moment, set) + 0.5 * (moment.interaction + convolution.shift)
        const velocity = speedsOf(moment, set.N, stored[k]!)
        if (compared.includes(index)) {
          const found = shellsOf(moment, own)
          if (k === 0) shells.push(found)
          else filter = Math.max(filter, filterError(shells[compared.indexOf(index)]!, found))
        }
        if (k === 0) {
          potentials.push(own)
          densities.push(density)
          outers.push(distant)
          clouds.push(gaussPoints(moment.far))
          speeds.push(velocity)
          energies.push([energy, energy])
          // Where the spectrum beyond the grid's and its aliases are: at the ends of the time.
          if (index === 0 || index === steps) {
            fine ??= onto(freeSpaceConvolution(fineGrid, kernel))
            const difference = probes.difference(own, fineGrid, fine(moment, cut))
            reading = Math.max(reading, largestOf(difference))
          }
          return
        }
        const half = (x: Float64Array, y: Float64Array, sign: number): Float64Array =>
          x.map((value, j) => 0.5 * (value + sign * y[j]!))
        markers = Math.max(markers, probes.largestGradient(half(own, potentials[index]!, -1)))
        densityErrors.push(half(density, densities[index]!, -1).reduce((most, x) => Math.max(most, Math.abs(x)), 0))
        potentials[index] = half(own, potentials[index]!, 1)
        densities[index] = half(density, densities[index]!, 1)
        outers[index] = half(distant, outers[index]!, 1)
        clouds[index] = half(gaussPoints(moment.far), clouds[index]!, 1)
        energies[index]![1] = energy
        const both = new Float32Array(speeds[index]!.length + velocity.length)
        both.set(speeds[index]!)
        both.set(velocity, speeds[index]!.length)
        speeds[index] = both
        scale = Math.max(scale, probes.largestGradient(potentials[index]!))
        largest = potentials[index]!.reduce((most, x) => Math.max(most, Math.abs(x)), largest)
        beyond = Math.max(beyond, moment.outside * scale, faces(potentials[index]!, outers[index]!, clouds[index]!))
        module.coefficients.set(own)
      },
    })
  }

  /** What is lost when the filter falls earlier by one, by one more, and by one more. */
  function shellsOf(moment: SmoothMoment, own: Float64Array): readonly Float64Array[] {
    const seen = [own, ...[1, 2, 3].map(k => again(moment, cut - k).slice())]
    return [0, 1, 2].map(k => seen[k]!.map((x, j) => x - seen[k + 1]![j]!))
  }
  /** What the filter leaves out. What two lattices do not have in common of a shell is noise, and counted as that of the markers. */
  function filterError(first: readonly Float64Array[], second: readonly Float64Array[]): number {
    const [last, before, first3] = first.map((shell, k) => {
      const both = (sign: number): number =>
        probes.largestGradient(shell.map((x, j) => 0.5 * (x + sign * second[k]![j]!)))
      return Math.sqrt(Math.max(0, both(1) ** 2 - both(-1) ** 2))
    }) as [number, number, number]
    return restOfSpectrum(last, before, first3)
  }
  function largestOf(vectors: Float64Array): number {
    const points = vectors.length / 3
    let square = 0
    for (let i = 0; i < points; i++) {
      square = Math.max(square, vectors[i]! ** 2 + vectors[points + i]! ** 2 + vectors[2 * points + i]! ** 2)
    }
    return Math.sqrt(square)
  }

  const single = (list: readonly Float64Array[]): Float32Array[] => list.map(x => Float32Array.from(x))
  const defect = Math.max(...sets.map(set => Math.abs(set.defect)))
  return {
    version: 1,
    method: 'lattice of markers, filtered part by part, free-space spectral convolution',
    T,
    grid,
    potentials: single(potentials),
    outerGrid: outer.grid,
    outers: single(outers),
    densities: single(densities),
    far: clouds,
    speeds,
    speedMasses: sets.flatMap((set, k) =>
      Array.from({ length: stored[k]!.count }, (_, i) => set.mass[i * stored[k]!.stride]!),
    ),
    energies,
    densityErrors,
    errors: {
      markers,
      grid: (attraction ? MISSED_BY_MOTION : 1) * filter + reading,
      time: pilot.timeError * scale,
      outside: beyond + 0.5 * defect * scale,
      rounding: (2 * Math.sqrt(3) * SINGLE * largest) / grid.spacing,
    },
    scale,
    parameters: {
      markers: sets[0]!.N,
      nodes: grid.shape.join(' x '),
      spacing: grid.spacing,
      bandwidth,
      radius,
      cut,
      parts,
      filterError: filter / scale,
      readingError: reading / scale,
      steps,
      scheme: 'yoshida4',
      seed,
    },
  }
}

/**
 * Every cloud as the 27 points of the Gauss-Hermite rule of degree 5 for the Gaussian of its moments, so that the moments of order 4
 * are nearly right too: point clouds in the layout of FarSources.
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
 * What is beyond the last of three shells of a spectrum, each of width 1 in inverse deviations: a geometric series with a
 * ratio r. For a Gaussian, whose rate of fall grows by 1 from shell to shell, r is the last ratio that was seen, a bound by
 * far. For one whose rate does not grow, as where a cluster contracts to a core that its deviation knows nothing of, r is
 * the root of that, half of the rate: later ratios were seen to be larger (docs/accuracy.md). Between, in proportion. A
 * spectrum that oscillates may have a zero in the middle shell, which then counts for no less than the mean of the others.
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
