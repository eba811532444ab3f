import { describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { logLogSlope } from '../../../src/base/statistics/statistics.js'
import { coupledFlow } from '../../../src/flow/coupled/coupledFlow.js'
import { meanFieldFlow } from '../../../src/flow/coupled/meanFieldFlow.js'
import { type ParticleField, particleField } from '../../../src/flow/field/particleField.js'
import { maximumDifference } from '../../../src/flow/micro/invariants.js'
import { microscopicFlow } from '../../../src/flow/micro/microscopicFlow.js'
import { gyration, type MagneticField } from '../../../src/flow/step/gyration.js'
import { langevinNoise } from '../../../src/flow/step/langevinNoise.js'
import { type Acceleration, particleStepper } from '../../../src/flow/step/particleStepper.js'
import { restore, snapshot } from '../../../src/flow/step/snapshot.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'

const still: Acceleration = (_t, _q, out) => out.fill(0)
const OMEGA: MagneticField = [0.3, -1.1, 0.7]
const one = (q: readonly number[], p: readonly number[]) => ({
  N: 1,
  d: 3,
  q: Float64Array.from(q),
  p: Float64Array.from(p),
})

/** y' = f(y) by the classical Runge-Kutta method, which knows nothing of rotations. */
function rungeKutta(f: (y: readonly number[]) => number[], y: readonly number[], T: number, steps: number): number[] {
  const h = T / steps
  const along = (x: readonly number[], k: readonly number[], w: number): number[] => x.map((v, i) => v + w * k[i]!)
  let at = [...y]
  for (let n = 0; n < steps; n++) {
    const a = f(at)
    const b = f(along(at, a, h / 2))
    const c = f(along(at, b, h / 2))
    const d = f(along(at, c, h))
    at = at.map((v, i) => v + (h / 6) * (a[i]! + 2 * b[i]! + 2 * c[i]! + d[i]!))
  }
  return at
}

/** (p, p x Omega + F(q)). */
const lorentz =
  (w: MagneticField, F: (q: readonly number[]) => readonly number[] = () => [0, 0, 0]) =>
  (y: readonly number[]): number[] => {
    const [x, v] = [y.slice(0, 3), y.slice(3)]
    const f = F(x)
    return [
      ...v,
      v[1]! * w[2] - v[2]! * w[1] + f[0]!,
      v[2]! * w[0] - v[0]! * w[2] + f[1]!,
      v[0]! * w[1] - v[1]! * w[0] + f[2]!,
    ]
  }

describe('free motion in a magnetic field', () => {
  const q = [0.2, -0.4, 1]
  const p = [1.1, 0.5, -0.6]

  test('is what the equation q" = q\' x Omega gives, in one step', () => {
    const [Q, P] = [Float64Array.from(q), Float64Array.from(p)]
    gyration(OMEGA, 1.9)(Q, P)
    const exact = rungeKutta(lorentz(OMEGA), [...q, ...p], 1.9, 2000)
    expect(maximumDifference(Float64Array.of(...Q, ...P), Float64Array.from(exact))).toBeLessThan(1e-12)
    // Control: the field turned round is another motion.
    const other = rungeKutta(lorentz([-0.3, 1.1, -0.7]), [...q, ...p], 1.9, 2000)
    expect(maximumDifference(Float64Array.of(...Q, ...P), Float64Array.from(other))).toBeGreaterThan(0.5)
  })

  test('is a cyclotron orbit: after a turn only the motion along the field is left, and the speed stays', () => {
    const rate = Math.hypot(...OMEGA)
    const T = (2 * Math.PI) / rate
    const [Q, P] = [Float64Array.from(q), Float64Array.from(p)]
    gyration(OMEGA, T)(Q, P)
    const along = (p[0]! * OMEGA[0] + p[1]! * OMEGA[1] + p[2]! * OMEGA[2]) / rate ** 2
    for (let k = 0; k < 3; k++) {
      expect(P[k]).toBeCloseTo(p[k]!, 13)
      expect(Q[k]).toBeCloseTo(q[k]! + T * along * OMEGA[k]!, 13)
    }
  })

  test('goes over into straight lines as the field vanishes, without loss of digits', () => {
    for (const rate of [0, 1e-200, 1e-12]) {
      const [Q, P] = [Float64Array.from(q), Float64Array.from(p)]
      gyration([0, rate, 0], 0.5)(Q, P)
      for (let k = 0; k < 3; k++) {
        expect(Math.abs(Q[k]! - q[k]! - 0.5 * p[k]!)).toBeLessThan(1e-12)
        expect(Math.abs(P[k]! - p[k]!)).toBeLessThan(2e-12)
      }
    }
  })

  test('is refused with the argument named', () => {
    const Z = one(q, p)
    const stepper = (options: object) => () => particleStepper(Z, { acceleration: still, T: 1, steps: 2, ...options })
    expect(() => gyration([0, Number.NaN, 0], 1)).toThrow(/magnetic\[1\] must be a finite number, got NaN/)
    expect(stepper({ magnetic: [0, 1] })).toThrow(/magnetic must be three numbers/)
    expect(stepper({ magnetic: 1 })).toThrow(/magnetic must be three numbers/)
    const noise = langevinNoise({ key: 'gyration', N: 1, d: 3, diffusion: 1, T: 1, resolution: 2 })
    expect(stepper({ magnetic: OMEGA, noise })).toThrow(/magnetic must not be given together with noise/)
    const line = { N: 1, d: 1, q: Float64Array.of(0), p: Float64Array.of(1) }
    expect(() => particleStepper(line, { acceleration: still, T: 1, steps: 2, magnetic: OMEGA })).toThrow(/R\^3/)
  })
})

describe('a step with forces in a magnetic field', () => {
  const trap = (t: readonly number[]): number[] => t.map(x => -4 * x)
  const trapped: Acceleration = (_t, q, out) => out.set(q.map(x => -4 * x))
  const q = [0.8, 0.1, -0.3]
  const p = [0.2, 0.9, 0.4]

  test('has order 2 with leapfrog and 4 with Suzuki’s composition', () => {
    const exact = Float64Array.from(rungeKutta(lorentz(OMEGA, trap), [...q, ...p], 1, 4000))
    for (const [scheme, order] of [
      ['leapfrog', 2],
      ['suzuki4', 4],
    ] as const) {
      const steps = [16, 32, 64, 128]
      const errors = steps.map(count => {
        const stepper = particleStepper(one(q, p), {
          ...{ acceleration: trapped, T: 1, steps: count, scheme, magnetic: OMEGA },
        })
        stepper.advanceSync(count)
        return maximumDifference(Float64Array.of(...stepper.Z.q, ...stepper.Z.p), exact)
      })
      expect(Math.abs(logLogSlope(steps, errors).slope + order)).toBeLessThan(0.1)
    }
  })

  test('drifts by E x B: in a constant force a turn later the particle has moved by T F x Omega/|Omega|^2, and T^2/2 along', () => {
    const w: MagneticField = [0, 0, 2]
    const F = [0.3, -0.2, 0.1]
    const T = Math.PI
    const steps = 4096
    const stepper = particleStepper(one(q, p), {
      acceleration: (_t, _q, out) => out.set(F),
      ...{ T, steps, magnetic: w },
    })
    stepper.advanceSync(steps)
    const drift = [(F[1]! * w[2]) / 4, (-F[0]! * w[2]) / 4]
    expect(stepper.Z.q[0]! - q[0]!).toBeCloseTo(T * drift[0]!, 6)
    expect(stepper.Z.q[1]! - q[1]!).toBeCloseTo(T * drift[1]!, 6)
    expect(stepper.Z.q[2]! - q[2]!).toBeCloseTo(T * p[2]! + (F[2]! * T * T) / 2, 6)
  })

  test('of N particles keeps the canonical angular momentum to rounding, and not the kinetic one', async () => {
    const Z = gaussianLaw().sample(40, randomStream('gyration/canonical'))
    const w = 1.3
    const run = await microscopicFlow(Z, coulombKernel({ sigma: -1 }), {
      ...{ T: 1, steps: 50, magnetic: [0, 0, w], threads: 1 },
    })
    const angular = ({ N, q, p }: typeof Z, canonical: number): number => {
      let sum = 0
      for (let i = 0; i < N; i++) {
        const [x, y] = [q[i]!, q[N + i]!]
        sum += x * p[N + i]! - y * p[i]! + canonical * 0.5 * w * (x * x + y * y)
      }
      return sum / N
    }
    expect(run.magnetic).toEqual([0, 0, w])
    expect(Math.abs(angular(run.final, 1) - angular(Z, 1))).toBeLessThan(1e-13)
    expect(Math.abs(angular(run.final, 0) - angular(Z, 0))).toBeGreaterThan(1e-2)
  })

  test('goes on from a snapshot to the bit, which says that it has a field', () => {
    const options = { acceleration: trapped, T: 1, steps: 20, magnetic: OMEGA }
    const [whole, begun] = [particleStepper(one(q, p), options), particleStepper(one(q, p), options)]
    whole.advanceSync(20)
    begun.advanceSync(9)
    const bytes = snapshot(begun)
    const resumed = restore(bytes, trapped)
    resumed.advanceSync(11)
    expect(resumed.magnetic).toEqual(OMEGA)
    expect([...resumed.Z.q, ...resumed.Z.p]).toEqual([...whole.Z.q, ...whole.Z.p])
    // What knows version 1 only must not read it as a run without a field.
    expect(bytes[7]).toBe(2)
    expect(snapshot(particleStepper(one(q, p), { acceleration: trapped, T: 1, steps: 20 }))[7]).toBe(1)
  })
})

describe('both flows in a magnetic field', () => {
  // Fast particles: without the field the cloud would fly apart, with it it stays across the field.
  const law = gaussianLaw({ sigmaP: 3 })
  const magnetic: MagneticField = [0, 0, 10]
  const N = 1024
  const delta = 0.25
  const kernel = cutoffKernel({ N, delta })

  test('stay close with the field of particles that feel it, which is another than that of particles that do not', async () => {
    const grid = { T: 1, steps: 40 }
    const common = { law, N, delta, T: 1, seed: 1, steps: 40, outputs: 4, magnetic, majorant: 'omit' } as const
    const field = await particleField(law, kernel, { ...grid, M: 8192, seed: 2, magnetic })
    const run = await coupledFlow({ ...common, field })
    const plain = await particleField(law, kernel, { ...grid, M: 8192, seed: 2 })
    expect(field.parameters.magnetic).toBe('0, 0, 10')
    expect(run.parameters.magnetic).toBe('0, 0, 10')
    expect(run.columns.supPosition.at(-1)).toBeLessThan(N ** -delta)
    // The field is another one than that of particles that fly apart: the pull on a ring, averaged, against another
    // throw.
    const points = 64
    const angle = (k: number): number => (2 * Math.PI * k) / points
    const ring = Float64Array.from({ length: 3 * points }, (_, k) =>
      k < points ? 2 * Math.cos(angle(k)) : k < 2 * points ? 2 * Math.sin(angle(k)) : 0,
    )
    const pull = (of: ParticleField): number =>
      of.force(1, ring, new Float64Array(3 * points)).reduce((sum, f, k) => sum + (f * ring[k]!) / (2 * points), 0)
    const again = await particleField(law, kernel, { ...grid, M: 8192, seed: 5, magnetic })
    expect(Math.abs(pull(field) - pull(plain))).toBeGreaterThan(5 * Math.abs(pull(field) - pull(again)))
  })

  test('need a field that knows it, and refuse one together with noise', async () => {
    const common = { law, N: 16, delta, T: 1, seed: 1, magnetic } as const
    await expect(coupledFlow(common)).rejects.toThrow(/magnetic needs a field that knows it/)
    await expect(coupledFlow({ ...common, noise: { diffusion: 1 } })).rejects.toThrow(/magnetic must not be given/)
  })

  test('are reversed by reversing the field: Phi there and back is the identity', async () => {
    const field = await particleField(law, kernel, { T: 0.5, steps: 10, M: 512, seed: 3, magnetic })
    const Z = law.sample(20, randomStream('gyration/back'))
    const there = meanFieldFlow(Z, field, { steps: 10, magnetic })
    const back = meanFieldFlow(there, field, { from: 0.5, to: 0, steps: 10, magnetic })
    expect(maximumDifference(back.q, Z.q)).toBeLessThan(1e-12)
    expect(maximumDifference(there.q, meanFieldFlow(Z, field, { steps: 10 }).q)).toBeGreaterThan(0.1)
  })
})
