/**
 * The stored form of a 3-D mean field, a plain record of numbers and typed arrays, and the field that it describes.
 */

import { requireArray, requireLength, requireNumber } from '../../../base/errors.js'
import { maximizeLocally } from '../../../base/numerics/optimize.js'
import { requireShape } from '../../../base/shape.js'
import { type Estimate, estimated } from '../../../base/statistics/estimate.js'
import { type Kernel, requireKernel } from '../../../interaction/kernel.js'
import { type Law, requireLaw } from '../../../law/law.js'
import { wasmCore } from '../../../wasm/core.js'
import { type GridModule, type GridShape, gridModule } from '../../../wasm/grid.js'
import type { EvolvingField } from '../evolvingField.js'
import { lagrangeWeights } from './freeSpaceSymbol.js'
import { addFarForce } from './markersFarField.js'

/** Parts of the error of the force, absolute, each a supremum over probes and output times. */
export interface GridErrors {
  /** Half of the difference of the two marker sets, whose mean the field is. */
  readonly markers: number
  /**
   * Difference to the grid of half the spacing, same markers: what both marker sets have in common of it; and what sums
   * over the markers show that neither grid resolves. */
  readonly grid: number
  /** Time step and interpolation in time, by step halving on a pilot. */
  readonly time: number
  /** Outside the box: jumps of the force at the faces of the two grids, and the effect of the markers left out. */
  readonly outside: number
  /** Storage in single precision. */
  readonly rounding: number
}

/** A 3-D mean field as data: what {@link gridFieldOf} makes a field from. Structured-cloneable. */
export interface GridTable {
  readonly version: 1
  readonly T: number
  readonly grid: GridShape
  /** At the times i T/(slices - 1): spline coefficients of the potential, lowered by a constant; single precision. */
  readonly potentials: readonly Float32Array[]
  /** The grid for points outside the first one, and potentials on it. */
  readonly outerGrid: GridShape
  readonly outers: readonly Float32Array[]
  /** The same as `potentials` for the density. */
  readonly densities: readonly Float32Array[]
  /** Equivalent sources for points outside both grids, ten numbers a cloud. */
  readonly far: readonly Float64Array[]
  /** Speeds of a net of markers, both sets one after the other; single precision. */
  readonly speeds: readonly Float32Array[]
  /** Total energy of either marker set. */
  readonly energies: readonly (readonly [number, number])[]
  /** Half of the largest difference of the two densities, by slice. */
  readonly densityErrors: readonly number[]
  readonly errors: GridErrors
  readonly scale: number
  /** Resolution and seed, for provenance. */
  readonly parameters: Readonly<Record<string, number | string>>
  /** How it was obtained; default: by markers of equal mass. */
  readonly method?: string
  /** The masses of the markers whose speeds are stored, both sets one after the other, sum 1 each; default: equal. */
  readonly speedMasses?: readonly number[]
}

/** A 3-D mean field with its stored form. */
export interface GridField extends EvolvingField {
  readonly table: GridTable
  /** The parts of the error. */
  readonly errors: GridErrors
  density(t: number, q: ArrayLike<number>): number
  densitySup(t: number): Estimate
  momentumMoment(t: number, m: number): Estimate
  energy(t: number): Estimate
}

/** Points of the interpolation in time: degree 5. */
const TIME_POINTS = 6
/** Points that the loops take at a time. */
const CHUNK = 4096

/**
 * The field that a table describes: potential by quintic B-splines in space and polynomials of degree 5 in time, force
 * its exact gradient; outside the grid one twice as long, outside that six equivalent sources.
 * @param law the law that the table was made for @param kernel likewise
 * @example gridFieldOf(solved.law, solved.kernel, structuredClone(solved.table)).force(0, q, out)
 */
export function gridFieldOf(law: Law, kernel: Kernel, table: GridTable): GridField {
  requireLaw(law)
  requireKernel(kernel)
  requireGridTable(table)
  const { T, grid, errors, scale } = table
  const reader: TableReader = {
    table,
    kernel,
    weights: new Float64Array(Math.min(TIME_POINTS, table.potentials.length)),
    near: blender(grid, table.potentials),
    distant: blender(table.outerGrid, table.outers),
    densityNodes: new Float64Array(216),
    x: new Float64Array(3),
    f: new Float64Array(3),
  }
  return {
    law,
    kernel,
    T,
    method: table.method ?? 'quasi-random markers on a grid, free-space spectral convolution',
    parameters: table.parameters,
    error: {
      value: 0,
      low: 0,
      high: errors.markers + errors.grid + errors.time + errors.outside + errors.rounding,
      kind: 'estimated',
      method: 'two marker sets, two grids, two time steps, faces of the box; each a supremum over probes',
    },
    scale,
    table,
    errors,
    force: (t, q, out) => force(reader, t, q, out),
    density: (t, q) => density(reader, t, q),
    densitySup: t => densitySup(reader, t),
    momentumMoment: (t, m) => momentumMoment(reader, t, m),
    energy: t => inTime(reader, t, k => middle(table.energies[k]!), 'two marker sets'),
  }
}

