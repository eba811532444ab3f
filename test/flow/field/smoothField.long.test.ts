// Further cases of smoothField.full.test.ts, minutes each.
import { describe } from 'vitest'
import { movedGaussian } from './movedGaussian.js'

describe('a displaced and boosted Gaussian', () => {
  movedGaussian(2, 1)
  movedGaussian(1, -1)
})
