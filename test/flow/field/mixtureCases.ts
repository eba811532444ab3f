// Oracles of the solver for smooth laws of several parts at t > 0, by case: the heavy tests take one of each, the
// longest the others.
import { expect } from 'vitest'
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { smoothField } from '../../../src/flow/field/smooth/smoothField.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { customLaw } from '../../../src/law/customLaw.js'
import { type GaussianComponent, gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import type { Law } from '../../../src/law/law.js'
import { backwardForce, type Fineness } from './backwardForce.js'
import { boosted, errorAgainst, type Force, points } from './smoothOracles.js'

export const kernelOf = (sigma: -1 | 0 | 1) => cutoffKernel({ N: 1000, delta: 0.25, sigma })

/** Stated, and the largest found, in units of the largest force. */
export function compare(
  name: string,
  field: EvolvingField,
  times: readonly number[],
  R: number,
  truth: Force,
  n = 2000,
): number {
  const errors = times.map(t => errorAgainst(field, t, points(n, R), truth))
  const found = Math.max(...errors)
  const digits = (x: number) => (x / field.scale).toExponential(2)
  console.log(`${name}: stated ${digits(field.error.high)}, found ${errors.map(digits).join(' ')}`)
  return found
}

const CONCENTRIC = [
  { weight: 0.6, sigmaQ: 1, sigmaP: 0.5 },
  { weight: 0.4, sigmaQ: 0.5, sigmaP: 0.3 },
]
const [CENTER, SPEED] = [
  [0.7, -0.4, 0.2],
  [0.5, 0.3, -0.6],
]
const concentricLaw = gaussianMixtureLaw({
  components: CONCENTRIC.map(part => ({ ...part, meanQ: CENTER, meanP: SPEED })),
})
const rest = (of: readonly GaussianComponent[], sigma: -1 | 1, T: number) =>
  radialField({ law: gaussianMixtureLaw({ components: of }), kernel: kernelOf(sigma), T, tolerance: 1e-5 })

/** Two clusters about one centre, displaced and boosted, have the field of the radial solver. */
export async function concentric(sigma: -1 | 1, T: number, bandwidth: number): Promise<void> {
  const field = await smoothField({
    law: concentricLaw,
    kernel: kernelOf(sigma),
    T,
    resolution: { bandwidth, nodes: 64 },
  })
  const times = [0, 0.25, 0.5, 0.75, 0.9, 1].map(s => s * T)
  const name = `concentric, sigma ${sigma}, T ${T}, bandwidth ${bandwidth}`
  const found = compare(name, field, times, 4, boosted(rest(CONCENTRIC, sigma, T), CENTER, SPEED))
  expect(found).toBeLessThan(field.error.high)
  expect(field.error.high).toBeLessThan(10 * found)
  // The control: the mass of one cluster off by a tenth.
  const other = [
    { ...CONCENTRIC[0]!, weight: 0.56 },
    { ...CONCENTRIC[1]!, weight: 0.44 },
  ]
  const wrong = compare('control', field, times, 4, boosted(rest(other, sigma, T), CENTER, SPEED))
  if (T === 1) expect(wrong).toBeGreaterThan(field.error.high)
}

/**
 * Once they have collapsed under attraction, at T = 2, the stated error is too small, by less than a factor of three.
 */
export async function collapsed(): Promise<void> {
  const field = await smoothField({
    law: concentricLaw,
    kernel: kernelOf(-1),
    T: 2,
    resolution: { bandwidth: 12, nodes: 64 },
  })
  const truth = boosted(rest(CONCENTRIC, -1, 2), CENTER, SPEED)
  const found = compare('concentric, sigma -1, T 2', field, [0, 0.5, 1, 1.5, 1.8, 2], 4, truth)
  // What smoothField and docs/accuracy.md warn of; fieldFor does not take this solver there. Large it is, in any case.
  expect(field.error.high).toBeGreaterThan(0.03 * field.scale)
  expect(found).toBeLessThan(3 * field.error.high)
}

/** A shell, displaced and boosted, has the field of the radial solver. */
export async function displacedShell(sigma: -1 | 1): Promise<void> {
  const resolution = { bandwidth: 12, nodes: 64 } as const
  // f_0 = |q|^4/(15 s^4) times a Gaussian.
  const [s, theta] = [0.5, 0.4]
  const [center, speed] = [
    [0.3, -0.4, 0.2],
    [0.4, 0.3, -0.2],
  ]
  const shell = (c: readonly number[], v: readonly number[]): Law => {
    const inner = gaussianMixtureLaw({ components: [{ weight: 1, meanQ: c, meanP: v, sigmaQ: s, sigmaP: theta }] })
    const outer = gaussianMixtureLaw({
      components: [{ weight: 1, meanQ: c, meanP: v, sigmaQ: Math.SQRT2 * s, sigmaP: theta }],
    })
    const factor = (q: ArrayLike<number>) => (c.reduce((sum, x, a) => sum + (q[a]! - x) ** 2, 0) / s ** 2) ** 2 / 15
    return customLaw({
      name: `shell at ${c.join(' ')}`,
      density: (q, p) => factor(q) * inner.density(q, p),
      spatialDensity: q => factor(q) * inner.spatialDensity(q),
      envelope: { sample: stream => outer.sample(1, stream), density: outer.density, bound: 1.64 },
    })
  }
  const origin = [0, 0, 0]
  const kernel = kernelOf(sigma)
  const field = await smoothField({ law: shell(center, speed), kernel, T: 1, resolution })
  const truth = boosted(radialField({ law: shell(origin, origin), kernel, T: 1, tolerance: 1e-5 }), center, speed)
  const found = compare(`own shell, sigma ${sigma}`, field, [0, 0.5, 1], 3, truth)
  expect(found).toBeLessThan(field.error.high)
  // The spectrum of a shell oscillates, which is taken at its worst; under attraction that counts twice: 14 times what
  // is found, where smooth data should have less than 10 (docs/accuracy.md).
  expect(field.error.high).toBeLessThan((sigma === -1 ? 20 : 10) * found)
  const slower = boosted(radialField({ law: shell(origin, origin), kernel, T: 1, tolerance: 1e-3 }), center, origin)
  expect(compare('control', field, [1], 3, slower)).toBeGreaterThan(field.error.high)
}

/**
 * The default mixture, which has no closed form: the field makes itself when the law is carried by its characteristics,
 * in the middle of the time and at its end.
 */
export async function makesItself(sigma: -1 | 1, bandwidth: number, fineness: Fineness): Promise<void> {
  const field = await smoothField({
    law: gaussianMixtureLaw(),
    kernel: kernelOf(sigma),
    T: 1,
    resolution: { bandwidth, nodes: 64 },
  })
  const q = points(2000, 3)
  const apart = (of: EvolvingField, t: number): number => {
    const { force, mass } = backwardForce(of, t, q, fineness)
    expect(Math.abs(mass - 1)).toBeLessThan(1e-3)
    const made = (x: readonly number[]) => {
      const i = q.indexOf(x[0]!)
      return [force[i]!, force[2000 + i]!, force[4000 + i]!]
    }
    return errorAgainst(field, t, q, (_, x) => made(x))
  }
  const found = [0.5, 1].map(t => apart(field, t))
  const digits = (x: number) => (x / field.scale).toExponential(2)
  console.log(
    `default mixture, sigma ${sigma}: stated ${digits(field.error.high)}, found ${found.map(digits).join(' ')}`,
  )
  expect(Math.max(...found)).toBeLessThan(field.error.high)
  // The control: characteristics of a force that is too large by one part in fifty.
  const stronger: EvolvingField = {
    ...field,
    force: (t, x, out) => field.force(t, x, out).map((f, i) => (out[i] = 1.02 * f)),
  }
  expect(apart(stronger, 1)).toBeGreaterThan(field.error.high)
}
