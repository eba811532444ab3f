/**
 * How often the force on independent particles of the Gaussian law, or the sum of the majorant, leaves a threshold,
 * where that is too rare to be counted: what three claims of section 7 set beside their bounds.
 */
import { requireOneOf } from '../../base/errors.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { forceTail } from '../../rare/static/forceTail.js'
import { majorantTail } from '../../rare/static/majorantTail.js'
import type { SampledSpec } from './sampledFluctuations.js'

/** What is sampled, and how. */
export interface SampledTailOptions {
  readonly threshold: number
  readonly samples: number
  /** Whose sum: the force (default), or this majorant of (47). */
  readonly majorant?: 'printed' | 'repaired'
  /** The claim's id: its streams are its own. */
  readonly claim: string
  readonly seed: string
  readonly signal: AbortSignal | undefined
}

/**
 * By {@link forceTail}, or {@link majorantTail}.
 * @returns nothing where an interval is refused
 * @throws RangeError for another law or other particles
 */
export async function sampledTail(
  { N, delta, law, particles }: SampledSpec,
  { threshold, samples, majorant, claim, seed, signal }: SampledTailOptions,
): Promise<{ readonly tail?: Estimate }> {
  requireOneOf('law', law, ['gaussian'])
  requireOneOf('particles', particles, ['independent'])
  const asked = {
    ...{ N, delta, thresholds: [threshold], seed: `${seed}/claim-${claim}`, samples },
    ...(signal === undefined ? {} : { signal }),
    bar: 'hide' as const,
  }
  const [found] = majorant === undefined ? await forceTail(asked) : await majorantTail({ ...asked, version: majorant })
  return found?.estimate === undefined ? {} : { tail: { ...found.estimate, seed } }
}
