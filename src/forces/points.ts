/**
 * What forces act between: validation of the arguments of {@link forces} before any work.
 */
import type { Configuration } from '../base/configuration.js'
import { quote, requireInteger, requireLength, requireNumber, requireOneOf } from '../base/errors.js'
import type { Kernel } from '../interaction/kernel.js'
import { kernelSpec } from './kernelSpec.js'
import type { ForceOptions, ForceRequest } from './types.js'

/** Sources that act on targets. Positions are structure of arrays: coordinate a of point i is at a * count + i. */
export interface TargetsAndSources {
  /** Where forces are wanted, length d*n. Default: at the sources, the term j = i left out. */
  readonly targets?: Float64Array
  /** Positions of the sources, length d*N. */
  readonly sources: Float64Array
  /** Weights w_j of the sources, length N. Default 1/N each. */
  readonly weights?: Float64Array
}

/** A configuration Z = (q, p), positions q alone (length d*N), or targets and sources apart. */
export type ForcePoints = Configuration | Float64Array | TargetsAndSources

/** Default of {@link ForceOptions.tolerance}. */
export const DEFAULT_TOLERANCE = 1e-6
/** The smallest tolerance that double precision sums are held to. */
const SMALLEST_TOLERANCE = 1e-12

/**
 * The request that points, kernel and options describe.
 * @throws TypeError, RangeError naming the argument: no points, lengths that do not match, a position or weight that is
 * not finite (with its index), a tolerance outside [1e-12, 1)
 */
export function forceRequest(points: ForcePoints, kernel: Kernel, options: ForceOptions): ForceRequest {
  const spec = kernelSpec(kernel)
  const { tolerance = DEFAULT_TOLERANCE, potential = 'omit' } = options
  requireNumber('tolerance', tolerance, SMALLEST_TOLERANCE, 1)
  requireOneOf('potential', potential, ['include', 'omit'])
  const { sources, targets, weights } = positions(points, spec.d)
  const N = requirePoints('q', sources, spec.d)
  const n = targets === undefined ? N : requirePoints('targets', targets, spec.d)
  if (weights !== undefined) {
    requireArray('weights', weights)
    requireLength('weights', weights, N)
    requireFinite('weights', weights, N)
  }
  const force = options.out ?? new Float64Array(spec.d * n)
  requireArray('out', force)
  requireLength('out', force, spec.d * n)
  if (options.estimateError !== undefined) requireInteger('estimateError', options.estimateError, 1, n)
  return {
    spec,
    N,
    sources,
    weights,
    weight: 1 / N,
    targets,
    n,
    tolerance,
    potential: potential === 'include',
    force,
    potentialOut: potential === 'include' ? new Float64Array(n) : undefined,
  }
}

function positions(points: ForcePoints, d: number): TargetsAndSources {
  if (points instanceof Float64Array) return { sources: points }
  if (typeof points !== 'object' || points === null) {
    throw new TypeError(`points must be a Configuration, a Float64Array or {targets, sources}, got ${quote(points)}`)
  }
  if ('sources' in points) return points
  const { q, N, d: dimension } = points
  if (!(q instanceof Float64Array)) {
    throw new TypeError(`points must be a Configuration, a Float64Array or {targets, sources}, got ${quote(points)}`)
  }
  if (dimension !== d)
    throw new RangeError(`the configuration must have d = ${d} as the kernel has, got d = ${dimension}`)
  requireLength('q', q, d * N)
  return { sources: q }
}

function requireArray(name: string, value: unknown): void {
  if (!(value instanceof Float64Array)) throw new TypeError(`${name} must be a Float64Array, got ${quote(value)}`)
}

function requirePoints(name: string, q: Float64Array, d: number): number {
  requireArray(name, q)
  const count = q.length / d
  if (!Number.isInteger(count) || count === 0) {
    throw new RangeError(`${name} must hold d = ${d} coordinates of at least one point, got length ${q.length}`)
  }
  requireFinite(name, q, count)
  return count
}

function requireFinite(name: string, values: Float64Array, count: number): void {
  for (let k = 0; k < values.length; k++) {
    // The difference is 0 for finite numbers and NaN for all others.
    if (values[k]! - values[k]! !== 0) {
      const place =
        values.length === count ? `index ${k}` : `particle ${k % count}, coordinate ${Math.floor(k / count)}`
      throw new RangeError(`${name} must hold finite numbers, got ${values[k]} at ${place}`)
    }
  }
}
