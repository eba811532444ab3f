// Oracles of the solver for smooth laws, none of which is its own code.
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'

/** A force in time at one point. */
export type Force = (t: number, q: readonly number[]) => readonly number[]

/** n points in a cube of half side R, more of them in its middle; structure of arrays. */
export function points(n: number, R: number): Float64Array {
  let state = 12345
  const next = (): number => {
    state = (state * 16807) % 2147483647
    return state / 2147483647
  }
  return Float64Array.from({ length: 3 * n }, () => (R * (next() + next() + next() - 1.5)) / 1.5)
}

/** The largest distance of a field from a force at time t. */
export function errorAgainst(field: EvolvingField, t: number, q: Float64Array, force: Force): number {
  const n = q.length / 3
  const f = field.force(t, q, new Float64Array(3 * n))
  let largest = 0
  for (let i = 0; i < n; i++) {
    const g = force(t, [q[i]!, q[n + i]!, q[2 * n + i]!])
    largest = Math.max(largest, Math.hypot(f[i]! - g[0]!, f[n + i]! - g[1]!, f[2 * n + i]! - g[2]!))
  }
  return largest
}

/** Galilei: the force of a law that starts at `center` with `speed` more than the one at rest. */
export function boosted(rest: EvolvingField, center: readonly number[], speed: readonly number[]): Force {
  const at = new Float64Array(3)
  const out = new Float64Array(3)
  return (t, q) => {
    for (let a = 0; a < 3; a++) at[a] = q[a]! - center[a]! - t * speed[a]!
    return [...rest.force(t, at, out)]
  }
}

/** A Gaussian of positions: weight, mean and standard deviations along the axes. */
export interface Cloud {
  readonly weight: number
  readonly mean: ArrayLike<number>
  readonly deviation: ArrayLike<number>
}

/**
 * The Coulomb force of Gaussians, -grad phi with phi(x) = (2/sqrt pi) int_0^inf prod_a (1 + 2 s_a^2 u^2)^{-1/2}
 * exp(-x_a^2 u^2/(1 + 2 s_a^2 u^2)) du, by the trapezoidal rule in ln u, which converges exponentially.
 */
export function forceOfClouds(clouds: readonly Cloud[], q: readonly number[]): number[] {
  const force = [0, 0, 0]
  const h = 0.1
  for (const { weight, mean, deviation } of clouds) {
    for (let k = -160; k <= 120; k++) {
      const u = Math.exp(k * h)
      let product = (2 / Math.sqrt(Math.PI)) * weight * u * h
      const wide = [0, 1, 2].map(a => 1 + 2 * deviation[a]! ** 2 * u * u)
      for (let a = 0; a < 3; a++) {
        product *= Math.exp(-((q[a]! - mean[a]!) ** 2 * u * u) / wide[a]!) / Math.sqrt(wide[a]!)
      }
      for (let a = 0; a < 3; a++) force[a] = force[a]! + (product * 2 * (q[a]! - mean[a]!) * u * u) / wide[a]!
    }
  }
  return force
}
