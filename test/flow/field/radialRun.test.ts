import { expect, test } from 'vitest'
import { modeRecurrence } from '../../../src/flow/field/radial/radialModes.js'
import { radialOperator } from '../../../src/flow/field/radial/radialOperator.js'
import { radialRun } from '../../../src/flow/field/radial/radialRun.js'
import { type SchemeName, symplecticScheme } from '../../../src/flow/step/symplecticScheme.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'

/**
 * The moments at T = 2 of a coarse attractive run: the system of ordinary differential equations itself, no truth of
 * the law.
 */
function momentsAt(scheme: SchemeName, steps: number): Float64Array {
  const kernel = coulombKernel({ sigma: -1 })
  const modes = modeRecurrence(10, 3)
  const run = radialRun({
    nodes: gaussianLaw().phaseNodes!({ d: 3, n: 14, tail: 1e-6 }),
    modes,
    operator: radialOperator(kernel, modes, 6, 64),
    sigma: -1,
    length: 6,
    scheme: symplecticScheme(scheme),
    T: 2,
    steps,
  })
  for (;;) {
    const { done, value } = run.next()
    if (done === true) return value.modes.slice(steps * 10)
  }
}

test('the time step converges at the order of the scheme, and a lower order is told apart', () => {
  const reference = momentsAt('yoshida6', 64)
  const error = (scheme: SchemeName, steps: number): number =>
    Math.max(...momentsAt(scheme, steps).map((c, n) => Math.abs(c - reference[n]!)))
  const order = (scheme: SchemeName): number => Math.log2(error(scheme, 8) / error(scheme, 16))
  // Half an order: the next term of the expansion at these steps.
  expect(Math.abs(order('leapfrog') - 2)).toBeLessThan(0.5)
  expect(Math.abs(order('yoshida4') - 4)).toBeLessThan(0.5)
  expect(Math.abs(order('yoshida6') - 6)).toBeLessThan(0.5)
})
