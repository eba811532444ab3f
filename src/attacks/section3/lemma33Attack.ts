/**
 * Lemma 3.3: laws with the integral of f~(t, 0, p) over p, exactly, and the search for the worst theta of the last step
 * of its proof. Used by the claim on Lemma 3.3 and its figure.
 */

import { maximize } from '../../base/numerics/optimize.js'
import { integrate } from '../../base/numerics/quadrature.js'
import type { RandomStream } from '../../base/random.js'
import { gaussianDensity, gaussianLaw } from '../../law/gaussianLaw.js'
import { plummerDensity, plummerLaw } from '../../law/plummerLaw.js'
import { uniformBallDensity, uniformBallLaw } from '../../law/uniformBallLaw.js'

/**
 * 'uniform': balls of radius 12 and 10; 'thermal': Gaussian; 'plummer'; 'power': a unit ball times (1 + p^2)^(-5/2);
 * 'shells': a unit ball times thin shells of momenta, a theta that does not decrease.
 */
export type Lemma33Law = 'uniform' | 'thermal' | 'plummer' | 'power' | 'shells'

/** What the lemma needs to know of a law, and the integral of f~(t, 0, p) over p. */
export interface Lemma33Case {
  readonly S: number
  readonly f0: number
  readonly rho: number
  readonly theta: number
  integral(t: number, R: number): number
}

/** For f0 decreasing in |q| and |p|: 4 pi int s^2 f0((ts - Rt^2)_+, (s - Rt)_+) ds. */
function decreasing(
  f0: (q: number, p: number) => number,
  reach: { readonly q: number; readonly p: number },
): (t: number, R: number) => number {
  return (t, R) => {
    const end = Math.min(reach.p + R * t, (reach.q + R * t * t) / t)
    const integrand = (s: number): number => s * s * f0(Math.max(0, t * s - R * t * t), Math.max(0, s - R * t))
    return 4 * Math.PI * integrate(integrand, 0, end, { breaks: [R * t, 1, 3, 10], tolerance: 1e-10 }).value
  }
}

/** Half width of shell n of the law 'shells': 1 <= n, sum of n^2 n^-4 finite. */
const shellWidth = (n: number): number => n ** -4

/** The data of a law of the claim. @example lemma33Case('uniform').integral(1, 1) */
export function lemma33Case(law: Lemma33Law): Lemma33Case {
  const ball = uniformBallDensity(1)
  if (law === 'uniform') {
    const f = uniformBallLaw({ radius: 12, momentumRadius: 10 })
    const inside = (q: number, p: number): number => (q < 12 && p < 10 ? f.densitySup : 0)
    return { S: 0.1, f0: f.densitySup, rho: f.rhoSup, theta: 1, integral: decreasing(inside, f.support) }
  }
  if (law === 'thermal') {
    const g = gaussianDensity(1)
    const f = gaussianLaw()
    const reach = { q: 40, p: 40 }
    const density = (q: number, p: number): number => g.density(q) * g.density(p)
    return { S: 0.1, f0: f.densitySup, rho: f.rhoSup, theta: 1, integral: decreasing(density, reach) }
  }
  if (law === 'plummer') {
    const f = plummerLaw()
    const density = (q: number, p: number): number => f.density([q, 0, 0], [p, 0, 0])
    const reach = { q: Number.POSITIVE_INFINITY, p: f.support.p }
    return { S: f.support.p, f0: f.densitySup, rho: f.rhoSup, theta: 0, integral: decreasing(density, reach) }
  }
  const rho = ball.density(0)
  if (law === 'power') {
    const g = plummerDensity(1)
    const density = (q: number, p: number): number => ball.density(q) * g.density(p)
    const reach = { q: 1, p: Number.POSITIVE_INFINITY }
    return { S: 0.1, f0: rho * g.density(0), rho, theta: 1, integral: decreasing(density, reach) }
  }
  // Momenta uniform on the shells n < |p| < n + n^-4, n >= 1: 4 pi sum (n^2 w + n w^2 + w^3/3) with w = n^-4.
  let volume = 0
  for (let n = 1e6; n >= 1; n--) {
    const w = shellWidth(n)
    volume += 4 * Math.PI * (n * n * w + n * w * w + w ** 3 / 3)
  }
  const height = 1 / volume
  return {
    S: 0.1,
    f0: rho * height,
    rho,
    theta: 1,
    integral: (t, R) => {
      const end = (1 + R * t * t) / t
      let sum = 0
      let last = 0
      for (let n = 1; n - R * t < end; n++) {
        const low = Math.max(last, n - R * t)
        const high = Math.min(end, n + shellWidth(n) + R * t)
        if (high > low) sum += ((4 * Math.PI) / 3) * (high ** 3 - low ** 3)
        last = Math.max(last, high)
      }
      return rho * height * sum
    },
  }
}

/** The largest quotient over decreasing step functions with three steps. */
export function searchShift(h: number, b: number, stream: RandomStream): { value: number; steps: readonly number[] } {
  const quotient = (x: Float64Array): number => {
    let above = 0
    let below = 0
    for (let i = 0; i < 3; i++) {
      const a = Math.exp(x[i]!)
      const weight = Math.exp(x[3 + i]!)
      above += weight * Math.max(0, (a + h) ** 3 - b ** 3)
      below += weight * a ** 3
    }
    return above / below
  }
  const best = maximize(
    quotient,
    s => Array.from({ length: 6 }, (_, i) => (i < 3 ? Math.log(b) + s.normal() : s.normal())),
    stream,
    6,
    0.5,
  )
  return { value: best.value, steps: Array.from(best.x.subarray(0, 3), Math.exp) }
}
