import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { normalCdf } from '../../src/base/numerics/special.js'
import { randomStream, streamKey } from '../../src/base/random.js'
import { kolmogorovSmirnov } from '../../src/base/statistics/statistics.js'

function draws(key: string): Float64Array {
  const stream = randomStream(key)
  return Float64Array.from({ length: 20_000 }, (_, i) => (i < 10_000 ? stream.uniform() : stream.normal()))
}

test('ten thousand uniforms and normals have the same bits on every engine', () => {
  const hash = createHash('sha256')
    .update(new Uint8Array(draws('golden').buffer))
    .digest('hex')
  expect(hash).toBe('831728cc8d28d551468651cb85bc5f283cd3524a8a6265a4c2ccb7448989c343')
})

test('uniforms are uniform and normals are normal, and Irwin-Hall sums of 6 uniforms are told from normals', () => {
  const values = draws('statistics')
  expect(kolmogorovSmirnov(values.subarray(0, 10_000), x => x).pValue).toBeGreaterThan(0.01)
  expect(kolmogorovSmirnov(values.subarray(10_000), normalCdf).pValue).toBeGreaterThan(0.01)
  // Neighbours of the normal stream come from one pair of uniforms; their product has mean 0 and variance 1.
  let sum = 0
  for (let i = 10_000; i < 20_000; i += 2) sum += values[i]! * values[i + 1]!
  expect(Math.abs(sum / Math.sqrt(5000))).toBeLessThan(4)
  const stream = randomStream('control')
  const fake = Array.from({ length: 100_000 }, () => {
    let total = -3
    for (let k = 0; k < 6; k++) total += stream.uniform()
    return total * Math.SQRT2
  })
  expect(kolmogorovSmirnov(fake, normalCdf).pValue).toBeLessThan(1e-3)
})

test('a key names its stream: equal keys agree, parts and string agree, different keys differ', () => {
  const name = { seed: 1, law: 'plummer', N: 100 }
  expect(streamKey(name)).toBe('1/plummer/100/0/initial')
  expect(streamKey({ ...name, replica: 3, stream: 'noise' })).toBe('1/plummer/100/3/noise')
  const first = randomStream(name)
  const second = randomStream('1/plummer/100/0/initial')
  expect(first.key).toBe(second.key)
  expect([first.uniform(), first.normal()]).toEqual([second.uniform(), second.normal()])
  expect(randomStream('1/a').uniform()).not.toBe(randomStream('1/b').uniform())
})

test('streams refuse what cannot be a key', () => {
  expect(() => randomStream(1 as unknown as string)).toThrow(/key must be a string/)
  expect(() => randomStream({ seed: 1, law: 'x', N: 0 })).toThrow(/N must be an integer >= 1, got 0/)
  expect(() => streamKey({ seed: 1, law: 'x', N: 1, replica: -1 })).toThrow(/replica must be/)
})
