/**
 * What a run of the microscopic flow leaves behind.
 */
import type { Configuration } from '../../base/configuration.js'
import type { ForcePlan } from '../../forces/types.js'
import type { Kernel } from '../../interaction/kernel.js'
import type { InvariantDrift, Invariants } from '../micro/invariants.js'
import type { ChosenStep } from './chosenStep.js'
import type { MagneticField } from './gyration.js'
import type { SchemeName } from './symplecticScheme.js'

/** One output time. */
export interface FlowRecord {
  readonly t: number
  readonly stepIndex: number
  /** The state, where states are kept. */
  readonly Z?: Configuration
  /** The acceleration at that state, where knots are kept. */
  readonly force?: Float64Array
  /** Conserved quantities, where they are measured. */
  readonly invariants?: Invariants
}

/** A run of (5) with its evidence. */
export interface Trajectory {
  readonly N: number
  readonly d: number
  readonly kernel: Kernel
  readonly scheme: SchemeName
  readonly T: number
  readonly steps: number
  /** How the step was found, where it was asked for by tolerance. */
  readonly stepChoice?: ChosenStep
  /** Output times in order, those reached. */
  readonly times: Float64Array
  readonly records: readonly FlowRecord[]
  /** The state at the last output time. */
  readonly final: Configuration
  /** Largest changes of the conserved quantities since the first output, where they are measured. */
  readonly drift?: InvariantDrift
  /** Relative tolerance of the forces. */
  readonly tolerance: number
  /** What the last force sum did; undefined without interaction. */
  readonly plan?: ForcePlan
  /** Force sums done for the motion. */
  readonly evaluations: number
  /** The noise, if any. */
  readonly noise?: {
    readonly key: string
    readonly diffusion: number
    readonly friction: number
    readonly resolution: number
  }
  /** The magnetic field, if any. */
  readonly magnetic?: MagneticField
  /** The last output as bytes, from which the run can go on. */
  snapshot(): Uint8Array
}
