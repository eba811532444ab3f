/** The exercises of notebook 03. */
import { near } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const existenceExercises: ExerciseSet = [
  {
    id: '03.1',
    asks: '$\\|\\rho_t\\|_\\infty$ at $t=2$',
    right: near(0.00567904),
    mistakes: [[near(0.0122183), 'Variances add up: the variance of $tp$ is $t^2$, not $t$.']],
  },
  {
    id: '03.2',
    asks: 'the density in the centre at $t=2$ over that at 0, with $N=100$',
    right: near(0.85249),
    mistakes: [[near(1, 1e-3), 'Without cut-off it is; what does the weaker force in the centre do?']],
  },
  {
    id: '03.3',
    asks: 'the exponent $s$ of $N^s$',
    right: near(-0.5, 0.05),
    mistakes: [
      [near(-0.25, 0.05), 'So falls the cut-off radius; smoothing by something symmetric has no first order.'],
    ],
  },
]
