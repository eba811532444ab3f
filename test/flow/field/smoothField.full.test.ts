// The solver for smooth laws against the radial solver's solution, moved; further cases are in
// smoothField.long.test.ts.
import { describe } from 'vitest'
import { movedGaussian } from './movedGaussian.js'

describe('a displaced and boosted Gaussian', () => {
  movedGaussian(1, 1)
})
