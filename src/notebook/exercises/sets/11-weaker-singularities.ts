/** The exercises of notebook 11. */
import { near } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const weakerSingularitiesExercises: ExerciseSet = [
  {
    id: '11.1',
    asks: 'the largest $\\alpha$ for (94)',
    right: near(1.5, 1e-6),
    mistakes: [[near(2, 1e-6), 'That is the answer for (92).']],
  },
  {
    id: '11.2',
    asks: 'the $\\alpha$ from which it does',
    right: near(1.5, 1e-6),
    mistakes: [
      [near(3, 1e-6), 'There $\\int|k|$ diverges; the variance has the square.'],
      [near(2, 1e-6), 'Do not forget the volume element, $r^2dr$.'],
    ],
  },
  {
    id: '11.3',
    asks: 'the $N$ of the crossing',
    right: near(3.33146, 0.03),
    mistakes: [[near(1.12788), 'That is $\\frac1c=N^{0.1}$.']],
  },
]
