/**
 * Suprema of a radial mean field over q at one time: its size and its Lipschitz constant. Used by the claims that
 * follow Propositions 9.1 and 9.2 along runs.
 */
import type { RadialField } from '../flow/field/radial/radialField.js'

/** Radii up to which fields of laws of unit size are searched, and how finely. */
const REACH = 8
const POINTS = 400

/**
 * sup_q ||grad(k*rho_t)(q)||: the eigenvalues are F'(r) along q and F(r)/r across. F' by central differences, so that
 * the value is good to (REACH/POINTS)^2 times the second derivative of F', some 1e-3 for laws of unit size.
 */
export function fieldLipschitz(field: RadialField, t: number): number {
  const h = REACH / POINTS
  let most = 0
  for (let i = 1; i < POINTS; i++) {
    const r = i * h
    const along = (field.radial(t, r + h) - field.radial(t, r - h)) / (2 * h)
    most = Math.max(most, Math.abs(along), Math.abs(field.radial(t, r) / r))
  }
  return most
}

/** sup_q of the difference of two mean fields at one time. */
export function fieldDifference(a: RadialField, b: RadialField, t: number): number {
  let most = 0
  for (let i = 1; i <= POINTS; i++) {
    const r = (i * REACH) / POINTS
    most = Math.max(most, Math.abs(a.radial(t, r) - b.radial(t, r)))
  }
  return most
}
