/** The exercises of notebook 13. */
import { near } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const yourOwnExercises: ExerciseSet = [
  {
    id: '13.1',
    asks: 'the bound',
    right: near(1.63322, 2e-3),
    mistakes: [[near(1 / 1.63322, 2e-3), 'That is the share of the draws that is kept.']],
  },
  {
    id: '13.2',
    asks: 'the deviation at $N=500$ with the wrong field',
    right: near(0.0434352, 0.02),
    mistakes: [[near(0.0131636, 0.02), 'That is the one with the right field.']],
  },
]
