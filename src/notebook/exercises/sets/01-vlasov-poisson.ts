/** The exercises of notebook 01. */
import { near, word } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const vlasovPoissonExercises: ExerciseSet = [
  {
    id: '01.1',
    asks: 'the conserved quantity that is lost, in one word',
    right: word('momentum'),
    mistakes: [[word('mass'), 'No particle is lost.']],
  },
  {
    id: '01.2',
    asks: 'the time to twice the radius',
    right: near(1.62323, 5e-3),
    mistakes: [[near(2.29559, 5e-3), 'A factor is missing in the energy: it is $\\frac12\\dot R^2+\\frac1R$.']],
  },
  {
    id: '01.3',
    asks: 'the sign $\\sigma$, as 1 or −1',
    right: near(-1, 1e-9),
    mistakes: [[near(1, 1e-9), 'Repulsion pushes the mass apart, whatever the momenta are.']],
  },
]
