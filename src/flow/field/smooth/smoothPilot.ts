/**
 * A small run ahead of the solver for smooth laws: how far the mass goes, and how many time steps the tolerance needs.
 */
import type { Kernel } from '../../../interaction/kernel.js'
import type { Law } from '../../../law/law.js'
import { extents, stretched, union } from '../grid/boxEnds.js'
import { freeSpaceConvolution } from '../grid/freeSpaceConvolution.js'
import { lagrangeWeights } from '../grid/freeSpaceSymbol.js'
import { gridProbes } from '../grid/gridFieldProbes.js'
import { gridAround } from '../grid/gridFieldRun.js'
import type { Pause } from '../grid/markerMotion.js'
import { latticeMarkers } from './latticeMarkers.js'
import { smoothRun } from './smoothRun.js'

/** What the pilot found. */
export interface SmoothPilot {
  readonly steps: number
  /** Estimated error of time step and interpolation in time, relative to the largest force. */
  readonly timeError: number
  /** Ends of the box: low0, high0, low1, ... */
  readonly ends: Float64Array
}

const BANDWIDTH = 7.5
const NODES = 32
const [FEWEST, MOST] = [6, 256]
/** Mass beyond each face of the box at every time. */
const BEYOND = 3e-7
/** Points of the interpolation in time. */
const TIME_POINTS = 6

interface PilotOptions {
  readonly law: Law
  readonly kernel: Kernel
  readonly T: number
  /** Of the time step. */
  readonly tolerance: number
  readonly radius: number
  readonly key: string
  readonly steps?: number
  readonly pause: Pause
}

/** Runs with S and 2S steps until they agree; the error of S steps is taken as 16/15 of the difference. */
export async function smoothPilot(options: PilotOptions): Promise<SmoothPilot> {
  const { law, kernel, T, tolerance, radius, key, pause } = options
  const markers = latticeMarkers(law, BANDWIDTH, radius, key)
  const { N, mass, q, p } = markers
  const flight = q.map((x, i) => x + T * p[i]!)
  let ends = stretched(union(weightedEnds(q, N, N, mass), weightedEnds(flight, N, N, mass)), 1.1)
  let steps = options.steps ?? Math.max(FEWEST, Math.min(MOST, Math.ceil(4 * T)))
  for (;;) {
    const grid = gridAround(ends, NODES)
    const convolution = freeSpaceConvolution(grid, kernel)
    const probes = gridProbes(grid, 2 ** 14)
    let reached = weightedEnds(q, N, N, mass)
    let lost = 0
    const run = async (S: number): Promise<Float64Array[]> => {
      const slices: Float64Array[] = []
      await smoothRun({
        kernel,
        markers,
        T,
        steps: S,
        convolution,
        cut: BANDWIDTH / 2,
        pause: step => pause(step / S, `pilot, ${S} steps`),
        record: ({ module, coefficients, outside }) => {
          lost = Math.max(lost, outside)
          slices.push(coefficients.slice())
          reached = union(reached, weightedEnds(module.q, N, module.q.length / 3, mass))
        },
      })
      return slices
    }
    let coarse = await run(steps)
    if (lost > 1e-3) {
      ends = stretched(ends, 1.3)
      continue
    }
    for (;;) {
      const fine = await run(2 * steps)
      let [scale, difference] = [0, 0]
      for (const [k, slice] of fine.entries()) {
        scale = Math.max(scale, probes.largestGradient(slice))
        difference = Math.max(difference, probes.largestGradient(minus(slice, coarse, k / 2)))
      }
      const timeError = scale > 0 ? ((16 / 15) * difference) / scale : 0
      if (options.steps !== undefined || timeError <= tolerance || 2 * steps > MOST) {
        return { steps, timeError, ends: stretched(reached, 1.03) }
      }
      steps = timeError < 4 * tolerance ? Math.ceil(1.5 * steps) : 2 * steps
      coarse = await run(steps)
    }
  }
}

/** slice minus the coarse slices interpolated at index s. */
function minus(slice: Float64Array, coarse: readonly Float64Array[], s: number): Float64Array {
  const weights = new Float64Array(Math.min(TIME_POINTS, coarse.length))
  const first = Math.max(0, Math.min(Math.floor(s) - weights.length / 2 + 1, coarse.length - weights.length))
  lagrangeWeights(s - first, weights)
  const out = slice.slice()
  weights.forEach((w, k) => {
    const c = coarse[first + k]!
    for (let j = 0; j < out.length; j++) out[j] = out[j]! - w * c[j]!
  })
  return out
}

/** Bins of the masses along an axis. */
const BINS = 4096

/** Ends along each axis with at most `BEYOND` of the mass beyond each of them, to a bin. */
function weightedEnds(q: Float64Array, N: number, stride: number, mass: Float64Array): Float64Array {
  const ends = extents(q, N, stride)
  const bins = new Float64Array(BINS)
  for (let a = 0; a < 3; a++) {
    const [start, end] = [ends[2 * a]!, ends[2 * a + 1]!]
    const width = (end - start) / BINS
    if (!(width > 0)) continue
    bins.fill(0)
    for (let i = 0; i < N; i++) {
      const k = Math.min(BINS - 1, Math.floor((q[a * stride + i]! - start) / width))
      bins[k] = bins[k]! + mass[i]!
    }
    let [low, high] = [0, BINS - 1]
    for (let sum = bins[low]!; sum < BEYOND; sum += bins[low]!) low++
    for (let sum = bins[high]!; sum < BEYOND; sum += bins[high]!) high--
    ends[2 * a] = start + low * width
    ends[2 * a + 1] = start + (high + 1) * width
  }
  return ends
}
