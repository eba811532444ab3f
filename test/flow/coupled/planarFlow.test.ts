import { afterAll, describe, expect, test } from 'vitest'
import type { Configuration } from '../../../src/base/configuration.js'
import type { Sigma } from '../../../src/base/errors.js'
import { randomStream } from '../../../src/base/random.js'
import { coupledFlow } from '../../../src/flow/coupled/coupledFlow.js'
import { meanFieldFlow } from '../../../src/flow/coupled/meanFieldFlow.js'
import { initialConfiguration, type System, system } from '../../../src/flow/coupled/system.js'
import { evolvingField } from '../../../src/flow/field/evolveField.js'
import { particleField } from '../../../src/flow/field/particleField.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { microscopicFlow } from '../../../src/flow/micro/microscopicFlow.js'
import { closeForcePool } from '../../../src/forces/forcePool.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { customLaw } from '../../../src/law/customLaw.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import type { CustomLaw } from '../../../src/law/law.js'

afterAll(closeForcePool)

const planar = gaussianLaw({ d: 2 })
const largest = (x: ArrayLike<number>): number => Math.max(...Array.from(x, Math.abs))
const apart = (x: Float64Array, y: ArrayLike<number>): number => largest(x.map((v, k) => v - y[k]!))
const start = (own: System): Configuration => initialConfiguration(own)

/** sigma q/|q|^2 with its cut-off (4) in the plane, by its definition: over max(|q|, N^-delta)^2. */
const force = (x: number, y: number, radius: number, sigma: number): [number, number] => {
  const square = Math.max(x * x + y * y, radius * radius)
  return [(sigma * x) / square, (sigma * y) / square]
}

/** Forces of all pairs, by plain loops. */
function pairs(q: ArrayLike<number>, N: number, radius: number, sigma: number): Float64Array {
  const out = new Float64Array(2 * N)
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) {
      if (i === j) continue
      const [x, y] = force(q[i]! - q[j]!, q[N + i]! - q[N + j]!, radius, sigma)
      out[i] = out[i]! + x / N
      out[N + i] = out[N + i]! + y / N
    }
  }
  return out
}

/** Classical Runge-Kutta of q' = p, p' = F(q). */
function rungeKutta(Z: Configuration, F: (q: Float64Array) => Float64Array, T: number, steps: number): Configuration {
  let [q, p] = [Z.q.slice(), Z.p.slice()]
  const h = T / steps
  const plus = (x: Float64Array, y: Float64Array, w: number): Float64Array => x.map((v, k) => v + w * y[k]!)
  for (let n = 0; n < steps; n++) {
    const [q1, p1] = [p, F(q)]
    const [q2, p2] = [plus(p, p1, h / 2), F(plus(q, q1, h / 2))]
    const [q3, p3] = [plus(p, p2, h / 2), F(plus(q, q2, h / 2))]
    const [q4, p4] = [plus(p, p3, h), F(plus(q, q3, h))]
    q = q.map((v, k) => v + (h / 6) * (q1[k]! + 2 * q2[k]! + 2 * q3[k]! + q4[k]!))
    p = p.map((v, k) => v + (h / 6) * (p1[k]! + 2 * p2[k]! + 2 * p3[k]! + p4[k]!))
  }
  return { ...Z, q, p }
}

