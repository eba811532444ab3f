import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namesIn } from '../../src/cli/lists.js'
import { json, UsageError } from '../../src/cli/report.js'

describe('json', () => {
  it('writes the numbers that JSON lacks as strings, and all others as numbers', () => {
    const value = {
      delta: Number.POSITIVE_INFINITY,
      low: Number.NEGATIVE_INFINITY,
      missing: Number.NaN,
      x: 0.1,
      n: 1e300,
    }
    expect(JSON.parse(json(value))).toEqual({ delta: 'Infinity', low: '-Infinity', missing: 'NaN', x: 0.1, n: 1e300 })
  })

  it('writes typed arrays as arrays', () => {
    expect(JSON.parse(json({ q: Float64Array.of(1, Number.NaN), n: Uint32Array.of(7) }))).toEqual({
      q: [1, 'NaN'],
      n: [7],
    })
  })

  it('keeps every bit of every number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), x => {
        // JSON has no negative zero.
        expect(JSON.parse(json({ x })).x).toBe(x === 0 ? 0 : x)
      }),
    )
  })
})

describe('a list of names', () => {
  const allowed = ['2.1', '3.4', '6.1'] as const

  it('is read in its order, without repetitions, spaces allowed', () => {
    expect(namesIn('--only', '6.1, 3.4,6.1', allowed)).toEqual(['6.1', '3.4'])
  })

  it.each(['7.7', '', '3.4,', '3.4,,6.1', '3.4 6.1'])('is refused when it is %j', text => {
    expect(() => namesIn('--only', text, allowed)).toThrow(UsageError)
    expect(() => namesIn('--only', text, allowed)).toThrow(/^--only must be a list of 2\.1, 3\.4, 6\.1; got "/)
  })
})
