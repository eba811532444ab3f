/** The exercises of notebook 14. */
import { near, truth } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const whatIsProvedExercises: ExerciseSet = [
  {
    id: '14.1',
    asks: 'the largest value, six digits',
    right: near(1 / Math.E, 2e-6),
    mistakes: [[near(1, 1e-6), 'That is where it is reached.']],
  },
  {
    id: '14.2',
    asks: 'the number of boxes that the cover settles',
    right: near(3, 1e-6),
    mistakes: [[near(5, 1e-6), 'A 0 halves a box; its halves are settled by what follows.']],
  },
  {
    id: '14.3',
    asks: 'whether the inequality holds when the other certificate is spoilt, true or false',
    right: truth(false),
    mistakes: [[truth(true), 'Its proof uses the other; what does a proof from something false prove?']],
  },
]
