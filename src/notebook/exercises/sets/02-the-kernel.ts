/** The exercises of notebook 02. */
import { near, nearlyZero } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const theKernelExercises: ExerciseSet = [
  { id: '02.1', asks: 'the size of the force inside the shell', right: nearlyZero(0) },
  {
    id: '02.2',
    asks: 'the constant $c$ in i) for the Coulomb kernel in three dimensions',
    right: near(2, 1e-6),
    mistakes: [[near(1, 1e-6), 'That is the eigenvalue across $q$; look along $q$.']],
  },
  {
    id: '02.3',
    asks: 'the surface force over $\\|\\rho\\|_\\infty^{2/3}$',
    right: near(2.59852, 2e-3),
    mistakes: [[near(1, 2e-3), 'That is the surface force of the ball of radius 1 itself.']],
  },
]
