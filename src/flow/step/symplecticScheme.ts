/**
 * Symplectic composition schemes for q' = p, p' = F(t, q), as the textbook writes them: a list of kicks and drifts.
 * Used by the microscopic flow (5), the mean field flow (16) and the shells of the radial solver.
 */

import { requireOneOf } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'

/** The composition schemes by name; the digit is the order, leapfrog has order 2. */
export type SchemeName = 'leapfrog' | 'yoshida4' | 'suzuki4' | 'yoshida6'

/**
 * One step of length h: kick kicks[0] h, then for s = 0, 1, ...: drift drifts[s] h, kick kicks[s+1] h.
 * The force after the last drift is the one that the next step's first kick needs, so that a step costs `drifts.length`
 * force evaluations.
 */
export interface SymplecticScheme {
  readonly name: SchemeName
  /** Order of convergence for smooth forces. */
  readonly order: number
  /** Sum 1. */
  readonly drifts: readonly number[]
  /** Sum 1, one more than drifts. */
  readonly kicks: readonly number[]
}

// Literals, not Math.cbrt: the same bits on every engine. w1 = 1/(2 - 2^(1/3)), and 1/(4 - 4^(1/3)).
const YOSHIDA4 = 1.3512071919596578
const SUZUKI4 = 0.4144907717943757
// Yoshida's solution A of the order conditions of order 6.
const YOSHIDA6 = [0.7845136104775573, 0.23557321335935813, -1.177679984178871] as const

/** Weights of the leapfrog steps that each scheme is a palindrome of: outermost first, the middle one is 1 - 2 sum. */
const HALVES: Readonly<Record<SchemeName, { readonly order: number; readonly weights: readonly number[] }>> = {
  leapfrog: { order: 2, weights: [] },
  yoshida4: { order: 4, weights: [YOSHIDA4] },
  suzuki4: { order: 4, weights: [SUZUKI4, SUZUKI4] },
  yoshida6: { order: 6, weights: YOSHIDA6 },
}

/**
 * A scheme by name: 'leapfrog' (velocity Verlet), 'yoshida4', 'suzuki4', 'yoshida6'.
 * @throws RangeError for a name that is none of these
 * @source Yoshida, Phys. Lett. A 150 (1990) 262, doi:10.1016/0375-9601(90)90092-3; Suzuki, Phys. Lett. A 146 (1990)
 * 319, doi:10.1016/0375-9601(90)90962-N
 * @example symplecticScheme('leapfrog') // { order: 2, drifts: [1], kicks: [0.5, 0.5], ... }
 */
export function symplecticScheme(name: SchemeName): SymplecticScheme {
  requireOneOf('name of a scheme', name, Object.keys(HALVES) as SchemeName[])
  const { order, weights } = HALVES[name]
  const middle = 1 - 2 * weights.reduce((sum, w) => sum + w, 0)
  const drifts = [...weights, middle, ...[...weights].reverse()]
  const kicks = [...drifts, 0].map((w, s) => (w + (drifts[s - 1] ?? 0)) / 2)
  return { name, order, drifts, kicks }
}

/**
 * The times of the force evaluations of a step, in units of the step from its beginning: c_s = drifts[0] + ... +
 * drifts[s]. The last one is 1. Those of 'leapfrog' and 'suzuki4' lie in [0, 1]; 'yoshida4' and 'yoshida6' also ask for
 * forces before the step begins and after it ends, where a mean field that is known on [0, T] only cannot follow.
 * @returns as many numbers as the scheme has drifts
 * @example stageOffsets(symplecticScheme('leapfrog')) // [1]
 */
export function stageOffsets(scheme: SymplecticScheme): Float64Array {
  requireShape<Pick<SymplecticScheme, 'drifts'>>('scheme', scheme, { drifts: 'numbers' })
  const { drifts } = scheme
  let sum = 0
  const offsets = Float64Array.from(drifts, drift => {
    sum += drift
    return sum
  })
  // Without rounding, so that the end of one step and the beginning of the next are one time.
  offsets[offsets.length - 1] = 1
  return offsets
}
