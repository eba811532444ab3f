/**
 * A small run ahead of the 3-D mean field: how far the markers go and how many time steps the tolerance needs.
 */
import type { Configuration } from '../../../base/configuration.js'
import type { Kernel } from '../../../interaction/kernel.js'
import type { Law } from '../../../law/law.js'
import type { GridShape } from '../../../wasm/grid.js'
import { symmetricEnds, symmetryOf } from './axialSymmetry.js'
import { contains, extents, stretched, union } from './boxEnds.js'
import { freeSpaceConvolution } from './freeSpaceConvolution.js'
import { lagrangeWeights } from './freeSpaceSymbol.js'
import { gridProbes } from './gridFieldProbes.js'
import { gridAround, runMarkers } from './gridFieldRun.js'
import type { Pause } from './markerMotion.js'
import { markersOfLaw } from './markersOfLaw.js'

interface PilotOptions {
  readonly law: Law
  readonly kernel: Kernel
  readonly T: number
  /** Largest error of the time step relative to the largest force. */
  readonly tolerance: number
  readonly seed: string
  /** Fixed number of steps. */
  readonly steps?: number
  readonly pause: Pause
}

export interface Pilot {
  /** Number of time steps of the run. */
  readonly steps: number
  /** Estimated error of time step and interpolation in time, relative to the largest force. */
  readonly timeError: number
  /** The grid for full marker sets, the box `growth` times as long as predicted. */
  gridFor(sets: readonly Configuration[], nodes: number, growth: number): GridShape
}

const MARKERS = 8192
const NODES = 32
const FEWEST_STEPS = 6
const MOST_STEPS = 1536
/** Degree of the interpolation in time plus one. */
const TIME_POINTS = 6
/** The box need not reach further than this many times the quantile of 1 - 1/1000: 5.3 deviations for normal tails. */
const REACH = 1.6

/**
 * Moves 8192 markers on 32 nodes a side, in a box that grows until it holds them; then doubles the number of steps
 * until the force differs by less than the tolerance: the error of S steps is taken as 16/15 of the difference between
 * S and 2S steps.
 */
export async function pilotRun(options: PilotOptions): Promise<Pilot> {
  const { law, kernel, T, tolerance, seed, pause } = options
  const stage = 'pilot'
  const markers = markersOfLaw(law, MARKERS, `${seed}/markers/0`)
  const start = flightEnds([markers], markers, T)
  let steps = options.steps ?? FEWEST_STEPS
  let ends: Float64Array = start.map(
    (x, k) => x + 0.15 * (k % 2 === 0 ? -1 : 1) * (start[k - (k % 2) + 1]! - start[k - (k % 2)]!),
  )
  const symmetrise = symmetryOf(law, markers)
  const around = (box: Float64Array, nodes: number): GridShape =>
    gridAround(symmetrise === undefined ? box : symmetricEnds(box), nodes)
  for (;;) {
    await pause(0, stage)
    const grid = around(ends, NODES)
    const convolution = freeSpaceConvolution(grid, kernel)
    const probes = gridProbes(grid)
    const run = async (S: number): Promise<{ slices: Float64Array[]; reached: Float64Array } | undefined> => {
      const slices: Float64Array[] = []
      let reached: Float64Array = start.slice()
      const complete = await runMarkers({
        kernel,
        markers,
        T,
        steps: S,
        convolution,
        ...(symmetrise === undefined ? {} : { symmetrise }),
        mostOutside: 0.02,
        pause: step => pause(step / S, `${stage}, ${S} steps`),
        record: ({ module, M }) => {
          slices.push(module.coefficients.slice(0, grid.shape[0] * grid.shape[1] * grid.shape[2]))
          reached = union(reached, trimmedEnds(module.q, M, module.q.subarray(0, 3 * M), M))
        },
      })
      return complete ? { slices, reached } : undefined
    }
    const first = await run(steps)
    if (first === undefined || !contains(ends, first.reached)) {
      ends = stretched(union(ends, first?.reached ?? ends), first === undefined ? 1.4 : 1.1)
      continue
    }
    let coarse = first.slices
    for (;;) {
      const twice = await run(2 * steps)
      if (twice === undefined) break
      const scale = twice.slices.reduce((most, c) => Math.max(most, probes.largestGradient(c)), 0)
      let difference = 0
      for (let k = 0; k <= 2 * steps; k++) {
        difference = Math.max(difference, probes.largestGradient(minus(twice.slices[k]!, coarse, k / 2)))
      }
      const timeError = scale > 0 ? ((16 / 15) * difference) / scale : 0
      if (options.steps !== undefined || timeError <= tolerance || 2 * steps > MOST_STEPS) {
        const { reached } = twice
        return {
          steps,
          timeError,
          gridFor: (sets, nodes, growth) => {
            const full = flightEnds(sets, markers, T)
            return around(stretched(scaledEnds(reached, start, full), 1.03 * growth), nodes)
          },
        }
      }
      steps *= 2
      coarse = twice.slices
    }
    ends = stretched(ends, 1.4)
  }
}

/** slice minus the coarse slices interpolated at index s. */
function minus(slice: Float64Array, coarse: readonly Float64Array[], s: number): Float64Array {
  const weights = new Float64Array(Math.min(TIME_POINTS, coarse.length))
  const first = Math.max(0, Math.min(Math.floor(s) - weights.length / 2 + 1, coarse.length - weights.length))
  lagrangeWeights(s - first, weights)
  const out = slice.slice()
  for (let k = 0; k < weights.length; k++) {
    const [w, c] = [weights[k]!, coarse[first + k]!]
    if (w !== 0) for (let j = 0; j < out.length; j++) out[j] = out[j]! - w * c[j]!
  }
  return out
}

/** Ends of the positions of free flight at times 0 and T, trimmed by the quantiles of the pilot's. */
function flightEnds(sets: readonly Configuration[], pilot: Configuration, T: number): Float64Array {
  let ends: Float64Array | undefined
  for (const t of [0, T]) {
    const flight = ({ q, p }: Configuration): Float64Array => q.map((x, i) => x + t * p[i]!)
    const reference = flight(pilot)
    for (const set of sets) {
      const here = trimmedEnds(flight(set), set.N, reference, pilot.N)
      ends = ends === undefined ? here : union(ends, here)
    }
  }
  return ends!
}

/**
 * Ends of the positions, but no further from the median of a reference set than REACH times its quantiles of 1/1000.
 */
function trimmedEnds(q: Float64Array, count: number, reference: Float64Array, size: number): Float64Array {
  const ends = extents(q, count, q.length / 3)
  for (let a = 0; a < 3; a++) {
    const sorted = reference.slice(a * size, (a + 1) * size).sort()
    const at = (part: number): number => sorted[Math.min(size - 1, Math.floor(part * size))]!
    const middle = at(0.5)
    ends[2 * a] = Math.max(ends[2 * a]!, middle + REACH * (at(0.001) - middle))
    ends[2 * a + 1] = Math.min(ends[2 * a + 1]!, middle + REACH * (at(0.999) - middle))
  }
  return ends
}

/** `reached` with every end moved as far as `full` is from `start`, in proportion to the distances from the middle. */
function scaledEnds(reached: Float64Array, start: Float64Array, full: Float64Array): Float64Array {
  return reached.map((x, k) => {
    const pair = k % 2 === 0 ? k + 1 : k - 1
    const middle = 0.5 * (start[k]! + start[pair]!)
    const ratio = start[k] === middle ? 1 : (full[k]! - middle) / (start[k]! - middle)
    return middle + (x - middle) * Math.max(1, ratio)
  })
}
