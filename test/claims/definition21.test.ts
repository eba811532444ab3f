import { expect, test } from 'vitest'
import { searchForceInBall, searchGradient } from '../../src/attacks/section2/definition21Attack.js'
import { randomStream } from '../../src/base/random.js'
import { exact } from '../../src/base/statistics/estimate.js'
import type { ClaimRecord } from '../../src/claims/core/claim.js'
import { measureClaim } from '../../src/claims/core/measureClaim.js'
import { type Definition21Spec, definition21 } from '../../src/claims/section2/definition21.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { kernelGradient } from '../../src/interaction/kernel.js'
import { powerKernel } from '../../src/interaction/powerKernel.js'

const spec: Definition21Spec = { profile: 'truncated', N: 1000, delta: 1 / 3, alpha: 2, d: 3 }
const truncated: ClaimRecord<Definition21Spec> = await measureClaim(definition21, spec, 'test')
const spline: ClaimRecord<Definition21Spec> = await measureClaim(
  definition21,
  { ...spec, profile: 'cubicSpline' },
  'test',
)
const plummer: ClaimRecord<Definition21Spec> = await measureClaim(definition21, { ...spec, profile: 'plummer' }, 'test')

test('kernel (4) has c = 1 in iii) and iv), and Coulomb 2, sqrt 6 and (1 + 3 sqrt 3)/2 in i)', () => {
  const sharp = Object.fromEntries(truncated.constants.map(c => [c.name, c.sharp.value]))
  expect(sharp.forceInside).toBeCloseTo(1, 13)
  expect(sharp.gradientInside).toBeCloseTo(1, 13)
  expect(sharp.gradientInsideMaximum).toBeCloseTo(1, 13)
  expect(sharp.gradient).toBe(2)
  expect(sharp.gradientMaximum).toBeCloseTo(0.5 * (1 + 3 * Math.sqrt(3)), 13)
  // Frobenius, from the matrix itself.
  const gradient = kernelGradient(powerKernel({ alpha: 2 }), [0.6, 0, 0.8], new Float64Array(9))
  expect(Math.hypot(...gradient)).toBeCloseTo(truncated.measured.gradientFrobenius!.value, 13)
})

test('the search meets every constant to 1e-6 from below', () => {
  for (const { constants } of [truncated, spline, plummer]) {
    for (const { sharp, attacked } of constants) {
      expect(attacked.value).toBeLessThanOrEqual(sharp.value * (1 + 1e-11))
      expect(attacked.value).toBeGreaterThanOrEqual(sharp.value * (1 - 1e-6))
    }
  }
})

test('the closed forms of i) hold for other exponents and dimensions', () => {
  for (const [alpha, d] of [
    [1, 2],
    [0.5, 3],
  ] as const) {
    const kernel = powerKernel({ alpha, d })
    for (const norm of ['euclidean', 'maximum'] as const) {
      const sharp = definition21.formulas[norm]!.evaluate({ alpha, d })
      const found = searchGradient(kernel, 1, norm, 'relative', randomStream(`${alpha}/${d}/${norm}`)).estimate.value
      expect(found).toBeLessThanOrEqual(sharp * (1 + 1e-12))
      expect(found).toBeGreaterThanOrEqual(sharp * (1 - 1e-6))
    }
  }
})

test('the search finds a force that is 1 % too large, and the kink just outside the ball when the ball is too large', () => {
  const kernel = cutoffKernel({ N: 1000, delta: 1 / 3 })
  const louder = { ...kernel, magnitude: (r: number) => 1.01 * kernel.magnitude(r) }
  expect(searchForceInBall(louder, 0.1, randomStream('louder')).estimate.value).toBeGreaterThan(1.009)
  const beyond = searchGradient(kernel, 0.11, 'euclidean', 'ball', randomStream('beyond')).estimate.value
  // In a ball of radius 1.1 r_c the slope 2 just outside the cut-off counts: the derivative is bounded by N^(3 delta)
  // inside only.
  expect(beyond / 1.1 ** 3).toBeGreaterThan(1.9)
})

test('the verdict follows from the records', () => {
  const verdict = definition21.judge([truncated, spline, plummer])
  expect(verdict).toMatchObject({ status: 'holds', basis: 'derivation' })
  expect(verdict.reason).toMatch(/cubicSpline they hold with \$c=1\.2423\$ in iii\) and \$c=2\.5000\$/)
  expect(verdict.reason).toMatch(/plummer fails ii\)/)
  const forge = (name: string, value: number): ClaimRecord<Definition21Spec> => ({
    ...truncated,
    constants: truncated.constants.map(c => (c.name === name ? { ...c, attacked: exact(value, 'forged') } : c)),
  })
  expect(definition21.judge([forge('forceInside', 1.001)]).status).toBe('fails as printed')
  expect(definition21.judge([forge('gradientInsideMaximum', 1.001)]).status).toBe('fails as printed')
  expect(definition21.judge([forge('forceInside', 0.9)]).status).toBe('not contradicted at these N')
  expect(definition21.judge([forge('gradient', 2.1)]).status).toBe('not contradicted at these N')
  const moved = { ...plummer, hypotheses: truncated.hypotheses }
  expect(definition21.judge([moved])).toMatchObject({ status: 'fails as printed' })
  expect(definition21.judge([moved]).reason).toMatch(/ii\) is violated/)
  expect(definition21.judge([spline]).status).toBe('not testable at these N')
})

test('a bad spec is refused by name', async () => {
  await expect(measureClaim(definition21, { ...spec, d: 1 }, '1')).rejects.toThrow(/d must be/)
  await expect(measureClaim(definition21, { ...spec, alpha: 0 }, '1')).rejects.toThrow(/alpha must be/)
  await expect(measureClaim(definition21, { ...spec, alpha: 3.5 }, '1')).rejects.toThrow(/alpha must be/)
  await expect(measureClaim(definition21, { ...spec, N: 0 }, '1')).rejects.toThrow(/N must be/)
})
