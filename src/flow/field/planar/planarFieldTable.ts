/**
 * The stored form of a planar mean field, a plain record of numbers and typed arrays, and the field that it describes.
 */
import { requireArray, requireInteger, requireLength, requireNumber } from '../../../base/errors.js'
import { requireShape } from '../../../base/shape.js'
import { type Kernel, requireKernel } from '../../../interaction/kernel.js'
import { type Law, requireLaw } from '../../../law/law.js'
import type { EvolvingField } from '../evolvingField.js'
import { lagrangeWeights } from '../grid/freeSpaceSymbol.js'
import { nodesFor, type PlanarConvolution, type PlanarDisc, planarConvolution } from './planarConvolution.js'

/** A planar mean field as data: what `planarFieldOf` makes a field from. Structured-cloneable. */
export interface PlanarTable {
  readonly solver: 'planar'
  readonly T: number
  /** Where the masses are, and up to which wave number their density is kept. */
  readonly disc: PlanarDisc
  /** Spectra of the masses at the times i T/(slices - 1), see `planarConvolution`. */
  readonly spectra: readonly Float64Array[]
  /** `momentsOf` the masses at the same times, for points outside the disc. */
  readonly moments: readonly Float64Array[]
  readonly markers: number
  /** How far the sum of the masses was from 1 before they were normed. */
  readonly defect: number
  /** Absent where it was not. */
  readonly measured?: MeasuredError
}

/** The largest force of a field, a bound of its error, absolute, and how both were found. */
export interface MeasuredError {
  readonly scale: number
  readonly high: number
  readonly method: string
}

/** A planar mean field with its stored form. */
export interface PlanarField extends EvolvingField {
  readonly table: PlanarTable
  density(t: number, q: ArrayLike<number>): number
}

/** Points of the interpolation in time. */
const STENCIL = 6
/** Moments of the masses of which the force outside the disc is made. */
const MOMENTS = 12

/**
 * The field that a table describes: in the disc by its spectra, outside it a series in the inverse distance, in time by
 * polynomials of degree 5.
 * @param law the law that the table was made for @param kernel likewise
 * @param convolution that of the kernel on the table's disc, where it is at hand
 * @throws TypeError, RangeError naming what does not fit
 */
export function planarFieldOf(
  law: Law,
  kernel: Kernel,
  table: PlanarTable,
  convolution?: PlanarConvolution,
): PlanarField {
  requireLaw(law, [2])
  requireKernel(kernel)
  requirePlanarTable(table)
  const { T, disc, spectra, moments, markers, defect } = table
  const { waves, radius } = disc
  const disk = convolution ?? planarConvolution(kernel, disc)
  for (const [i, spectrum] of spectra.entries()) requireLength(`table.spectra[${i}]`, spectrum, disk.size)
  const steps = spectra.length - 1
  const reader: TableReader = { table, kernel, convolution: disk, now: { t: Number.NaN, moments: moments[0]! } }
  return {
    ...{ law, kernel, T, method: 'markers on a lattice in the phase space of the plane' },
    parameters: { markers, waves, steps, nodes: nodesFor(disc), radius, defect, solver: 'planar' },
    ...errorOf(table.measured ?? UNKNOWN),
    table,
    force: (t, q, out) => force(reader, t, q, out),
    density: (t, q) => {
      takeTime(reader, t)
      return isInside(disc, q[0]!, q[1]!) ? disk.density(q[0]!, q[1]!) : 0
    },
  }
}

const UNKNOWN: MeasuredError = { scale: Number.NaN, high: Number.POSITIVE_INFINITY, method: 'not measured' }

const errorOf = ({ scale, high, method }: MeasuredError): Pick<EvolvingField, 'error' | 'scale'> => ({
  error: { value: 0, low: 0, high, kind: 'estimated', method },
  scale,
})

/** The field with what was measured of it. */
export function measured(field: PlanarField, error: MeasuredError): PlanarField {
  return { ...field, table: { ...field.table, measured: error }, ...errorOf(error) }
}

/** A table, and its slices blended to the time that was asked for last. */
interface TableReader {
  readonly table: PlanarTable
  readonly kernel: Kernel
  readonly convolution: PlanarConvolution
  now: { readonly t: number; readonly moments: Float64Array }
}

function takeTime(reader: TableReader, t: number): void {
  const { T, spectra, moments } = reader.table
  requireNumber('t', t, 0, T, `a time in [0, T] = [0, ${T}]`)
  if (t === reader.now.t) return
  const place = (t / T) * (spectra.length - 1)
  reader.convolution.take(between(spectra, place))
  reader.now = { t, moments: between(moments, place) }
}

