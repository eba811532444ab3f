/** The exercises of notebook 06. */
import { near, nearlyZero } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const lipschitzLogGrowthExercises: ExerciseSet = [
  {
    id: '06.1',
    asks: '$\\log_{10}N$',
    right: near(81.3045),
    mistakes: [
      [near(187.21), 'That is the natural logarithm.'],
      [near(13.6825), 'That is the root of the equation in $\\sqrt{\\log N}$: square it.'],
    ],
  },
  {
    id: '06.2',
    asks: 'the factor by which it jumps',
    right: near(2),
    mistakes: [[near(54), 'Divide by $|q|^3=27N^{-3\\delta}$, and compare with $N^{3\\delta}$.']],
  },
  {
    id: '06.3',
    asks: 'the slope of the single cone over that of the double one',
    right: near(0.5),
    mistakes: [[nearlyZero(1e-9), 'The slope is even in $q$: both cones add to it with the same sign.']],
  },
]
