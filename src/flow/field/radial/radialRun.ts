/**
 * One run of the radial solver at fixed resolution: particles of a quadrature rule in their orbital planes, kicked by
 * the field of their own modes. A generator, so that a caller can show progress or stop.
 */
import type { Sigma } from '../../../base/errors.js'
import type { PhaseNodes } from '../../../law/phaseNodes.js'
import type { SymplecticScheme } from '../../step/symplecticScheme.js'
import { momentsOf, type RadialBasis, velocitiesOf } from './radialBasis.js'
import { applyOperator, CELL, forceAt, halfPower, type RadialOperator } from './radialOperator.js'

/** What a run is made from. */
export interface RadialRunOptions {
  readonly nodes: PhaseNodes
  readonly modes: RadialBasis
  readonly operator: RadialOperator
  readonly sigma: Sigma
  /**
   * The length s of x = r^2/(r^2 + s^2). 0: the map follows the support, x = r^2/R(t)^2 with R(t) the largest radius of
   * a particle (Coulomb without cut-off only, whose operator has no length).
   */
  readonly length: number
  readonly scheme: SymplecticScheme
  readonly T: number
  readonly steps: number
}

/** The record of a run at the times t_m = m T/steps. */
export interface RadialRecord {
  readonly steps: number
  /** Row-major (steps + 1) x K. */
  readonly modes: Float64Array
  /** Time derivatives of the modes. */
  readonly modeVelocities: Float64Array
  /** s or R(t) at every time. */
  readonly lengths: Float64Array
  /** R'(t). */
  readonly lengthVelocities: Float64Array
  /** int |p|^2/2 f at every time. */
  readonly kinetic: Float64Array
}

/** The state of the particles in the orbital planes. */
interface Particles {
  readonly x1: Float64Array
  readonly x2: Float64Array
  readonly p1: Float64Array
  readonly p2: Float64Array
}

/** Runs to T; yields the fraction done after every step. @returns the record */
export function* radialRun(options: RadialRunOptions): Generator<number, RadialRecord, void> {
  const { nodes, modes, operator, sigma, length, scheme, T, steps } = options
  const { K } = modes
  const count = nodes.mass.length
  const particles: Particles = {
    x1: nodes.r.slice(),
    x2: new Float64Array(count),
    p1: nodes.pr.slice(),
    p2: nodes.pt.slice(),
  }
  const h = T / steps
  const x = new Float64Array(count)
  const velocity = new Float64Array(count)
  const c = new Float64Array(K)
  const change = new Float64Array(K)
  const cells = new Float64Array(operator.cells * CELL)
  const record = {
    steps,
    modes: new Float64Array((steps + 1) * K),
    modeVelocities: new Float64Array((steps + 1) * K),
    lengths: new Float64Array(steps + 1),
    lengthVelocities: new Float64Array(steps + 1),
    kinetic: new Float64Array(steps + 1),
  }
  let reach = length
  const look = (): void => {
    reach = length > 0 ? length : largestRadius(particles)
    mapped(particles, length > 0 ? 1 : 0, reach, x)
    momentsOf(modes, x, nodes.mass, c)
    if (sigma !== 0) applyOperator(operator, c, cells)
  }
  const keep = (m: number): void => {
    record.modes.set(c, m * K)
    record.lengths[m] = reach
    const growth = length > 0 ? 0 : growthOfRadius(particles, reach)
    record.lengthVelocities[m] = growth
    mapVelocity(particles, length > 0 ? 1 : 0, { reach, growth, x }, velocity)
    velocitiesOf(modes, x, velocity, nodes.mass, change)
    record.modeVelocities.set(change, m * K)
    record.kinetic[m] = kineticEnergy(particles, nodes.mass)
  }
  const scale = (): KickScale => ({ stretch: length > 0 ? 1 : 0, inverseSquare: 1 / (reach * reach) })
  look()
  keep(0)
  for (let m = 1; m <= steps; m++) {
    kick(particles, x, cells, operator, scale(), sigma * scheme.kicks[0]! * h)
    for (let s = 0; s < scheme.drifts.length; s++) {
      drift(particles, scheme.drifts[s]! * h)
      look()
      kick(particles, x, cells, operator, scale(), sigma * scheme.kicks[s + 1]! * h)
    }
    keep(m)
    yield m / steps
  }
  return record
}

function drift({ x1, x2, p1, p2 }: Particles, h: number): void {
  for (let j = 0; j < x1.length; j++) {
    x1[j] = x1[j]! + h * p1[j]!
    x2[j] = x2[j]! + h * p2[j]!
  }
}

function largestRadius({ x1, x2 }: Particles): number {
  let largest = 0
  for (let j = 0; j < x1.length; j++) largest = Math.max(largest, x1[j]! * x1[j]! + x2[j]! * x2[j]!)
  return Math.sqrt(largest)
}

/**
 * R' from the right: the largest q.p/R of the particles at R. At t = 0 the whole edge is there, and its fastest part
 * leads.
 */
function growthOfRadius({ x1, x2, p1, p2 }: Particles, reach: number): number {
  const nearly = reach * reach * (1 - 1e-12)
  let growth = Number.NEGATIVE_INFINITY
  for (let j = 0; j < x1.length; j++) {
    if (x1[j]! * x1[j]! + x2[j]! * x2[j]! >= nearly) {
      growth = Math.max(growth, (x1[j]! * p1[j]! + x2[j]! * p2[j]!) / reach)
    }
  }
  return growth
}

/** x' = 2 (q.p) (1 - stretch x) w, less 2 x R'/R where the map follows the support. */
function mapVelocity(
  { x1, x2, p1, p2 }: Particles,
  stretch: number,
  { reach, growth, x }: { readonly reach: number; readonly growth: number; readonly x: Float64Array },
  out: Float64Array,
): void {
  const inverseSquare = 1 / (reach * reach)
  const rate = growth / reach
  for (let j = 0; j < out.length; j++) {
    const left = 1 - stretch * x[j]!
    out[j] = 2 * ((x1[j]! * p1[j]! + x2[j]! * p2[j]!) * left * left * inverseSquare - x[j]! * rate)
  }
}

/** x = r^2/(stretch r^2 + length^2). */
function mapped({ x1, x2 }: Particles, stretch: number, length: number, x: Float64Array): void {
  const square = length * length
  for (let j = 0; j < x.length; j++) {
    const r2 = x1[j]! * x1[j]! + x2[j]! * x2[j]!
    x[j] = r2 / (stretch * r2 + square)
  }
}

/** w = (1 - stretch x) inverseSquare. */
interface KickScale {
  readonly stretch: number
  readonly inverseSquare: number
}

function kick(
  { x1, x2, p1, p2 }: Particles,
  x: Float64Array,
  table: Float64Array,
  operator: RadialOperator,
  { stretch, inverseSquare }: KickScale,
  h: number,
): void {
  if (h === 0) return
  for (let j = 0; j < x.length; j++) {
    const w = (1 - stretch * x[j]!) * inverseSquare
    const f = h * forceAt(operator, table, x[j]!) * halfPower(w, operator.twoGamma)
    p1[j] = p1[j]! + f * x1[j]!
    p2[j] = p2[j]! + f * x2[j]!
  }
}

function kineticEnergy({ p1, p2 }: Particles, mass: Float64Array): number {
  let sum = 0
  for (let j = 0; j < mass.length; j++) sum += mass[j]! * (p1[j]! * p1[j]! + p2[j]! * p2[j]!)
  return 0.5 * sum
}
