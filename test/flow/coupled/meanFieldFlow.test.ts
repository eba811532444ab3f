import { describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { estimated } from '../../../src/base/statistics/estimate.js'
import { meanFieldFlow } from '../../../src/flow/coupled/meanFieldFlow.js'
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { plummerLaw } from '../../../src/law/plummerLaw.js'

const law = gaussianLaw()
const Z = law.sample(40, randomStream('mean-field-flow'))
/** F = -a(t) q with a = 1 up to t = 1.1 and 4 after: circles of two frequencies, closed form. */
const swinging: EvolvingField = {
  law,
  kernel: coulombKernel(),
  T: 2,
  method: 'harmonic',
  parameters: {},
  error: estimated(0, 0, 'closed form'),
  scale: 1,
  force: (t, q, out) => {
    for (let k = 0; k < q.length; k++) out[k] = -(t < 1.1 ? 1 : 4) * q[k]!
    return out
  },
}
const worst = (x: Float64Array, y: Float64Array): number => x.reduce((m, v, k) => Math.max(m, Math.abs(v - y[k]!)), 0)

describe('characteristics', () => {
  test('in a harmonic field they are circles', () => {
    const { q, p } = meanFieldFlow(Z, swinging, { to: 1, steps: 400, scheme: 'suzuki4' })
    expect(
      worst(
        q,
        Z.q.map((x, k) => x * Math.cos(1) + Z.p[k]! * Math.sin(1)),
      ),
    ).toBeLessThan(1e-10)
    expect(
      worst(
        p,
        Z.p.map((v, k) => v * Math.cos(1) - Z.q[k]! * Math.sin(1)),
      ),
    ).toBeLessThan(1e-10)
  })

  test('the field is read at its own time: started at 1.2 the frequency is the other one', () => {
    const { q } = meanFieldFlow(Z, swinging, { from: 1.2, to: 2, steps: 400, scheme: 'suzuki4' })
    expect(
      worst(
        q,
        Z.q.map((x, k) => x * Math.cos(1.6) + (Z.p[k]! * Math.sin(1.6)) / 2),
      ),
    ).toBeLessThan(1e-7)
  })

  test('compose: phi_{t,s} o phi_{s,0} = phi_{t,0} to rounding on one grid, and not with another s', () => {
    const field = radialField({ law, kernel: coulombKernel(), T: 2, tolerance: 1e-3 })
    const whole = meanFieldFlow(Z, field, { to: 2, steps: 100 })
    const half = meanFieldFlow(Z, field, { to: 1, steps: 50 })
    const joined = meanFieldFlow(half, field, { from: 1, to: 2, steps: 50 })
    // A hundred steps of numbers below 10, each rounded a few times.
    expect(worst(joined.q, whole.q)).toBeLessThan(1e-12)
    const shifted = meanFieldFlow(half, field, { from: 0, to: 1, steps: 50 })
    expect(worst(shifted.q, whole.q)).toBeGreaterThan(1e-3)
  })

  test('go back the way they came', () => {
    const there = meanFieldFlow(Z, swinging, { to: 1, steps: 30 })
    const back = meanFieldFlow(there, swinging, { from: 1, to: 0, steps: 30 })
    expect(worst(back.q, Z.q)).toBeLessThan(1e-13)
    expect(worst(back.p, Z.p)).toBeLessThan(1e-13)
  })

  test('each particle moves as it would alone (14), and Z is left as it was', () => {
    const before = Z.q.slice()
    const all = meanFieldFlow(Z, swinging, { to: 1, steps: 10 })
    const one = {
      N: 1,
      d: 3,
      q: Float64Array.of(Z.q[7]!, Z.q[47]!, Z.q[87]!),
      p: Float64Array.of(Z.p[7]!, Z.p[47]!, Z.p[87]!),
    }
    expect(Array.from(meanFieldFlow(one, swinging, { to: 1, steps: 10 }).q)).toEqual([all.q[7], all.q[47], all.q[87]])
    expect(Z.q).toEqual(before)
  })

  test('push the initial law forward to the density of the field: radii pass a Kolmogorov-Smirnov test (17)', () => {
    const N = 4000
    const field = radialField({ law, kernel: coulombKernel(), T: 1, tolerance: 1e-3 })
    const moved = meanFieldFlow(law.sample(N, randomStream('push-forward')), field, { to: 1, steps: 40 })
    const distance = (mass: (r: number) => number): number => {
      const radii = Float64Array.from({ length: N }, (_, i) =>
        Math.hypot(moved.q[i]!, moved.q[N + i]!, moved.q[2 * N + i]!),
      ).sort()
      return radii.reduce((m, r, k) => Math.max(m, mass(r) - k / N, (k + 1) / N - mass(r)), 0)
    }
    // P(sqrt(N) D > 1.95) = 0.001 for the Kolmogorov distribution.
    expect(Math.sqrt(N) * distance(r => field.enclosedMass(1, r))).toBeLessThan(1.95)
    // Control: the initial density is told apart.
    expect(Math.sqrt(N) * distance(r => field.enclosedMass(0, r))).toBeGreaterThan(5)
  })

  test('times outside the field and no steps are refused', () => {
    expect(() => meanFieldFlow(Z, swinging, { to: 3, steps: 1 })).toThrow('to must be a number in [0, 2]')
    expect(() => meanFieldFlow(Z, swinging, { from: -1, steps: 1 })).toThrow('from must be')
    expect(() => meanFieldFlow(Z, swinging, { steps: 0 })).toThrow('steps')
  })

  test("Plummer's sphere stays: energies of characteristics in its field are constant", () => {
    const plummer = plummerLaw()
    const field = radialField({ law: plummer, kernel: coulombKernel({ sigma: -1 }), T: 1, tolerance: 1e-2 })
    const start = plummer.sample(30, randomStream('plummer-orbits'))
    const end = meanFieldFlow(start, field, { to: 1, steps: 200, scheme: 'suzuki4' })
    const energy = ({ q, p }: typeof start, i: number): number => {
      const r2 = q[i]! ** 2 + q[30 + i]! ** 2 + q[60 + i]! ** 2
      return (p[i]! ** 2 + p[30 + i]! ** 2 + p[60 + i]! ** 2) / 2 - 1 / Math.sqrt(1 + r2)
    }
    // The field is good to 1e-2 of its largest value 0.385; an orbit passes a length of order 1.
    for (let i = 0; i < 30; i++) expect(Math.abs(energy(end, i) - energy(start, i))).toBeLessThan(6e-3)
  })
})
