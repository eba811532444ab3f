/** The exercises of notebook 12. */
import { near } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const beyondTheTheoremExercises: ExerciseSet = [
  {
    id: '12.1',
    asks: 'the $\\delta$',
    right: near(1 / 3),
    mistakes: [[near(0.5), 'There the largest term is of size 1; the fluctuation was overtaken before.']],
  },
  {
    id: '12.2',
    asks: 'the rate with $\\sqrt{\\log N}$ over the rate with $\\sqrt K$',
    right: near(3.8048),
    mistakes: [[near(38.048), 'That is the rate itself; the other one is $\\sqrt K$.']],
  },
]