describe('flows in the plane', () => {
  test('are free without interaction: both are q + t p, to rounding', async () => {
    const options = { law: planar, N: 50, delta: 0.25, sigma: 0, T: 1, seed: 1 } as const
    const run = await coupledFlow({ ...options, steps: 40 })
    const Z = start(system(options))
    expect([Z.d, Z.q.length]).toEqual([2, 100])
    const free = Z.q.map((x, k) => x + Z.p[k]!)
    expect(apart(run.Psi.q, free)).toBeLessThan(1e-13)
    expect(apart(run.Phi.q, free)).toBeLessThan(1e-13)
    // The same Brownian paths, of two coordinates, for both.
    const field = await evolvingField({ law: planar, kernel: system(options).kernel, T: 1 })
    const noisy = await coupledFlow({ ...options, steps: 40, field, noise: { diffusion: 0.5 } })
    expect([noisy.Psi.d, apart(noisy.Psi.q, noisy.Phi.q)]).toEqual([2, 0])
    expect(apart(noisy.Psi.q, free)).toBeGreaterThan(0.5)
    // The control: with interaction they are not.
    const bent = await coupledFlow({ ...options, sigma: 1, steps: 40 })
    expect(apart(bent.Phi.q, free)).toBeGreaterThan(0.1)
  })

  test.each([1, -1] as const)(
    'inside the core the force is linear, so that both flows are known: sigma = %d',
    async sigma => {
      // All distances are below N^-0 = 1: the pair force is q - q', and its mean q.
      const law = gaussianLaw({ d: 2, sigmaQ: 0.08, sigmaP: 0.05 })
      const N = 40
      const run = await coupledFlow({ law, N, delta: 0, sigma, T: 1, seed: 2, steps: 400, scheme: 'suzuki4' })
      const Z = start(system({ law, N, delta: 0, sigma, T: 1, seed: 2 }))
      const [c, s] = sigma === 1 ? [Math.cosh(1), Math.sinh(1)] : [Math.cos(1), Math.sin(1)]
      const mean = (x: Float64Array, k: number): number =>
        x.subarray(k < N ? 0 : N, k < N ? N : 2 * N).reduce((sum, v) => sum + v / N, 0)
      const around = (k: number, q: number, p: number): number => q + p + (Z.q[k]! - q) * c + (Z.p[k]! - p) * s
      const Phi = Z.q.map((_, k) => around(k, 0, 0))
      const Psi = Z.q.map((_, k) => around(k, mean(Z.q, k), mean(Z.p, k)))
      expect(apart(run.Psi.q, Psi)).toBeLessThan(1e-9)
      // The field's own error, some 1e-6 of its largest force.
      expect(apart(run.Phi.q, Phi)).toBeLessThan(1e-6)
      // The control: the two differ by far more, and by what they must.
      expect(apart(Psi, Phi)).toBeGreaterThan(1e-3)
      expect(run.columns.position.at(-1)).toBeCloseTo(apart(Psi, Phi), 6)
    },
  )

  test.each([1, -1] as const)('two and six particles follow a Runge-Kutta integration: sigma = %d', async sigma => {
    for (const N of [2, 6]) {
      const own = system({ law: planar, N, delta: 0.3, sigma, T: 2, seed: 3 })
      const { kernel } = own
      expect([kernel.d, kernel.alpha, kernel.cutoffRadius]).toEqual([2, 1, N ** -0.3])
      const Z = start(own)
      const { final } = await microscopicFlow(Z, kernel, { T: 2, steps: 4000, scheme: 'suzuki4' })
      const exact = rungeKutta(Z, q => pairs(q, N, N ** -0.3, sigma), 2, 4000)
      expect(apart(final.q, exact.q)).toBeLessThan(1e-7)
      // The control: the force of the other sign.
      const wrong = rungeKutta(Z, q => pairs(q, N, N ** -0.3, -sigma), 2, 4000)
      expect(apart(final.q, wrong.q)).toBeGreaterThan(0.1)
    }
  })

  test('conserve the energy of the logarithmic potential, momentum and angular momentum', async () => {
    const [N, delta, sigma] = [60, 0.25, 1 as Sigma]
    const run = await coupledFlow({ law: planar, N, delta, sigma, T: 1, seed: 4, steps: 400, scheme: 'suzuki4' })
    const radius = N ** -delta
    const potential = (r: number): number =>
      sigma * (r > radius ? -Math.log(r) : -Math.log(radius) + 0.5 * (1 - (r / radius) ** 2))
    const energy = ({ q, p }: Configuration, V: (r: number) => number): number => {
      let sum = 0
      for (let i = 0; i < N; i++) {
        sum += (p[i]! ** 2 + p[N + i]! ** 2) / 2 / N
        for (let j = 0; j < i; j++) sum += V(Math.hypot(q[i]! - q[j]!, q[N + i]! - q[N + j]!)) / N / N
      }
      return sum
    }
    const Z = start(system({ law: planar, N, delta, sigma, T: 1, seed: 4 }))
    expect(Math.abs(energy(run.Psi, potential) - energy(Z, potential))).toBeLessThan(1e-7)
    expect(run.columns.energy[0]).toBeCloseTo(energy(Z, potential), 12)
    expect(run.columns.energyDrift.at(-1)).toBeLessThan(1e-7)
    expect(run.columns.momentumDrift.at(-1)).toBeLessThan(1e-13)
    expect(run.columns.angularMomentumDrift.at(-1)).toBeLessThan(1e-13)
    // The controls: the potential of space, and one flow for the other.
    expect(Math.abs(energy(run.Psi, r => 1 / r) - energy(Z, r => 1 / r))).toBeGreaterThan(1e-3)
    expect(Math.abs(energy(run.Phi, potential) - energy(Z, potential))).toBeGreaterThan(1e-3)
  })

  test('the deviation falls with N, and not if Phi moves in the field of the other sign', async () => {
    const T = 0.5
    const worst = async (N: number, sign: Sigma): Promise<number> => {
      const field = await evolvingField({
        ...{ law: planar, kernel: cutoffKernel({ N, delta: 0.25, sigma: sign, d: 2 }), T, tolerance: 1e-5 },
      })
      let sum = 0
      for (let replica = 0; replica < 4; replica++) {
        const run = await coupledFlow({
          ...{ law: planar, N, delta: 0.25, T, seed: 5, replica, field, steps: 40, outputs: 4, budget: 'omit' },
        })
        sum += run.columns.supMomentum.at(-1)! / 4
      }
      return sum
    }
    // N^(-1/2) up to logarithms would be 4.
    const ratio = (await worst(100, 1)) / (await worst(1600, 1))
    expect(ratio).toBeGreaterThan(2.5)
    expect(ratio).toBeLessThan(5)
    expect((await worst(100, -1)) / (await worst(1600, -1))).toBeLessThan(1.3)
  })

  test('a coupled run keeps its budget by default, and has no thresholds that are for space', async () => {
    const run = await coupledFlow({ law: planar, N: 600, delta: 0.25, T: 0.5, seed: 6, paths: 3 })
    expect(run.budget.within).toBe(true)
    expect(run.rates).toEqual([])
    expect(run.thresholds).toEqual({ force: Number.NaN, majorant: Number.NaN })
    expect(run.columns.inB.every(Number.isNaN)).toBe(true)
    expect(run.columns.Delta.at(-1)).toBeGreaterThan(0)
    expect(run.paths!.Psi[0]!.length).toBe(6)
    expect(run.paths!.Psi.at(-1)![4]).toBe(run.Psi.q[601])
  })
})

