// A profile of the cut-off: its file, from which the list is made, and its test.

/** @param {string} name of the profile, in camelCase */
export function kernelFiles(name) {
  return {
    files: {
      [`src/interaction/profiles/${name}.ts`]: `/**
 * The profile ${name}: what it is good for.
 */
import { localProfile } from './localProfile.js'
import type { ProfileRecord } from './profile.js'

/** g(s) = ..., with the reason why g <= s^-alpha. */
export const ${name}: ProfileRecord = {
  title: '${name}',
  local: true,
  smoothness: 0,
  build(alpha) {
    const tex = '' // FILL IN: TeX of g(s)
    const value = (s: number): number => s * Number.NaN // FILL IN: g(s) for 0 <= s <= 1, with g(1) = 1
    const slope = (s: number): number => s * Number.NaN // FILL IN: g'(s)
    return { tex, ...localProfile(alpha, value, slope) }
  },
}
`,
      [`test/interaction/profiles/${name}.test.ts`]: `// What is known of the profile ${name} in closed form. The test of every profile (everyProfile.test.ts) has taken it too.
import { expect, test } from 'vitest'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'

test('the profile ${name} is the pure force from the cut-off radius on, and bounded inside', () => {
  const kernel = cutoffKernel({ N: 16, delta: 0.25, profile: '${name}' })
  expect(kernel.magnitude(0.5)).toBeCloseTo(4, 12)
  expect(kernel.magnitude(0.25)).toBeLessThanOrEqual(16)
  expect(kernel.tex).not.toMatch(/=\\s*$/)
})
`,
    },
    next: [
      'fill in the three lines, then: npm test -- test/interaction/profiles',
      'npx mfl ensemble schema > data/schema/plan.schema.json, which lists the names of profiles',
      'its name is known everywhere at once: cutoffKernel, mfl flow --profile, plans, figures and claims that go over all profiles',
    ],
  }
}