function force(reader: TableReader, t: number, q: Float64Array, out: Float64Array): Float64Array {
  const n = q.length / 2
  if (!Number.isInteger(n)) throw new RangeError(`q must have a length that is a multiple of d = 2, got ${q.length}`)
  takeTime(reader, t)
  const { table, kernel, convolution, now } = reader
  const { sigma } = kernel
  if (sigma === 0) return out.fill(0)
  const f = new Float64Array(2)
  for (let i = 0; i < n; i++) {
    const [x, y] = [q[i]!, q[n + i]!]
    if (isInside(table.disc, x, y)) convolution.force(x, y, f)
    else outerForce(now.moments, table.disc, x, y, f)
    out[i] = sigma * f[0]!
    out[n + i] = sigma * f[1]!
  }
  return out
}

const isInside = ({ centre, radius }: PlanarDisc, x: number, y: number): boolean =>
  (x - centre[0]) ** 2 + (y - centre[1]) ** 2 <= radius * radius

/** sum_j m_j ((z_j - c)/R)^k for k < 12, z = x + i y. */
export function momentsOf(q: Float64Array, mass: Float64Array, { centre, radius }: PlanarDisc): Float64Array {
  const M = mass.length
  const out = new Float64Array(2 * MOMENTS)
  for (let j = 0; j < M; j++) {
    const [x, y] = [(q[j]! - centre[0]) / radius, (q[M + j]! - centre[1]) / radius]
    let [a, b] = [mass[j]!, 0]
    for (let k = 0; k < MOMENTS; k++) {
      out[2 * k] = out[2 * k]! + a
      out[2 * k + 1] = out[2 * k + 1]! + b
      ;[a, b] = [a * x - b * y, a * y + b * x]
    }
  }
  return out
}

/** F_x - i F_y = sum_k moment_k R^k/(z - c)^{k+1}. */
function outerForce(
  moments: Float64Array,
  { centre, radius }: PlanarDisc,
  x: number,
  y: number,
  out: Float64Array,
): void {
  const [u, v] = [(x - centre[0]) / radius, (y - centre[1]) / radius]
  const square = u * u + v * v
  const [wx, wy] = [u / square, -v / square]
  let [a, b] = [wx / radius, wy / radius]
  let [re, im] = [0, 0]
  for (let k = 0; k < MOMENTS; k++) {
    const [c, e] = [moments[2 * k]!, moments[2 * k + 1]!]
    re += c * a - e * b
    im += c * b + e * a
    ;[a, b] = [a * wx - b * wy, a * wy + b * wx]
  }
  out[0] = re
  out[1] = -im
}

/** Lagrange's interpolation of equally spaced arrays at `place`. */
function between(arrays: readonly Float64Array[], place: number): Float64Array {
  const size = Math.min(STENCIL, arrays.length)
  const first = Math.max(0, Math.min(arrays.length - size, Math.floor(place) - (size >> 1) + 1))
  const weights = new Float64Array(size)
  lagrangeWeights(place - first, weights)
  const out = new Float64Array(arrays[0]!.length)
  for (const [k, weight] of weights.entries()) {
    if (weight === 0) continue
    const values = arrays[first + k]!
    for (let i = 0; i < out.length; i++) out[i] = out[i]! + weight * values[i]!
  }
  return out
}

/** Requires a table, not every number in it. @throws TypeError, RangeError naming the member */
function requirePlanarTable(table: unknown): void {
  requireShape<Pick<PlanarTable, 'T' | 'disc' | 'markers' | 'defect' | 'measured'>>('table', table, {
    T: 'number',
    disc: { centre: 'numbers', radius: 'number', waves: 'number' },
    markers: 'number',
    defect: 'number',
    measured: { optional: { scale: 'number', high: 'number', method: 'text' } },
  })
  const { disc, spectra, moments } = table as PlanarTable
  requireLength('table.disc.centre', disc.centre, 2)
  for (const [name, list] of Object.entries({ spectra, moments })) requireArray(`table.${name}`, list)
  requireInteger('the number of table.spectra', spectra.length, 2)
  requireInteger('the number of table.moments', moments.length, spectra.length, spectra.length)
  for (const [i, slice] of moments.entries()) requireLength(`table.moments[${i}]`, slice, 2 * MOMENTS)
}
