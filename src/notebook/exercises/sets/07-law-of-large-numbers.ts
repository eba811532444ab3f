/** The exercises of notebook 07. */
import { near } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const lawOfLargeNumbersExercises: ExerciseSet = [
  {
    id: '07.1',
    asks: 'the measured median of the maximum at $N=2048$ over the rms of a component',
    right: near(3.79623),
    mistakes: [[near(2.19175), 'The rms in the table is that of a vector, $\\sqrt3$ times that of a component.']],
  },
  {
    id: '07.2',
    asks: 'the largest such $\\beta$, two decimals',
    right: near(0.23, 1e-6),
    mistakes: [
      [near(0.375, 0.02), 'So much would the central limit theorem allow in the limit.'],
      [near(0.24, 1e-6), 'There the bound says nothing.'],
    ],
  },
  {
    id: '07.3',
    asks: 'the best of $\\kappa=1,2,4,8$',
    right: near(8, 1e-6),
    mistakes: [[near(1, 1e-6), 'It has the smallest $C_\\kappa$; but what is multiplied with it?']],
  },
]
