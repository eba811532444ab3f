import { describe, expect, it } from 'vitest'
import { binaryPlaces, wholeMultiple } from '../../../src/base/interval/dyadic.js'
import { integerRoot, rootBounds } from '../../../src/base/interval/integerRoot.js'
import { compare, fromNumber, rational } from '../../../src/base/interval/rational.js'
import { randomStream } from '../../../src/base/random.js'

const NUMBERS = [0, 1, -3, 0.1, -0.1, 1 / 3, 5e-324, -2.2250738585072014e-308, 1.7976931348623157e308, 2 ** 60, -1e22]

describe('doubles as whole multiples of a power of two', () => {
  it.each(NUMBERS)('%s is one, and of no larger power', x => {
    const places = binaryPlaces([x])
    const unit = (k: number) => (k >= 0 ? rational(1n, 1n << BigInt(k)) : rational(1n << BigInt(-k)))
    const n = wholeMultiple(x, places)
    expect(compare(rational(n * unit(places).n, unit(places).d), fromNumber(x))).toBe(0)
    expect(x === 0 || n % 2n !== 0n).toBe(true)
    // Twice the unit is too much: rounded down, to the even number below.
    if (x !== 0) expect(2n * wholeMultiple(x, places - 1)).toBe(n - 1n)
  })

  it('takes the finest of many', () => {
    expect(binaryPlaces([8, 0.75, 0, 0.5])).toBe(2)
    expect(binaryPlaces([1024, 4096])).toBe(-10)
    expect(() => wholeMultiple(Number.NaN, 0)).toThrow('x must be a finite number, got NaN')
  })
})

it('the whole part of a root is that of a square or the next below', () => {
  for (const n of [0n, 1n, 2n, 3n, 4n, 99n, 100n, 10n ** 40n - 1n, 10n ** 40n, 7n ** 301n]) {
    const r = integerRoot(n)
    expect(r * r <= n && (r + 1n) * (r + 1n) > n).toBe(true)
  }
})

describe('the root of a whole number', () => {
  it('lies between two neighbours whose squares enclose it, and is one number where it is whole', () => {
    const random = randomStream('whole roots')
    for (let k = 0; k < 200; k++) {
      const n = BigInt(Math.floor(random.uniform() * 2 ** 50)) ** BigInt(1 + (k % 4)) + BigInt(k)
      const [below, above] = rootBounds(n)
      expect(below * below <= n && n <= above * above && above - below <= 1n, String(n)).toBe(true)
      expect(rootBounds(n * n)).toEqual([n, n])
      // One more than a square has a root above the whole one.
      if (n > 0n) expect(rootBounds(n * n + 1n)).toEqual([n, n + 1n])
    }
    expect(rootBounds(0n)).toEqual([0n, 0n])
  })
})
