/**
 * What chooseStep finds: a scheme and a step with the evidence.
 */
import type { Estimate } from '../../base/statistics/estimate.js'
import type { SchemeName } from './symplecticScheme.js'

/** One comparison of two runs of the pilot. */
export interface StepTrial {
  readonly scheme: SchemeName
  /** Steps of the finer run; the other has half as many. */
  readonly steps: number
  /** Largest deviation of a coordinate between them at T. */
  readonly deviation: number
}

/** A scheme and a step, with what is known about them. */
export interface ChosenStep {
  readonly scheme: SchemeName
  /** Even. */
  readonly steps: number
  /** T/steps. */
  readonly step: number
  /** Of the pilot with this step: maximum norm of (q, p) at T. */
  readonly error: Estimate
  /** Whether the error's upper end is within the tolerance; false if maxSteps came first. */
  readonly reached: boolean
  /** Force sums that the run will take. */
  readonly evaluations: number
  readonly trials: readonly StepTrial[]
}
