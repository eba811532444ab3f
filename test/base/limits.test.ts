import { expect, test } from 'vitest'
import { requireAffordable } from '../../src/base/limits.js'

test('each argument alone is refused with its value, what is allowed and the limit that raises it', () => {
  expect(() => requireAffordable({ N: 1e12 })).toThrow(
    'N must be at most 8589934 (1000 bytes a particle, limits.bytes = 8589934592; the option `limits` raises it), ' +
      'got 1000000000000',
  )
  expect(() => requireAffordable({ N: 10, outputs: 1e12 })).toThrow(/^outputs must be at most 8589924 \(1000 bytes/)
  expect(() => requireAffordable({ N: 1000, steps: 1e12 })).toThrow(
    /^steps must be at most 1000000000 \(1000 particles a step, limits.particleSteps = 1000000000000; .*, got 1000000000000$/,
  )
  expect(() => requireAffordable({ T: 1e300 })).toThrow('T must be at most 1000000 (limits.T = 1000000; ')
  // A single particle does not make a step free.
  expect(() => requireAffordable({ N: 1, steps: 1e12 })).toThrow(/^steps must be at most 10000000000 /)
})

test('what is within the limits passes, and limits move the border to the unit', () => {
  requireAffordable({ N: 1e6, steps: 1e6, outputs: 1000, T: 1e6 })
  requireAffordable({})
  requireAffordable({ N: 7, bytesPerParticle: 10 }, { bytes: 70 })
  expect(() => requireAffordable({ N: 8, bytesPerParticle: 10 }, { bytes: 70 })).toThrow('N must be at most 7 (')
  requireAffordable({ N: 1e12, T: 1e12 }, { bytes: 1e15, T: 1e12 })
})

test('limits must be an object of positive numbers', () => {
  expect(() => requireAffordable({}, 5 as never)).toThrow('limits must be an object, got 5')
  expect(() => requireAffordable({}, { bytes: Number.NaN })).toThrow(
    'limits.bytes must be a finite number > 0, got NaN',
  )
  expect(() => requireAffordable({}, { T: '7' as never })).toThrow('limits.T must be a finite number > 0, got "7"')
})
