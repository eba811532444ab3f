import { expect, test } from 'vitest'
import { restOfSpectrum } from '../../../src/flow/field/smooth/smoothSolve.js'

/** Three shells of width 1 of a spectrum whose part beyond kappa is rest(kappa), before kappa. */
const shells = (rest: (kappa: number) => number, kappa: number): [number, number, number] => {
  const shell = (k: number) => rest(k - 1) - rest(k)
  return [shell(kappa), shell(kappa - 1), shell(kappa - 2)]
}

test('what is said of the rest of a spectrum bounds it, for Gaussians and for slower falls, by less than a factor of ten', () => {
  for (const [rest, kappas] of [
    [(k: number) => Math.exp((-k * k) / 2), [4, 5, 6]],
    [(k: number) => Math.exp(-1.5 * k), [4, 6, 8]],
    [(k: number) => Math.exp(-k), [4, 6, 8]],
    [(k: number) => Math.exp(-3 * Math.sqrt(k)), [5, 7, 9]],
  ] as const) {
    for (const kappa of kappas) {
      const found = restOfSpectrum(...shells(rest, kappa))
      expect(found).toBeGreaterThan(rest(kappa))
      // A Gaussian's next shell is smaller by far than any geometric series has it; with the last ratio it is no
      // larger.
      const [last, before] = shells(rest, kappa)
      const series = (last * (last / before)) / (1 - last / before)
      expect(found).toBeLessThan(rest(1) === Math.exp(-0.5) ? 1.01 * series : 10 * rest(kappa))
    }
  }
  // The control: the geometric series alone is less than the rest of a fall that grows slower.
  const slow = (k: number) => Math.exp(-3 * Math.sqrt(k))
  const [last, before] = shells(slow, 5)
  expect((last * (last / before)) / (1 - last / before)).toBeLessThan(slow(5))
})

test('where there is nothing, nothing is left out; where nothing falls, nine times the last shell', () => {
  expect(restOfSpectrum(0, 0, 0)).toBe(0)
  expect(restOfSpectrum(1, 1, 1)).toBeCloseTo(9, 12)
  expect(restOfSpectrum(1, 0, 0)).toBeCloseTo(9, 12)
  // A zero in the middle is none of the fall: a hundredth in two shells is a tenth in each, of which the root is taken.
  expect(restOfSpectrum(0.01, 0, 1)).toBeCloseTo((0.01 * Math.sqrt(0.1)) / (1 - Math.sqrt(0.1)), 12)
})
