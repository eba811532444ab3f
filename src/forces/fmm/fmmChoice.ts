/**
 * The fixed rule from tolerance and input to a fast multipole sum: order, precisions, particles a leaf; and its work.
 */
import { requireInteger, requireNumber } from '../../base/errors.js'
import type { ForceRequest } from '../types.js'
import { type CloudSample, cube, rootSide, sampleCloud } from './fmmSample.js'
import { LARGEST_ORDER } from './fmmTables.js'

/** How a fast multipole sum is done: a function of the input and the tolerance only. */
export interface FmmChoice {
  /** Order P of the expansions: P^2 coefficients. */
  readonly order: number
  /** Precision of expansions and their translations. */
  readonly expansions: 'f32' | 'f64'
  /** Precision of pairs: f32, f32 with coordinates carried as two f32, f64. */
  readonly pairs: 'f32' | 'split' | 'f64'
  /** Pairs closer than this many leaf sides are done in f64 (pairs: 'f32'). */
  readonly close: number
  /** Particles a leaf aimed at where the density is uniform. */
  readonly leaf: number
  /** Deepest level of the tree. */
  readonly depth: number
  /** What was seen of the particles. */
  readonly sample: CloudSample
  /** Predicted work in pair evaluations: compare with N^2 of the direct sum in f32 with f64 totals. */
  readonly work: number
}

/** The smallest tolerance the fast multipole method is asked for. */
export const FMM_TOLERANCE: number = 1e-8

/**
 * ||error||_2 / ||force||_2 by order, from P = 3 on: 1.5 times the worst measured on clouds that fill space (uniform
 * ball and cube, Gaussian, Plummer, two clusters, a tiny ball with a far particle; weights of one sign).
 */
const ERRORS: readonly number[] = [
  3e-2, 8.5e-3, 2.2e-3, 5.5e-4, 1.7e-4, 6.5e-5, 2.3e-5, 9.6e-6, 4e-6, 2e-6, 1.1e-6, 6e-7, 2.6e-7, 1.3e-7, 7e-8, 3.5e-8,
  2.2e-8, 1.7e-8, 9e-9,
]
const LOWEST_ORDER = 3
// More orders where forces cancel, so that errors weigh more: surfaces, lines, weights of both signs (measured).
const EXTRA_SURFACE = 2
const EXTRA_LINE = 4
const EXTRA_SIGNS = 4
// Where most of the force comes from few spots (heavy particles, clusters smaller than the cut-off), their errors do
// not average out: 3 + P/4 orders more (measured: one cluster in a halo).
const EXTRA_SPOTS = 3
const FEW_SPOTS = 1000

/** Below this, single precision would show in the expansions (measured: 1e-7 of ||force||), and in pairs (2e-7). */
const SINGLE = 1e-6
/** Relative error of a pair's force on plain f32 coordinates, times its distance in leaf sides. */
const COORDINATE_ERROR = 4e-7
const CLOSEST = 0.02

/** Overrides of the rule. */
export interface FmmOverride {
  readonly order?: number | undefined
  readonly depth?: number | undefined
}

type FmmInput = Pick<ForceRequest, 'N' | 'sources' | 'n' | 'targets' | 'weights' | 'tolerance' | 'spec'>

/**
 * The choice for an input and a tolerance, relative to ||force||_2.
 * @throws RangeError for a tolerance outside [1e-8, 1], an order outside [2, 30], a depth outside [0, 48], a kernel
 * that is not Coulomb's outside its cut-off
 */
