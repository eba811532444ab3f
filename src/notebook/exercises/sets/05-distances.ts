/** The exercises of notebook 05. */
import { near, word } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const distancesExercises: ExerciseSet = [
  {
    id: '05.1',
    asks: '$W_1$',
    right: near(0.03),
    mistakes: [[near(3), 'Each particle has mass $\\frac1{100}$ only.']],
  },
  { id: '05.2', asks: '$W_2$ by sorting over $W_2$ by `distanceBetween`', right: near(1, 1e-6) },
  {
    id: '05.3',
    asks: 'what to shift, positions or momenta',
    right: word('momenta'),
    mistakes: [[word('positions'), 'They carry the weight $\\sqrt{\\log N}$ in $\\Delta$.']],
  },
]
