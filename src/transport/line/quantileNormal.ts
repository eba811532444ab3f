/**
 * The standard normal distribution with the same bits on every engine (`base/numerics/special.ts` uses the engine's
 * exp): density, distribution function and quantiles, accurate in the tails.
 */
import { wasmCore } from '../../wasm/core.js'

const ROOT_2PI = Math.sqrt(2 * Math.PI)

/** e^(-x^2/2) / sqrt(2 pi). */
export function normalDensity(x: number): number {
  return wasmCore().exp(-0.5 * x * x) / ROOT_2PI
}

/** P(Z <= x), to relative accuracy also far in the lower tail. @example normalDistribution(-10) // 7.62e-24 */
export function normalDistribution(x: number): number {
  return x <= 0 ? tail(-x) : 1 - tail(x)
}

/**
 * The x with P(Z <= x) = u: A rational start, then Halley's iteration on the tail.
 * @param u in [0, 1]; -Infinity and Infinity at the ends
 * @source start: Abramowitz and Stegun 26.2.23
 * @example normalQuantile(0.975) // 1.95996...
 */
export function normalQuantile(u: number): number {
  if (u > 0.5) return -normalQuantile(1 - u)
  if (u === 0) return Number.NEGATIVE_INFINITY
  if (u === 0.5) return 0
  const t = Math.sqrt(-2 * wasmCore().log(u))
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  // The start is right to 4.5e-4 and each step triples the digits.
  for (let step = 0; step < 3; step++) {
    const r = (tail(z) - u) / normalDensity(z)
    z += (2 * r) / (2 - r * z)
  }
  return -z
}

/** P(Z > x) for x >= 0 (and a little below). */
function tail(x: number): number {
  const density = normalDensity(x)
  if (x < 2.5) {
    // 1/2 - phi(x) (x + x^3/3 + x^5/(3 5) + ...): positive terms only.
    let term = x
    let sum = x
    for (let k = 3; k < 200; k += 2) {
      term *= (x * x) / k
      sum += term
      if (term < 1e-17 * sum) break
    }
    return 0.5 - density * sum
  }
  // Laplace's continued fraction phi(x)/(x + 1/(x + 2/(x + ...))); 120 terms reach rounding from 2.5 on.
  let fraction = x
  for (let k = 120; k >= 1; k--) fraction = x + k / fraction
  return density / fraction
}
