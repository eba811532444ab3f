/**
 * Special functions of one real variable that the closed forms of the laws need. Not for samplers: these use the
 * engine's exp, whose last bits differ between engines.
 */
import { erf as mathjsErf, gamma as mathjsGamma } from 'mathjs/number'

/** Euler's Gamma function. @param x real, not a pole @example gamma(0.5) ** 2 // pi */
export function gamma(x: number): number {
  return mathjsGamma(x) as number
}

/** Euler's Beta function B(a, b) = Gamma(a) Gamma(b) / Gamma(a + b). @param a > 0 @param b > 0 */
export function beta(a: number, b: number): number {
  return (gamma(a) * gamma(b)) / gamma(a + b)
}

/** The error function. @example erf(1) // 0.8427007929497149 */
export function erf(x: number): number {
  return mathjsErf(x)
}

/** The standard normal distribution function. @example normalCdf(0) // 0.5 */
export function normalCdf(x: number): number {
  return 0.5 * (1 + erf(x * Math.SQRT1_2))
}

/**
 * P(|X| <= x) for a standard normal vector X in R^3: erf(x/sqrt 2) - sqrt(2/pi) x e^{-x^2/2}, to relative accuracy
 * also where the two terms cancel.
 * @param x >= 0
 * @example chi3Cdf(1) // 0.19874804309879915
 */
export function chi3Cdf(x: number): number {
  const front = Math.sqrt(2 / Math.PI) * x * Math.exp(-0.5 * x * x)
  if (x > 2) return erf(x * Math.SQRT1_2) - front
  // The series sum_{k>=1} x^{2k} / (2k+1)!! has positive terms only.
  let term = 1
  let sum = 0
  for (let k = 1; k < 60; k++) {
    term *= (x * x) / (2 * k + 1)
    sum += term
    if (term <= 1e-17 * sum) break
  }
  return front * sum
}

/** e^{-x} i_0(x) = e^{-x} sinh(x)/x, the scaled modified spherical Bessel function. @param x >= 0 */
export function scaledBesselI0(x: number): number {
  return x === 0 ? 1 : -Math.expm1(-2 * x) / (2 * x)
}

/** e^{-x} i_1(x) = e^{-x} (x cosh x - sinh x)/x^2, the scaled modified spherical Bessel function. @param x >= 0 */
export function scaledBesselI1(x: number): number {
  if (x > 2) return (x * (1 + Math.exp(-2 * x)) + Math.expm1(-2 * x)) / (2 * x * x)
  // sum_k x^{2k+1} / (2^k k! (2k+3)!!): the closed form cancels here.
  let term = x / 3
  let sum = term
  for (let k = 1; k < 40; k++) {
    term *= (x * x) / (2 * k * (2 * k + 3))
    sum += term
    if (term <= 1e-17 * sum) break
  }
  return Math.exp(-x) * sum
}