/** The mean of k over many independent particles at points on a ray, and its standard error, by plain loops. */
function sampledForce(
  { N, q }: Configuration,
  radii: readonly number[],
  radius: number,
): { mean: number; error: number }[] {
  return radii.map(r => {
    let [sum, squares] = [0, 0]
    for (let j = 0; j < N; j++) {
      const [x] = force(r - q[j]!, -q[N + j]!, radius, 1)
      sum += x
      squares += x * x
    }
    const mean = sum / N
    return { mean, error: Math.sqrt((squares / N - mean * mean) / N) }
  })
}

describe('the radial field in the plane', () => {
  const radii = [0.05, 0.2, 0.5, 1, 1.5, 2.5, 4]

  test('of a Gaussian at t = 0 is the enclosed mass over r', () => {
    const law = gaussianLaw({ d: 2, sigmaQ: 0.7 })
    const field = radialField({ law, kernel: coulombKernel({ d: 2 }), T: 0.5, tolerance: 1e-6 })
    for (const r of radii) {
      const exact = (1 - Math.exp(-0.5 * (r / 0.7) ** 2)) / r
      expect(Math.abs(field.radial(0, r) - exact)).toBeLessThan(field.error.high)
      // The control: later it has spread; far away all mass is inside then too.
      if (r < 2) expect(Math.abs(field.radial(0.5, r) - exact)).toBeGreaterThan(1e-3)
      expect(law.radial!.enclosedMass(r) / r).toBeCloseTo(exact, 14)
    }
    expect(field.error.high).toBeLessThan(2e-6)
  })

  test.each([1, -1] as const)('is the mean force of independent particles that move in it: sigma = %d', sigma => {
    const [N, delta, T] = [100, 0.25, 1]
    const field = radialField({
      ...{ law: planar, kernel: cutoffKernel({ N, delta, sigma, d: 2 }), T, tolerance: 1e-5 },
    })
    const many = meanFieldFlow(planar.sample(200_000, randomStream('planar/many')), field, { steps: 20 })
    const found = sampledForce(many, radii, N ** -delta)
    const chi = (t: number): number =>
      found.reduce((sum, { mean, error }, k) => sum + ((sigma * field.radial(t, radii[k]!) - mean) / error) ** 2, 0)
    // Seven degrees of freedom, correlated: below 24 with probability 0.999 were they independent.
    expect(chi(1)).toBeLessThan(24)
    // The control: an earlier time is told apart.
    expect(chi(0.9)).toBeGreaterThan(50)
  })

  test('a law of R^3 gives the same field by its marginal', () => {
    const kernel = cutoffKernel({ N: 100, delta: 0.25, d: 2 })
    const [own, marginal] = [planar, gaussianLaw()].map(law => radialField({ law, kernel, T: 0.5, tolerance: 1e-5 }))
    for (const r of radii) expect(Math.abs(own!.radial(0.5, r) - marginal!.radial(0.5, r))).toBeLessThan(1e-5)
  })

  test('keeps the isothermal law of the plane, a law of your own, where it is', async () => {
    const law = isothermalLaw(0.25)
    const kernel = coulombKernel({ sigma: -1, d: 2 })
    const field = radialField({ law, kernel, T: 1, tolerance: 1e-4 })
    const far = (own: typeof field): number => Math.max(...radii.map(r => Math.abs(own.radial(1, r) + r / (r * r + 1))))
    expect(far(field)).toBeLessThan(Math.min(field.error.high, 1e-3))
    // The control: at another temperature nothing keeps it.
    expect(far(radialField({ law: isothermalLaw(0.5), kernel, T: 1, tolerance: 1e-3 }))).toBeGreaterThan(0.02)
    const flow = await coupledFlow({ law, kernel, N: 50, delta: 0.25, T: 0.5, seed: 1, steps: 40, outputs: 2, field })
    expect(flow.Phi.d).toBe(2)
    // Energies of characteristics are constant in a potential that does not move: ln(1 + r^2)/2.
    const H = ({ q, p }: Configuration, i: number): number =>
      (p[i]! ** 2 + p[50 + i]! ** 2) / 2 + 0.5 * Math.log(1 + q[i]! ** 2 + q[50 + i]! ** 2)
    const Z = start(system({ law, kernel, N: 50, delta: 0.25, T: 0.5, seed: 1 }))
    for (let i = 0; i < 50; i++) expect(Math.abs(H(flow.Phi, i) - H(Z, i))).toBeLessThan(1e-3)
  })

  test('particles of a large run give it too', async () => {
    const kernel = cutoffKernel({ N: 100, delta: 0.25, d: 2 })
    const field = await particleField(planar, kernel, { T: 0.5, steps: 10, M: 4000, seed: 1 })
    const exact = radialField({ law: planar, kernel, T: 0.5, tolerance: 1e-4 })
    const q = Float64Array.of(1, 0.3, 0.2, -1.1)
    const out = new Float64Array(4)
    expect(apart(field.force(0.5, q, new Float64Array(4)), exact.force(0.5, q, out))).toBeLessThan(field.error.high)
  })
})