export function fmmChoice(input: FmmInput, override: FmmOverride = {}): FmmChoice {
  const { tolerance, spec } = input
  requireNumber('tolerance', tolerance, FMM_TOLERANCE, 1)
  if (!spec.coulombOutside) {
    throw new RangeError(
      `the fast multipole method needs d = 3 and a kernel that is q/|q|^3 outside a cut-off, got '${spec.kernel.name}'`,
    )
  }
  const sample = sampleCloud(input)
  const order = override.order ?? orderFor(input, sample)
  requireInteger('order', order, 2, LARGEST_ORDER)
  const depth = requireInteger('depth', override.depth ?? 48, 0, 48)
  const leaf = 6 * order
  const expansions = tolerance >= SINGLE && order <= 16 ? 'f32' : 'f64'
  const close = COORDINATE_ERROR / tolerance
  const pairs = close <= CLOSEST ? 'f32' : tolerance >= SINGLE ? 'split' : 'f64'
  const choice = { order, expansions, pairs, close: Math.min(close, CLOSEST), leaf, depth, sample } as const
  return { ...choice, work: workOf(choice, spec.radius) }
}

function orderFor({ tolerance, weights, spec }: FmmInput, sample: CloudSample): number {
  const index = ERRORS.findIndex(error => error <= tolerance)
  const base = LOWEST_ORDER + (index < 0 ? ERRORS.length - 1 : index)
  const { sign, sources } = weightsOf(weights, sample.count)
  let extra = 0
  if (sample.dimension < 3) extra = sample.dimension === 1 ? EXTRA_LINE : EXTRA_SURFACE
  if (sign < 0.5) extra = Math.max(extra, EXTRA_SIGNS)
  const inLeaf = occupied(sample, 6 * base, spec.radius)
  const heavy = sources < Math.min(FEW_SPOTS, sample.count / 3)
  const crowded = inLeaf > 18 * base && sample.count / inLeaf < FEW_SPOTS
  if (heavy || crowded) extra = Math.max(extra, EXTRA_SPOTS + Math.ceil(base / 4))
  return Math.min(LARGEST_ORDER, base + extra)
}

/** |sum w| / sum |w|, and the number of equal weights that vary as much. */
function weightsOf(weights: Float64Array | undefined, count: number): { sign: number; sources: number } {
  if (weights === undefined) return { sign: 1, sources: count }
  let largest = 0
  for (const w of weights) largest = Math.max(largest, Math.abs(w))
  if (largest === 0) return { sign: 1, sources: count }
  let [sum, size, square] = [0, 0, 0]
  for (const weight of weights) {
    const w = weight / largest
    sum += w
    size += Math.abs(w)
    square += w * w
  }
  return { sign: Math.abs(sum) / size, sources: (size * size) / square }
}

/** Work in pair evaluations of one particle besides pairs, and of the translations of one cell by P^3 and P^2. */
const PARTICLE = 400
const CUBIC = 50
const SQUARE = 150

/** Predicted work: 27 cells of pairs around each particle, 1.15 cells of translations a leaf. */
function workOf({ leaf, order, expansions, sample }: Omit<FmmChoice, 'work'>, radius: number): number {
  const { count } = sample
  const inLeaf = occupied(sample, leaf, radius)
  const translation = (CUBIC * cube(order) + SQUARE * order * order) * (expansions === 'f32' ? 1 : 2)
  const far = 64 * inLeaf > count ? 0 : (1.15 * translation) / inLeaf
  return count * (Math.min(count, 27 * inLeaf) + PARTICLE + far)
}

/** Predicted number of particles in a particle's leaf. */
function occupied(sample: CloudSample, leaf: number, radius: number): number {
  const { occupation, count, extent } = sample
  const side = rootSide(sample, leaf)
  const widest = Math.max(...extent)
  const stretch = widest === 0 ? 1 : cube(side / widest)
  const last = occupation.length - 1
  const filled = occupation.findIndex(o => o * stretch <= leaf * 1.5)
  let level = filled < 0 ? last : filled
  // Leaves are not smaller than the cut-off radius.
  while (level > 0 && side / 2 ** level < radius) level--
  // Denser spots than the sample resolves are split further, unless the cut-off forbids it.
  return filled < 0 && level === last ? leaf : Math.min(count, occupation[level]! * stretch)
}
