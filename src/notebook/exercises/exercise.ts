/** What an exercise of a notebook asks for, which answers are right, and what mistakes are recognised. */
import type { Answer } from './answers.js'

/** One exercise. Its text, its hints and its solution stand in the notebook. */
export interface Exercise {
  /** Number of the notebook and of the exercise. */
  readonly id: string
  /** What to hand in, after "asks for"; after "asks" if it is true or false. TeX between $...$. */
  readonly asks: string
  readonly right: Answer
  /** Wrong answers that tell what went wrong, and what. */
  readonly mistakes?: readonly (readonly [answer: Answer, why: string])[]
}

/** The exercises of a notebook, in its order. */
export type ExerciseSet = readonly Exercise[]