/** A table, and what the loops over it work with. */
interface TableReader {
  readonly table: GridTable
  readonly kernel: Kernel
  /** Of the slices that a time lies between, see `timeWeights`. */
  readonly weights: Float64Array
  readonly near: Blender
  readonly distant: Blender
  readonly densityNodes: Float64Array
  readonly x: Float64Array
  readonly f: Float64Array
}

/** Writes the weights of the slices first, first + 1, ... for time t; returns first. */
function timeWeights({ table, weights }: TableReader, t: number): number {
  const slices = table.potentials.length
  const s = (requireNumber('t', t, 0, table.T) / table.T) * (slices - 1)
  const first = Math.max(0, Math.min(Math.floor(s) - weights.length / 2 + 1, slices - weights.length))
  lagrangeWeights(s - first, weights)
  return first
}

function force(reader: TableReader, t: number, q: Float64Array, out: Float64Array): Float64Array {
  const n = q.length / 3
  if (!Number.isInteger(n)) throw new RangeError(`q must hold 3 coordinates of every point, got length ${q.length}`)
  requireLength('out', out, q.length)
  const first = timeWeights(reader, t)
  const inner = reader.near(t, first, reader.weights)
  for (let from = 0; from < n; from += CHUNK) {
    const count = Math.min(CHUNK, n - from)
    inner.p.fill(0)
    for (let a = 0; a < 3; a++) inner.q.set(q.subarray(a * n + from, a * n + from + count), a * CHUNK)
    const missed = inner.addGradient(count, reader.table.grid, -1)
    if (missed > 0) outside(reader, t, first, inner, missed)
    for (let a = 0; a < 3; a++) out.set(inner.p.subarray(a * CHUNK, a * CHUNK + count), a * n + from)
  }
  return out
}

/** The forces on the points that the grid missed, from the outer grid and beyond it from the equivalent sources. */
function outside(reader: TableReader, t: number, first: number, inner: GridModule, missed: number): void {
  const { table, kernel, weights, x, f } = reader
  const outer = reader.distant(t, first, weights)
  outer.p.fill(0)
  for (let k = 0; k < missed; k++) {
    for (let a = 0; a < 3; a++) outer.q[a * CHUNK + k] = inner.q[a * CHUNK + inner.missed[k]!]!
  }
  const beyond = outer.addGradient(missed, table.outerGrid, -1)
  for (let k = 0; k < beyond; k++) {
    const i = outer.missed[k]!
    for (let a = 0; a < 3; a++) x[a] = outer.q[a * CHUNK + i]!
    f.fill(0)
    for (let l = 0; l < weights.length; l++) addFarForce(kernel, table.far[first + l]!, x, weights[l]!, f)
    for (let a = 0; a < 3; a++) outer.p[a * CHUNK + i] = f[a]!
  }
  for (let k = 0; k < missed; k++) {
    for (let a = 0; a < 3; a++) inner.p[a * CHUNK + inner.missed[k]!] = outer.p[a * CHUNK + k]!
  }
}

function density(reader: TableReader, t: number, q: ArrayLike<number>): number {
  requireLength('q', q, 3)
  const { table, weights, densityNodes } = reader
  const first = timeWeights(reader, t)
  const base = splineNodes(table.grid, q, densityNodes)
  if (base < 0) return 0
  const [, n1, n2] = table.grid.shape
  let sum = 0
  for (let k = 0; k < weights.length; k++) {
    const slice = table.densities[first + k]!
    let value = 0
    for (let a = 0; a < 6; a++) {
      for (let b = 0; b < 6; b++) {
        const row = base + (a * n1 + b) * n2
        for (let c = 0; c < 6; c++) value += densityNodes[(a * 6 + b) * 6 + c]! * slice[row + c]!
      }
    }
    sum += weights[k]! * value
  }
  return sum
}

function densitySup(reader: TableReader, t: number): Estimate {
  const { grid, densities, densityErrors } = reader.table
  const first = timeWeights(reader, t)
  const own = reader.weights.slice()
  const best = [0, 0, 0]
  let largest = Number.NEGATIVE_INFINITY
  const [n0, n1, n2] = grid.shape
  // A spline lies within its coefficients: their maximum shows where to look.
  for (let j = 0; j < n0 * n1 * n2; j++) {
    let c = 0
    for (let k = 0; k < own.length; k++) c += own[k]! * densities[first + k]![j]!
    if (c <= largest) continue
    const [i0, i1, i2] = [Math.floor(j / (n1 * n2)), Math.floor(j / n2) % n1, j % n2]
    if (i0 < 3 || i1 < 3 || i2 < 3 || i0 > n0 - 5 || i1 > n1 - 5 || i2 > n2 - 5) continue
    largest = c
    best[0] = grid.origin[0] + i0 * grid.spacing
    best[1] = grid.origin[1] + i1 * grid.spacing
    best[2] = grid.origin[2] + i2 * grid.spacing
  }
  const { value } = maximizeLocally(z => density(reader, t, z), best, 0.5 * grid.spacing)
  const widest = densityErrors.slice(first, first + own.length).reduce((most, error) => Math.max(most, error), 0)
  return estimated(value, widest, 'maximum of the spline; half the difference of two marker sets')
}

