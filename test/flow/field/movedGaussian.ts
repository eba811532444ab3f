// An oracle of the solver for smooth laws that it has no part in: a Galilei boost of the radial solver's solution.
import { expect, test } from 'vitest'
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { smoothField } from '../../../src/flow/field/smooth/smoothField.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import { boosted, errorAgainst, points } from './smoothOracles.js'

const [center, speed] = [
  [0.7, -0.4, 0.2],
  [0.5, 0.3, -0.6],
] as const

/** A displaced and boosted Gaussian has the field of the one at rest, moved, within the stated error. */
export function movedGaussian(T: number, sigma: -1 | 1): void {
  test(`up to T = ${T} with sigma = ${sigma} has the field of the one at rest, moved, within the stated error, which is at most ten times too large`, async () => {
    const kernel = cutoffKernel({ N: 1000, delta: 0.25, sigma })
    const spread = { sigmaQ: 0.8, sigmaP: 0.5 }
    const law = gaussianMixtureLaw({ components: [{ weight: 1, meanQ: center, meanP: speed, ...spread }] })
    const field = await smoothField({ law, kernel, T, missed: 'report' })
    const rest = radialField({ law: gaussianLaw(spread), kernel, T, tolerance: 1e-7 })
    const error = (of: EvolvingField): number =>
      Math.max(...[0, 0.37, 0.8, 1].map(s => errorAgainst(field, s * T, points(2000, 4), boosted(of, center, speed))))
    const truth = error(rest)
    expect(truth).toBeLessThan(field.error.high)
    expect(field.error.high).toBeLessThan(10 * truth)
    if (sigma === 1) expect(field.error.high).toBeLessThan(2e-4 * field.scale)
    // The control: a Gaussian that is a hundredth wider lies outside.
    const wider = radialField({ law: gaussianLaw({ ...spread, sigmaQ: 0.808 }), kernel, T, tolerance: 1e-7 })
    expect(error(wider)).toBeGreaterThan(field.error.high)
  })
}
