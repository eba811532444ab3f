/** The exercises of notebook 09. */
import { near } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const fournierGuillinExercises: ExerciseSet = [
  {
    id: '09.1',
    asks: 'the limit of $\\sqrt N\\,E\\,W_1$',
    right: near(0.313329, 2e-3),
    mistakes: [
      [
        near(Math.PI / 8, 2e-3),
        'So would it be if $E|B|$ were the standard deviation of $B$; it is $\\sqrt{2/\\pi}$ of it.',
      ],
    ],
  },
  {
    id: '09.2',
    asks: 'the factor by which $\\sqrt N\\,W_1$ grows from $N=100$ to 1600',
    right: near(1.13, 0.02),
    mistakes: [[near(1.266, 0.01), 'That is what $\\sqrt{\\log N}$ grows by.']],
  },
  {
    id: '09.3',
    asks: 'the number of points',
    right: near(422490, 0.05),
    mistakes: [[near(25998, 0.05), 'In six dimensions the slope is $-\\frac16$, not $-\\frac13$.']],
  },
]
