/** The exercises of notebook 10. */
import { near } from '../answers.js'
import type { ExerciseSet } from '../exercise.js'

export const particleApproximationExercises: ExerciseSet = [
  {
    id: '10.1',
    asks: '$\\log_{10}N$',
    right: near(12.5566),
    mistakes: [[near(4.35046), 'The error falls like $N^{-1/6}$: the ratio enters to the sixth power.']],
  },
  {
    id: '10.2',
    asks: 'the singular value at $t=1$',
    right: near((1 + Math.sqrt(5)) / 2, 1e-3),
    mistakes: [[near((3 + Math.sqrt(5)) / 2, 1e-3), 'That is an eigenvalue of $A^{\\mathsf T}A$: take the root.']],
  },
]
