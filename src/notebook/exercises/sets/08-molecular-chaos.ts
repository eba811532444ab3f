/** The exercises of notebook 08. */
import { near } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const molecularChaosExercises: ExerciseSet = [
  { id: '08.1', asks: 'the $N$ that brings the ratio to one half', right: near(14395.7, 0.03) },
  {
    id: '08.2',
    asks: 'the share of $f$ in the integral of $s+f$ up to $t=1$',
    right: near(0.940698),
    mistakes: [[near(0.059302), 'That is the share of $s$.']],
  },
  { id: '08.3', asks: 'the time at which $x$ reaches $N^{-\\delta}$', right: near(1.67963) },
]
