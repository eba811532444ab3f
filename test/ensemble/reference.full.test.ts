import { describe, test } from 'vitest'
import { referenceNames, repeatSample } from './reference.js'

describe.each(referenceNames)('the reference ensemble %s', name => {
  test('has the numbers that its replicates have today, bit for bit, on a larger sample of all sizes', async () => {
    await repeatSample(name, 20, Number.POSITIVE_INFINITY)
  })
})