/**
 * The isothermal cylinder seen along its axis: rho = 1/(pi (1 + r^2)^2), at rest under its attraction for sp^2 = 1/4.
 */
function isothermalLaw(variance: number): CustomLaw {
  const rho = (r: number): number => 1 / (Math.PI * (1 + r * r) ** 2)
  const density = (q: ArrayLike<number>, p: ArrayLike<number>): number =>
    (rho(Math.hypot(q[0]!, q[1]!)) * Math.exp(-(p[0]! ** 2 + p[1]! ** 2) / (2 * variance))) / (2 * Math.PI * variance)
  return customLaw({
    ...{ name: `isothermal-${variance}`, d: 2, density },
    radial: {
      ...{ density: rho, enclosedMass: r => (r * r) / (1 + r * r), breaks: [] },
      ...{ supportRadius: Number.POSITIVE_INFINITY, scale: 1 },
    },
    envelope: {
      ...{ density, bound: 1 },
      sample: stream => {
        const u = stream.uniform()
        const [r, angle] = [Math.sqrt(u / (1 - u)), 2 * Math.PI * stream.uniform()]
        const width = Math.sqrt(variance)
        return {
          q: [r * Math.cos(angle), r * Math.sin(angle)],
          p: [width * stream.normal(), width * stream.normal()],
        }
      },
    },
  })
}
