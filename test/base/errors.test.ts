import { expect, test } from 'vitest'
import {
  quote,
  requireDelta,
  requireInteger,
  requireLength,
  requireN,
  requireNumber,
  requireOneOf,
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
