/**
 * P(max_i |L_i - Lbar_i| >= L) at one time, the complement of C_t in Corollary 7.3: as `forceTail`, for the majorant.
 */
import { requireOneOf, requireOptions } from '../../base/errors.js'
import { eventTails, type StaticTailOptions, TAIL_OPTIONS } from './eventTails.js'
import { majorantEvent } from './staticEvent.js'
import type { ForceTail } from './weightedEstimate.js'

/** What is asked. */
export interface MajorantTailOptions extends StaticTailOptions {
  /** The majorant of (47): 'printed', or 'repaired' (default) so that (48) holds. */
  readonly version?: 'printed' | 'repaired'
}

/**
 * The probability that the sum of the majorant, L_i = (1/N) sum_{j != i} l(q_i - q_j) with l = l^N_delta, is off its
 * mean Lbar = l*rho by L somewhere, for each threshold L.
 *
 * With C the number of particles at or above L on either side and A_1 that particle 1 is, P = N E[1_{A_1}/C]. Too large
 * and too small are not alike, l being >= 0: each sample tries one side, tilts l or -l, and weighs with the inverse of
 * how often that side is tried. All else is as for `forceTail`.
 * @throws TypeError, RangeError naming the argument before any work; the signal's reason when it is aborted
 * @source Definition 7.1, Corollary 7.3, (47), (64)
 * @example
 * const [tail] = await majorantTail({ N: 16, delta: 0.25, thresholds: [6], seed: 1, samples: 400 })
 * tail.value < tail.union // true
 */
export async function majorantTail(options: MajorantTailOptions): Promise<readonly ForceTail[]> {
  requireOptions<MajorantTailOptions>('majorantTail', options, { ...TAIL_OPTIONS, version: true })
  const { version = 'repaired' } = options
  requireOneOf('version', version, ['printed', 'repaired'])
  return eventTails('majorantTail', majorantEvent(options, version), `static/majorant-${version}`, options)
}
