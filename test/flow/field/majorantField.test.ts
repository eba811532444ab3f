import { describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { estimated } from '../../../src/base/statistics/estimate.js'
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { majorantField, radialConvolution } from '../../../src/flow/field/majorantField.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { extremalMajorant, lipschitzMajorant } from '../../../src/interaction/lipschitzMajorant.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import type { Law } from '../../../src/law/law.js'
import { majorantConvolution } from '../../../src/law/meanField/majorantConvolution.js'
import { uniformBallLaw } from '../../../src/law/uniformBallLaw.js'

/** A field that knows the law's own density at all times. */
const still = (law: Law): EvolvingField => ({
  law,
  kernel: coulombKernel(),
  T: 1,
  method: 'still',
  parameters: {},
  error: estimated(0, 0, 'none'),
  scale: 1,
  force: (_t, _q, out) => out.fill(0),
  density: (_t, q) => law.spatialDensity(q),
})

describe('l*rho along a radial field', () => {
  const N = 10_000
  test.each([
    ['a Gaussian', gaussianLaw()],
    ['a uniform ball', uniformBallLaw()],
  ])('%s: agrees with averages over spheres', (_name, law) => {
    const majorant = lipschitzMajorant({ N, delta: 0.25 })
    const oracle = majorantConvolution(law, majorant)
    const { q } = law.sample(50, randomStream('majorant-field'))
    const values = majorantField(still(law), majorant)!(0.5, q)
    for (let i = 0; i < 50; i++) {
      const r = Math.hypot(q[i]!, q[50 + i]!, q[100 + i]!)
      // The cubic in the table costs 1e-3 where the density jumps (docblock), far less elsewhere.
      expect(Math.abs(values[i]! / oracle.radial!(r).value - 1)).toBeLessThan(1e-3)
    }
  })

  test('at the centre of the uniform ball it is rho_0 (36 pi A + 216 pi log(1/a)), a = 3 N^-delta', () => {
    const majorant = lipschitzMajorant({ N: 1e6, delta: 0.3, version: 'printed' })
    const a = 3 * 1e6 ** -0.3
    const rho0 = 3 / (4 * Math.PI)
    const value = radialConvolution(s => (s < 1 ? rho0 : 0), majorant, 0, 1, [1])
    expect(value / (rho0 * (36 * Math.PI + 216 * Math.PI * Math.log(1 / a)))).toBeCloseTo(1, 10)
  })

  test('control: another majorant gives another value', () => {
    const law = gaussianLaw()
    const q = Float64Array.of(1, 0, 0)
    const one = majorantField(still(law), lipschitzMajorant({ N, delta: 0.25 }))!(0, q)[0]!
    const other = majorantField(still(law), extremalMajorant({ N, gamma: 0.25 }))!(0, q)[0]!
    expect(Math.abs(one / other - 1)).toBeGreaterThan(0.1)
  })

  test('a law that is not radial has none', () => {
    const law = gaussianMixtureLaw({
      components: [
        { weight: 0.5, meanQ: [1, 0, 0] },
        { weight: 0.5, meanQ: [-1, 0, 0] },
      ],
    })
    expect(majorantField(still(law), lipschitzMajorant({ N, delta: 0.25 }))).toBeUndefined()
  })
})
