/**
 * The growth rates that decide from which N on Theorem 4.2 speaks: C_0 of (75), and K(N) in place of C_0 log N. Used by
 * the claims on Theorem 4.2, on (78) and on the weight in Delta.
 */
import { lipschitzMajorant } from '../../interaction/lipschitzMajorant.js'
import { innerConstant } from '../section6/lemma63Constants.js'

/** c of (45) for the majorant (47) as printed. */
export const PRINTED_C = 54

/** C_l of the proof of Lemma 6.1, 4 pi/3 c (1 + 3 delta). @example growthOfMajorant(54, 0.3) */
export function growthOfMajorant(c: number, delta: number): number {
  return ((4 * Math.PI) / 3) * c * (1 + 3 * delta)
}

/**
 * C_0 = 2 C_l C_rho of (75) with C_rho = 1 + m.
 * @param m ||rho||_inf
 * @param c of (45), default that of the majorant which makes Lemma 6.3 true
 * @example chaosConstant(0.3, 3 / (4 * Math.PI), PRINTED_C)
 */
export function chaosConstant(delta: number, m: number, c: number = lipschitzMajorant({ N: 1000, delta }).c): number {
  return 2 * growthOfMajorant(c, delta) * (1 + m)
}

/**
 * K(N) = 2 (||l*rho||_inf + 1) for the repaired l, mass 1 and height m, at log N = L.
 * @example lipschitzAt(14, 0.3, 0.24)
 */
export function lipschitzAt(L: number, delta: number, m: number): number {
  const logRadius = Math.log(3 / (4 * Math.PI * m)) / 3
  const shells = Math.max(0, logRadius + delta * L - Math.log(3))
  return 2 * (m * (36 * Math.PI * innerConstant('maximum') + 216 * Math.PI * shells) + 1)
}
