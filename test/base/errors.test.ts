import { expect, test } from 'vitest'
import {
  nearest,
  quote,
  requireDelta,
  requireInteger,
  requireLength,
  requireN,
  requireNumber,
  requireOneOf,
  requireOptions,
  requirePositive,
  requireSigma,
} from '../../src/base/errors.js'

test('quote shows strings quoted, arrays by length and objects as such', () => {
  expect(quote('10')).toBe('"10"')
  expect(quote(new Float64Array(3))).toBe('Float64Array(3)')
  expect(quote([1, 2])).toBe('an array of length 2')
  expect(quote({})).toBe('an object')
  expect(quote(null)).toBe('null')
  expect(quote(undefined)).toBe('undefined')
  expect(quote(Number.NaN)).toBe('NaN')
  expect(quote(10n)).toBe('10')
  expect(quote(Symbol('s'))).toBe('Symbol(s)')
})

test('requireNumber returns what is inside and refuses what is not, ends included', () => {
  expect(requireNumber('x', 0, 0, 1)).toBe(0)
  expect(requireNumber('x', 1, 0, 1)).toBe(1)
  expect(requireNumber('x', Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
  expect(() => requireNumber('x', 1.1, 0, 1)).toThrow(new RangeError('x must be a number in [0, 1], got 1.1'))
  expect(() => requireNumber('x', Number.NaN, 0, 1)).toThrow('x must be a number in [0, 1], got NaN')
  expect(() => requireNumber('x', '1', 0, 1)).toThrow(new TypeError('x must be a number in [0, 1], got "1"'))
  expect(() => requireNumber('x', null, 0, 1, 'small')).toThrow('x must be small, got null')
})

test('requirePositive refuses 0, negatives, infinities and NaN', () => {
  expect(requirePositive('c', 5e-324)).toBe(5e-324)
  for (const value of [0, -0, -1, Number.POSITIVE_INFINITY, Number.NaN]) {
    expect(() => requirePositive('c', value)).toThrow(RangeError)
  }
  expect(() => requirePositive('c', 0)).toThrow('c must be a finite number > 0, got 0')
})

test('requireInteger and requireN refuse fractions, strings and what is out of range', () => {
  expect(requireInteger('n', 3, 1, 3)).toBe(3)
  expect(() => requireInteger('n', 4, 1, 3)).toThrow('n must be an integer in [1, 3], got 4')
  expect(() => requireInteger('n', 2 ** 53, 1)).toThrow('n must be an integer >= 1, got 9007199254740992')
  expect(() => requireN(2.5)).toThrow(new RangeError('N must be an integer >= 1, got 2.5'))
  expect(() => requireN(0)).toThrow(RangeError)
  expect(() => requireN(-1)).toThrow(RangeError)
  expect(() => requireN(Number.POSITIVE_INFINITY)).toThrow(RangeError)
  expect(() => requireN('10')).toThrow(TypeError)
  expect(requireN(1)).toBe(1)
})

test('requireDelta takes [0, Infinity], requireSigma -1, 0 and 1', () => {
  for (const delta of [0, 0.2, 5, Number.POSITIVE_INFINITY]) expect(requireDelta(delta)).toBe(delta)
  for (const delta of [-0.1, Number.NaN, Number.NEGATIVE_INFINITY])
    expect(() => requireDelta(delta)).toThrow(RangeError)
  expect(() => requireDelta(undefined)).toThrow(TypeError)
  for (const sigma of [-1, 0, 1]) expect(requireSigma(sigma)).toBe(sigma)
  expect(() => requireSigma(2)).toThrow(new RangeError('sigma must be one of -1, 0, 1, got 2'))
  expect(() => requireSigma('1')).toThrow('got "1"')
})

test('requireOneOf lists what is allowed and requireLength names both lengths', () => {
  expect(requireOneOf('side', 'left', ['left', 'right'])).toBe('left')
  expect(() => requireOneOf('side', 'up', ['left', 'right'])).toThrow('side must be one of "left", "right", got "up"')
  expect(requireLength('q', [1, 2, 3], 3)).toBeUndefined()
  expect(() => requireLength('q', [1, 2], 3)).toThrow(new RangeError('q must have length 3, got 2'))
  expect(() => requireLength('q', null as unknown as number[], 3)).toThrow(TypeError)
  expect(() => requireLength('q', 5 as unknown as number[], 3)).toThrow('q must be an array of 3 numbers, got 5')
})

test('quote shortens what is long, whatever it is', () => {
  for (const value of ['x'.repeat(1e6), 10n ** 5000n, Symbol('s'.repeat(1e6)), new Array(1e6), new Float64Array(1e6)]) {
    expect(quote(value).length).toBeLessThan(100)
  }
  expect(quote('x'.repeat(100))).toBe(`"${'x'.repeat(60)}"... (100 characters)`)
})

test('nearest finds the name that was meant and proposes nothing far away', () => {
  const laws = ['uniform-ball', 'gaussian', 'plummer', 'gaussian-mixture']
  expect(nearest('gausian', laws)).toBe('gaussian')
  expect(nearest('Plumer', laws)).toBe('plummer')
  expect(nearest('uniform_bal', laws)).toBe('uniform-ball')
  expect(nearest('coulomb', laws)).toBeUndefined()
  expect(nearest('', laws)).toBeUndefined()
  expect(nearest('gaussian'.repeat(1e6), laws)).toBeUndefined()
  expect(nearest('x', [])).toBeUndefined()
})

test('nearest counts edits as a search through all edits does', () => {
  // Breadth-first over single insertions, deletions and replacements.
  const edits = (a: string, b: string): number => {
    let [steps, words] = [0, new Set([a])]
    for (; !words.has(b); steps++) {
      const next = new Set<string>()
      for (const word of words) {
        for (let i = 0; i <= word.length; i++) {
          if (i < word.length) next.add(word.slice(0, i) + word.slice(i + 1))
          for (const letter of 'ab') {
            next.add(word.slice(0, i) + letter + word.slice(i))
            if (i < word.length) next.add(word.slice(0, i) + letter + word.slice(i + 1))
          }
        }
      }
      words = next
    }
    return steps
  }
  const words = ['aabab', 'abbba', 'babab', 'bbabaa', 'aaaaa', 'ababb']
  for (const word of words) {
    const others = words.filter(other => other !== word)
    const least = Math.min(...others.map(other => edits(word, other)))
    const found = nearest(word, others)
    if (least > 3 || least >= 0.6 * 5) continue
    expect(edits(word, found!), word).toBe(least)
  }
})

test('a misspelt name is answered with the list and the nearest, by requireOneOf, requireOneOf and requireOptions', () => {
  expect(requireOneOf('law', 'kurth', ['kurth', 'bump'])).toBe('kurth')
  expect(() => requireOneOf('law', 'kurt', ['kurth', 'bump'])).toThrow(
    new RangeError('law must be one of "kurth", "bump", got "kurt"; did you mean "kurth"?'),
  )
  expect(() => requireOneOf('law', 'toString', ['kurth'])).toThrow('got "toString"')
  expect(() => requireOneOf('scheme', 'leapfro', ['leapfrog', 'suzuki4'])).toThrow('did you mean "leapfrog"?')
  const options = { delta: true, N: true } as const
  expect(requireOptions<{ delta: number; N?: number }>('f', { N: 1 }, options)).toBeUndefined()
  expect(() => requireOptions<{ delta: number; N?: number }>('f', { dleta: 1 }, options)).toThrow(
    new RangeError('option of f must be one of "delta", "N", got "dleta"; did you mean "delta"?'),
  )
  for (const none of [null, 1, '', [], undefined, () => 1]) {
    expect(() => requireOptions<{ delta: number; N?: number }>('f', none, options)).toThrow(
      /^options must be an object \{ delta, N \}, got /,
    )
  }
  // @ts-expect-error the list of names must be complete
  requireOptions<{ delta: number; N?: number }>('f', {}, { delta: true })
})
