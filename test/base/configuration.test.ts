import { expect, test } from 'vitest'
import { configuration, momentumOf, positionOf } from '../../src/base/configuration.js'

test('a configuration stores coordinate a of particle i at a N + i', () => {
  const Z = configuration(4, 3)
  expect([Z.q.length, Z.p.length]).toEqual([12, 12])
  Z.q[1 * 4 + 2] = 5
  Z.p[2 * 4 + 0] = 7
  expect(Array.from(positionOf(Z, 2))).toEqual([0, 5, 0])
  expect(Array.from(momentumOf(Z, 0))).toEqual([0, 0, 7])
  // Fresh arrays, not views.
  positionOf(Z, 2)[1] = 9
  expect(Z.q[6]).toBe(5)
})

test('configurations refuse counts that are not positive integers and particles that do not exist', () => {
  for (const N of [0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => configuration(N)).toThrow(/N must be an integer >= 1/)
  }
  expect(() => configuration(1, 0)).toThrow(/d must be/)
  expect(() => configuration('3' as unknown as number)).toThrow(TypeError)
  expect(() => positionOf(configuration(2), 2)).toThrow(/i must be an integer in \[0, 1\], got 2/)
})
