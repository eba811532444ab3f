/** The exercises of notebook 04. */
import { nearlyZero, truth, word } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const twoFlowsExercises: ExerciseSet = [
  { id: '04.1', asks: 'the largest distance between the two ways', right: nearlyZero(1e-12) },
  {
    id: '04.2',
    asks: 'whether the flow by the multipole method is reversible, true or false',
    right: truth(true),
    mistakes: [[truth(false), 'Measure it: the force is inexact, but is it a function of the positions alone?']],
  },
  {
    id: '04.3',
    asks: 'the part whose share grows most: step, force or field',
    right: word('field'),
    mistakes: [[word('force'), 'That is the smallest part, and the same sums for both laws.']],
  },
]
