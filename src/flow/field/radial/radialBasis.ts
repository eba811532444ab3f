/**
 * What the radial density is a series of: polynomials on the whole range for smooth data, on cells for data with edges.
 */
import { gaussLegendre } from '../../../base/numerics/quadrature.js'
import { cellMass, cellMoments, cellSeries, cellVelocities, type RadialCells } from './radialCells.js'
import { type ModeRecurrence, modeMoments, modeSeries, modeVelocities } from './radialModes.js'

/** A basis with K coefficients, plain moments of the particles. */
export type RadialBasis = ModeRecurrence | RadialCells

/** Writes the moments of particles at x. @param out length K */
export function momentsOf(basis: RadialBasis, x: Float64Array, mass: Float64Array, out: Float64Array): void {
  if ('cells' in basis) cellMoments(basis, x, mass, out)
  else modeMoments(basis, x, mass, out)
}

/** Writes the time derivatives of the moments. @param velocity x' @param out length K */
export function velocitiesOf(
  basis: RadialBasis,
  x: Float64Array,
  velocity: Float64Array,
  mass: Float64Array,
  out: Float64Array,
): void {
  if ('cells' in basis) cellVelocities(basis, x, velocity, mass, out)
  else modeVelocities(basis, x, velocity, mass, out)
}

/** x^{-beta} dM/dx. */
export function seriesOf(basis: RadialBasis, c: Float64Array, x: number): number {
  return 'cells' in basis ? cellSeries(basis, c, x) : modeSeries(basis, c, x)
}

/** The mass below x, M = x^{beta+1} int_0^1 v^beta (series at x v) dv. */
export function massOf(basis: RadialBasis, c: Float64Array, x: number): number {
  if ('cells' in basis) return cellMass(basis, c, x)
  const { K, beta } = basis
  const { nodes, weights } = gaussLegendre(K + 2)
  let sum = 0
  for (let g = 0; g < nodes.length; g++) {
    const y = 0.5 * (1 + nodes[g]!)
    sum += weights[g]! * (beta === 0.5 ? y * y : y) * modeSeries(basis, c, x * y * y)
  }
  return sum * (beta === 0.5 ? x * Math.sqrt(x) : x)
}

/** The mass of all particles. */
export function totalMass(basis: RadialBasis, c: Float64Array): number {
  if (!('cells' in basis)) return c[0]!
  let sum = 0
  for (let i = 0; i < basis.K; i += basis.size) sum += c[i]!
  return sum
}
