/**
 * The fixed rule from tolerance to expansions: order, precisions, particles a leaf.
 */
import { requireNumber } from '../base/errors.js'

/** How a fast multipole sum is done: a function of tolerance and input only. */
export interface FmmChoice {
  /** Order P of the expansions: P^2 coefficients. */
  readonly order: number
  /** Precision of expansions and their translations. */
  readonly expansions: 'f32' | 'f64'
  /** Precision of pairs: f32, f32 on coordinates carried as two f32, f64. */
  readonly pairs: 'f32' | 'split' | 'f64'
  /** Particles a leaf aimed at where the density is uniform. */
  readonly leaf: number
  /** Pairs closer than this many leaf sides are done in f64 (pairs: 'f32'). */
  readonly close: number
}

/** The smallest tolerance the fast multipole method is asked for. */
export const FMM_TOLERANCE: number = 1e-8

/**
 * The choice for a tolerance, relative to ||force||_2.
 * @throws RangeError for a tolerance outside [1e-8, 1)
 */
export function fmmChoice(tolerance: number): FmmChoice {
  requireNumber('tolerance', tolerance, FMM_TOLERANCE, 1)
  let order = 3
  while (ERRORS[order]! > tolerance) order++
  return choiceOf(order, tolerance)
}

const ERRORS: Readonly<Record<number, number>> = {
  3: 1e-2,
  4: 4e-3,
  5: 1e-3,
  6: 3e-4,
  7: 5e-5,
  8: 2e-5,
  9: 1e-5,
  10: 4e-6,
  11: 2e-6,
  12: 1e-6,
  13: 4e-7,
  14: 2e-7,
  15: 1e-7,
  16: 5e-8,
  17: 2e-8,
  18: 1e-8,
}

/** The rest of a choice for a given order. */
export function choiceOf(order: number, tolerance: number): FmmChoice {
  const single = tolerance >= 4e-6
  const close = 4e-7 / tolerance
  const pairs = close <= 0.02 ? 'f32' : tolerance >= 3e-7 ? 'split' : 'f64'
  return { order, expansions: single ? 'f32' : 'f64', pairs, leaf: 6 * order, close: Math.min(close, 0.02) }
}
