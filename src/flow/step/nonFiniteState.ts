/**
 * What stops a run whose numbers are no longer finite: the error says when, which particle and why, and keeps what was
 * recorded before. Thrown by the stepper, completed by the microscopic flow.
 */
import type { Trajectory } from './trajectory.js'

/** The run stopped at a state or a force that is not finite. */
export class NonFiniteStateError extends Error {
  override readonly name: string = 'NonFiniteStateError'
  /** What had been recorded when the run stopped; only from runs that record. */
  trajectory?: Trajectory

  constructor(
    /** 'force', 'position', 'momentum'. */
    readonly quantity: string,
    /** Index of the particle. */
    readonly particle: number,
    /** The time at which the number appeared. */
    readonly time: number,
    /** Steps completed before. */
    readonly stepIndex: number,
    cause: string,
  ) {
    super(
      `the ${quantity} of particle ${particle} is not finite at t = ${time}, after ${stepIndex} steps; likely cause: ${cause}`,
    )
  }
}
