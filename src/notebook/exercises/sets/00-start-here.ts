/** The exercises of notebook 00. */
import { near } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const startHereExercises: ExerciseSet = [
  {
    id: '00.1',
    asks: 'the slope $s$ of $N^s$ with a fixed cut-off, $\\delta=0$',
    right: near(-0.5, 0.03),
    mistakes: [
      [near(-1, 0.03), 'That is the slope of the variance; the deviation is its square root.'],
      [near(0.5, 0.03), 'It falls.'],
    ],
  },
  {
    id: '00.2',
    asks: 'the mean force at distance 2',
    right: near(0.25),
    mistakes: [[near(0.5), 'That is the potential there.']],
  },
]
