import { describe, expect, it } from 'vitest'
import { errorBudget } from '../../../src/flow/coupled/errorBudget.js'
import { evolvingField } from '../../../src/flow/field/evolveField.js'
import { fieldSolverOf } from '../../../src/flow/field/fieldFor.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { customLaw } from '../../../src/law/customLaw.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'

const normal = gaussianLaw()
const kernel = coulombKernel()
const radial = normal.radial!
const spatialDensity = (q: ArrayLike<number>): number => normal.spatialDensity(q)

/** The normal law as a user would bring it; `stretch` of the momenta along one axis, which keeps rho radial. */
const own = (stretch: number, symmetric: boolean) =>
  customLaw({
    name: 'own',
    density: (q, p) => stretch * normal.density(q, [stretch * p[0]!, p[1]!, p[2]!]),
    envelope: {
      sample: stream => {
        const Z = normal.sample(1, stream)
        Z.p[0] = Z.p[0]! / stretch
        return Z
      },
      density: (q, p) => stretch * normal.density(q, [stretch * p[0]!, p[1]!, p[2]!]),
      bound: 1 + 1e-9,
    },
    spatialDensity,
    ...(symmetric ? { radial } : {}),
  })

describe('the solver of a mean field', () => {
  it('is the radial one for a law that says it is symmetric and is', () => {
    expect(fieldSolverOf(own(1, true), kernel)).toBe('radial')
    expect(fieldSolverOf(normal, kernel)).toBe('radial')
  })

  it('is the grid where positions alone are symmetric, or nothing is said', () => {
    expect(fieldSolverOf(own(2, true), kernel)).toBe('grid')
    expect(fieldSolverOf(own(1, false), kernel)).toBe('grid')
  })

  it('is that for smooth laws for a sum of Gaussians, under attraction before they collapse, the grid later', () => {
    expect(fieldSolverOf(gaussianMixtureLaw(), kernel)).toBe('smooth')
    // rho is at most 0.102: the square of the frequency is 0.426, the unit of time 1.53.
    expect(fieldSolverOf(gaussianMixtureLaw(), coulombKernel({ sigma: -1 }), 1.5)).toBe('smooth')
    expect(fieldSolverOf(gaussianMixtureLaw(), coulombKernel({ sigma: -1 }), 1.6)).toBe('grid')
    expect(fieldSolverOf(gaussianMixtureLaw(), coulombKernel({ sigma: -1 }))).toBe('grid')
  })

  it('gives for the own law the field of the built-in one', async () => {
    const at = [0.5, 1, 0, 0, 2, 0.1, 0.3, 0, 1]
    const force = (field: { force(t: number, q: Float64Array, out: Float64Array): Float64Array }): number[] =>
      Array.from(field.force(0.5, Float64Array.from(at), new Float64Array(9)))
    const field = await evolvingField({ law: own(1, true), kernel, T: 0.5, tolerance: 1e-4 })
    expect(field.method).toMatch(/radial/)
    const known = force(radialField({ law: normal, kernel, T: 0.5, tolerance: 1e-6 }))
    for (const [i, value] of force(field).entries())
      expect(Math.abs(value - known[i]!)).toBeLessThan(2e-4 * field.scale)
    // The control: with a law a tenth wider another force.
    const wider = force(radialField({ law: gaussianLaw({ sigmaQ: 1.1 }), kernel, T: 0.5, tolerance: 1e-4 }))
    expect(Math.abs(wider[0]! - known[0]!)).toBeGreaterThan(1e-2 * field.scale)
  })
})

describe('the sentence of the error budget', () => {
  const parts = { step: 0.019, force: 0, sampled: 10, field: 0.019, fieldMethod: 'x' }
  it('names the sum that is above what is allowed, and the options that lower it', () => {
    expect(errorBudget({ ...parts, limit: 0.02 }).summary).toMatch(
      /EXCEEDED: step 1\.9 %.*together 3\.8 %.*allowed 2\.0 %.*`steps`.*`tolerance`.*`fieldTolerance`/,
    )
    expect(errorBudget({ ...parts, limit: 0.04 }).summary).toMatch(/^error budget kept/)
  })
})