function momentumMoment(reader: TableReader, t: number, m: number): Estimate {
  requireNumber('m', m, 0, Number.MAX_VALUE, 'a finite number >= 0')
  const { pow } = wasmCore()
  const mean = (slice: Float32Array, from: number, to: number): number => {
    const { speedMasses } = reader.table
    let sum = 0
    let total = 0
    for (let i = from; i < to; i++) {
      const weight = speedMasses === undefined ? 1 : speedMasses[i]!
      total += weight
      sum += weight * (m === 2 ? slice[i]! * slice[i]! : m === 0 ? 1 : pow(slice[i]!, m))
    }
    return sum / total
  }
  const at = (k: number): Measured => {
    const slice = reader.table.speeds[k]!
    const half = slice.length / 2
    return middle([mean(slice, 0, half), mean(slice, half, slice.length)])
  }
  return inTime(reader, t, at, 'two nets of markers')
}

type Measured = readonly [value: number, error: number]

/** What two marker sets say, as one value with half their difference as its error. */
const middle = ([a, b]: readonly [number, number]): Measured => [0.5 * (a + b), 0.5 * Math.abs(a - b)]

/** A quantity known at the slices, interpolated in time, with the largest error of the slices used. */
function inTime(reader: TableReader, t: number, at: (slice: number) => Measured, how: string): Estimate {
  const { weights } = reader
  const first = timeWeights(reader, t)
  let value = 0
  let widest = 0
  for (let k = 0; k < weights.length; k++) {
    if (weights[k] === 0) continue
    const [v, e] = at(first + k)
    value += weights[k]! * v
    widest = Math.max(widest, e)
  }
  return estimated(value, widest, how)
}

/** Slices at a time: blended from those from `first` on with these weights. */
type Blender = (t: number, first: number, weights: Float64Array) => GridModule

/** Slices blended to one time, kept until another time is asked for. */
function blender({ shape }: GridShape, slices: readonly Float32Array[]): Blender {
  const nodes = shape[0] * shape[1] * shape[2]
  let module: GridModule | undefined
  let blended = Number.NaN
  return (t, first, weights) => {
    module ??= gridModule(CHUNK, nodes)
    if (t === blended) return module
    const c = module.coefficients
    c.fill(0)
    for (let k = 0; k < weights.length; k++) {
      const w = weights[k]!
      const slice = slices[first + k]!
      if (w !== 0) for (let j = 0; j < nodes; j++) c[j] = c[j]! + w * slice[j]!
    }
    blended = t
    return module
  }
}

/** The 216 values of the product spline at q, into `out`; returns the index of the first node, -1 outside the grid. */
function splineNodes({ shape, origin, spacing }: GridShape, q: ArrayLike<number>, out: Float64Array): number {
  const w = [new Float64Array(6), new Float64Array(6), new Float64Array(6)]
  const start = [0, 0, 0]
  for (let a = 0; a < 3; a++) {
    const x = (q[a]! - origin[a]!) / spacing
    const i = Math.floor(x)
    if (!(i >= 2 && i <= shape[a]! - 4)) return -1
    start[a] = i - 2
    quinticSpline(x - i, w[a]!)
  }
  for (let a = 0; a < 6; a++) {
    for (let b = 0; b < 6; b++) for (let c = 0; c < 6; c++) out[(a * 6 + b) * 6 + c] = w[0]![a]! * w[1]![b]! * w[2]![c]!
  }
  return (start[0]! * shape[1] + start[1]!) * shape[2] + start[2]!
}

/** B(u + 2 - j), j = 0..5, of the centred quintic B-spline, 0 <= u < 1, by the recursion over the order. */
function quinticSpline(u: number, w: Float64Array): void {
  w.fill(0)
  w[0] = 1
  for (let order = 2; order <= 6; order++) {
    const share = 1 / (order - 1)
    for (let j = order - 1; j >= 0; j--) {
      const left = j > 0 ? w[j - 1]! : 0
      w[j] = share * ((u + order - 1 - j) * left + (j + 1 - u) * w[j]!)
    }
  }
}

/** Requires a table, not every number in it. @throws TypeError */
function requireGridTable(table: unknown): void {
  const grid = { shape: 'numbers', origin: 'numbers', spacing: 'number' } as const
  requireShape<Pick<GridTable, 'T' | 'scale'> & Record<'grid' | 'outerGrid', GridShape> & { errors: GridErrors }>(
    'table',
    table,
    {
      T: 'number',
      scale: 'number',
      grid,
      outerGrid: grid,
      errors: { markers: 'number', grid: 'number', time: 'number', outside: 'number', rounding: 'number' },
    },
  )
  const { potentials, outers, densities, far } = table as GridTable
  for (const [name, list] of Object.entries({ potentials, outers, densities, far })) requireArray(`table.${name}`, list)
}
