/**
 * What the parts of the radial solver hand to each other: progress, errors by cause, and the record that a field is
 * made from.
 */
import type { Kernel } from '../../../interaction/kernel.js'
import type { Law } from '../../../law/law.js'
import type { RadialSolution } from './radialTable.js'

/** Where a computation stands. */
export interface RadialProgress {
  /** Fraction of the present refinement that is done, in [0, 1]. */
  readonly fraction: number
  /** Predicted fraction of the whole, in [0, 1), never less than before. */
  readonly overall: number
  /** 'choosing the map', 'refinement 1', ... */
  readonly stage: string
}

/** The parts of the error: sup over t and q, absolute. */
export interface RadialErrors {
  /** Quadrature of phase space, tails included. */
  readonly nodes: number
  /** Polynomials in the radius. */
  readonly modes: number
  /** Time step. */
  readonly time: number
  /** Interpolation between stored times and radii. */
  readonly interpolation: number
  /** All of these for the density instead of the force. */
  readonly density: number
  /** Change of the total energy over [0, T], which the exact solution does not have. */
  readonly energy: number
}

/** What a field is made from: everything but the functions can be stored. */
export interface RadialFieldRecord {
  readonly law: Law
  readonly kernel: Kernel
  readonly key: string
  readonly solution: RadialSolution
  readonly errors: RadialErrors
  readonly scale: number
  readonly tolerance: number
  readonly parameters: Readonly<Record<string, number | string>>
}

/** What is solved. */
export interface RadialProblem {
  readonly law: Law
  readonly kernel: Kernel
  readonly T: number
  readonly tolerance: number
  readonly maxNodes: number
}

/** A solution with what is known about it. */
export type RefinedSolution = Pick<RadialFieldRecord, 'solution' | 'errors' | 'scale' | 'parameters'>
