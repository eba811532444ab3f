/**
 * How often the force on independent particles of the Gaussian law leaves a threshold, where that is too rare to be
 * counted: what two claims of section 7 set beside their bounds.
 */
import { requireOneOf } from '../../base/errors.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { forceTail } from '../../rare/static/forceTail.js'
import type { SampledSpec } from './sampledFluctuations.js'

/** What is sampled, and how. */
export interface SampledTailOptions {
  readonly threshold: number
  readonly samples: number
  /** The claim's id: its streams are its own. */
  readonly claim: string
  readonly seed: string
  readonly signal: AbortSignal | undefined
}

/**
 * By {@link forceTail}.
 * @returns nothing where an interval is refused
 * @throws RangeError for another law or other particles
 */
export async function sampledTail(
  { N, delta, law, particles }: SampledSpec,
  { threshold, samples, claim, seed, signal }: SampledTailOptions,
): Promise<{ readonly tail?: Estimate }> {
  requireOneOf('law', law, ['gaussian'])
  requireOneOf('particles', particles, ['independent'])
  const [found] = await forceTail({
    ...{ N, delta, thresholds: [threshold], seed: `${seed}/claim-${claim}`, samples, bar: 'hide' },
    ...(signal === undefined ? {} : { signal }),
  })
  return found?.estimate === undefined ? {} : { tail: { ...found.estimate, seed } }
}
