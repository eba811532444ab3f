// The solver for smooth laws with interaction, at t > 0, for laws of several parts: against solutions and sums that it has no part in.
import { describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { meanFieldFlow } from '../../../src/flow/coupled/meanFieldFlow.js'
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { smoothField } from '../../../src/flow/field/smooth/smoothField.js'
import { forces } from '../../../src/forces/forces.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { customLaw } from '../../../src/law/customLaw.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { type GaussianComponent, gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import type { Law } from '../../../src/law/law.js'
import { boosted, errorAgainst, type Force, forceOfClouds, points } from './smoothOracles.js'

const kernelOf = (sigma: -1 | 0 | 1) => cutoffKernel({ N: 1000, delta: 0.25, sigma })

/** Stated, and the largest found, in units of the largest force. */
function compare(
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

describe('two clusters about one centre, displaced and boosted', () => {
  const parts = [
    { weight: 0.6, sigmaQ: 1, sigmaP: 0.5 },
    { weight: 0.4, sigmaQ: 0.5, sigmaP: 0.3 },
  ]
  const [center, speed] = [
    [0.7, -0.4, 0.2],
    [0.5, 0.3, -0.6],
  ]
  const law = gaussianMixtureLaw({ components: parts.map(part => ({ ...part, meanQ: center, meanP: speed })) })
  const rest = (of: readonly GaussianComponent[], sigma: -1 | 1, T: number) =>
    radialField({ law: gaussianMixtureLaw({ components: of }), kernel: kernelOf(sigma), T, tolerance: 1e-5 })

  test.each([
    [1, 1, 12],
    [-1, 1, 12],
    [-1, 1, 10],
  ] as const)(
    'with sigma = %d up to T = %d have the field of the radial solver (bandwidth %d)',
    async (sigma, T, bandwidth) => {
      const field = await smoothField({ law, kernel: kernelOf(sigma), T, resolution: { bandwidth, nodes: 64 } })
      const times = [0, 0.25, 0.5, 0.75, 0.9, 1].map(s => s * T)
      const name = `concentric, sigma ${sigma}, T ${T}, bandwidth ${bandwidth}`
      const found = compare(name, field, times, 4, boosted(rest(parts, sigma, T), center, speed))
      expect(found).toBeLessThan(field.error.high)
      expect(field.error.high).toBeLessThan(10 * found)
      // The control: the mass of one cluster off by a tenth.
      const other = [
        { ...parts[0]!, weight: 0.56 },
        { ...parts[1]!, weight: 0.44 },
      ]
      const wrong = compare('control', field, times, 4, boosted(rest(other, sigma, T), center, speed))
      if (T === 1) expect(wrong).toBeGreaterThan(field.error.high)
    },
  )

  test('once they have collapsed under attraction, at T = 2, the stated error is too small, by less than a factor of three', async () => {
    const field = await smoothField({ law, kernel: kernelOf(-1), T: 2, resolution: { bandwidth: 12, nodes: 64 } })
    const truth = boosted(rest(parts, -1, 2), center, speed)
    const found = compare('concentric, sigma -1, T 2', field, [0, 0.5, 1, 1.5, 1.8, 2], 4, truth)
    // What smoothField and docs/accuracy.md warn of; fieldFor does not take this solver there. Large it is, in any case.
    expect(field.error.high).toBeGreaterThan(0.03 * field.scale)
    expect(found).toBeLessThan(3 * field.error.high)
  })
})

describe('under attraction, before they collapse, two clusters about one centre', () => {
  const [center, speed] = [
    [0.7, -0.4, 0.2],
    [0.5, 0.3, -0.6],
  ]
  test('nearly without speeds have the field of the radial solver', async () => {
    const [first, second] = [
      [0.7, 0.05],
      [0.9, 0.05],
    ] as const
    const parts = [
      { weight: 0.6, sigmaQ: first[0], sigmaP: first[1] },
      { weight: 0.4, sigmaQ: second[0], sigmaP: second[1] },
    ]
    const law = gaussianMixtureLaw({ components: parts.map(part => ({ ...part, meanQ: center, meanP: speed })) })
    const kernel = kernelOf(-1)
    const field = await smoothField({ law, kernel, T: 1, resolution: { bandwidth: 12, nodes: 64 } })
    const rest = radialField({ law: gaussianMixtureLaw({ components: parts }), kernel, T: 1, tolerance: 1e-5 })
    const found = compare('nearly cold', field, [0, 0.25, 0.5, 0.75, 0.9, 1], 4, boosted(rest, center, speed))
    expect(found).toBeLessThan(field.error.high)
    expect(field.error.high).toBeLessThan(10 * found)
    // The control: a field that lags by a tenth of the time.
    const late: Force = (t, q) =>
      boosted(
        rest,
        center,
        speed,
      )(
        0.9 * t,
        q.map((x, a) => x - 0.1 * t * speed[a]!),
      )
    expect(compare('control', field, [1], 4, late)).toBeGreaterThan(field.error.high)
  })
})

describe('two clusters far apart', () => {
  // A cluster of mass m under m F: with t' = sqrt(m) t and p' = p/sqrt(m) the unit mass under F. In its own frame, which falls
  // as a point mass towards or from that of the other.
  const [D, T] = [16, 1]
  const masses = [0.6, 0.4]
  const shapes = [
    { sigmaQ: 0.8, sigmaP: 0.5 },
    { sigmaQ: 1, sigmaP: 0.4 },
  ]
  const starts = [
    [-0.4 * D, 0, 0],
    [0.6 * D, 0, 0],
  ]
  const speeds = [
    [0.1, 0.2, 0],
    [-0.1, -0.3, 0.1],
  ]
  const law = gaussianMixtureLaw({
    components: masses.map((weight, c) => ({ weight, ...shapes[c]!, meanQ: starts[c]!, meanP: speeds[c]! })),
  })

  /** The centres at time t, by many steps of leapfrog. */
  const centers = (sigma: number, t: number): number[][] => {
    const steps = 2000
    const h = t / steps
    const [x, v] = [starts.map(a => a.slice()), speeds.map(a => a.slice())]
    const kick = (dt: number) => {
      const apart = x[0]!.map((y, a) => y - x[1]![a]!)
      const r3 = Math.hypot(...apart) ** 3
      for (let a = 0; a < 3; a++) {
        v[0]![a]! += (dt * sigma * masses[1]! * apart[a]!) / r3
        v[1]![a]! -= (dt * sigma * masses[0]! * apart[a]!) / r3
      }
    }
    for (let n = 0; n < steps; n++) {
      kick(h / 2)
      for (let c = 0; c < 2; c++) for (let a = 0; a < 3; a++) x[c]![a]! += h * v[c]![a]!
      kick(h / 2)
    }
    return x
  }

  test.each([1, -1] as const)('with sigma = %d are radial solutions, each in its falling frame', async sigma => {
    const kernel = kernelOf(sigma)
    const field = await smoothField({ law, kernel, T, resolution: { bandwidth: 12, nodes: 128, steps: 6 } })
    const alone = masses.map((m, c) => {
      const { sigmaQ, sigmaP } = shapes[c]!
      const unit = gaussianLaw({ sigmaQ, sigmaP: sigmaP / Math.sqrt(m) })
      return radialField({ law: unit, kernel, T: Math.sqrt(m) * T, tolerance: 1e-6 })
    })
    const known = new Map<number, number[][]>()
    const sum =
      (scaled: (m: number) => number): Force =>
      (t, q) => {
        if (!known.has(t)) known.set(t, centers(sigma, t))
        const out = [0, 0, 0]
        masses.forEach((m, c) => {
          const at = Float64Array.from(q, (x, a) => x - known.get(t)![c]![a]!)
          const f = alone[c]!.force(Math.min(alone[c]!.T, scaled(m) * t), at, new Float64Array(3))
          for (let a = 0; a < 3; a++) out[a]! += m * f[a]!
        })
        return out
      }
    // Points about either centre.
    const near = points(1000, 3)
    const about = (t: number): Float64Array => {
      const x = centers(sigma, t)
      return Float64Array.from({ length: 6000 }, (_, k) => {
        const [a, i] = [Math.floor(k / 2000), k % 2000]
        return near[a * 1000 + (i % 1000)]! + x[i < 1000 ? 0 : 1]![a]!
      })
    }
    const worst = (truth: Force) => [0, 0.5, 1].map(t => errorAgainst(field, t, about(t), truth))
    const found = worst(sum(m => Math.sqrt(m)))
    // The other's tide stretches a cluster by at most (m/D^3) t^2 of itself along the line, and its force by no more than that.
    const tide = (Math.max(...masses) / (D - 1) ** 3) * T * T
    console.log(
      `far apart, sigma ${sigma}: stated ${(field.error.high / field.scale).toExponential(2)}, found ` +
        `${found.map(x => (x / field.scale).toExponential(2)).join(' ')}, tide ${tide.toExponential(2)}`,
    )
    expect(Math.max(...found)).toBeLessThan(field.error.high + tide * field.scale)
    expect(field.error.high).toBeLessThan(10 * Math.max(...found))
    expect(tide).toBeLessThan(2e-4)
    // The controls: no scaling of time by the mass.
    expect(Math.max(...worst(sum(() => 1)))).toBeGreaterThan(2 * field.error.high)
  })
})

describe('the default mixture', () => {
  const law = gaussianMixtureLaw()
  const kernel = kernelOf(1)
  const resolution = { bandwidth: 12, nodes: 64 } as const
  const terms = law.gaussians!
  const componentsOf = (place: (x: number[]) => number[], shift: number[], boost: number[]): GaussianComponent[] =>
    terms.map(({ weight, mean, sigma }) => {
      const of = (x: Float64Array, from: number) => place(Array.from(x.subarray(from, from + 3)))
      return {
        weight,
        meanQ: of(mean, 0).map((x, a) => x + shift[a]!),
        meanP: of(mean, 3).map((x, a) => x + boost[a]!),
        sigmaQ: of(sigma, 0),
        sigmaP: of(sigma, 3),
      }
    })

  test('turned, displaced and boosted has its field turned, displaced and boosted', async () => {
    const turn = ([x, y, z]: number[]) => [z!, x!, y!]
    const back = ([x, y, z]: readonly number[]) => [y!, z!, x!]
    const [shift, boost] = [
      [0.37, -0.21, 0.11],
      [0.2, 0.3, -0.4],
    ]
    const plain = await smoothField({ law, kernel, T: 1, resolution })
    const turned = gaussianMixtureLaw({ components: componentsOf(turn, shift, boost) })
    const other = await smoothField({ law: turned, kernel, T: 1, resolution, seed: 'other' })
    const moved =
      (forth: typeof turn): Force =>
      (t, q) => {
        const at = back(q.map((x, a) => x - shift[a]! - t * boost[a]!))
        return forth([...plain.force(t, Float64Array.from(at), new Float64Array(3))])
      }
    const found = compare('turned mixture', other, [0, 0.5, 1], 4, moved(turn))
    expect(found).toBeLessThan(plain.error.high + other.error.high)
    // The control: turned the wrong way.
    expect(
      compare(
        'control',
        other,
        [0, 0.5, 1],
        4,
        moved(f => [...back(f)]),
      ),
    ).toBeGreaterThan(10 * other.error.high)
  })

  test('has the force of independent particles that move in it, within their statistical error', async () => {
    const field = await smoothField({ law, kernel, T: 1, resolution })
    const [batches, count] = [20, 100_000]
    const probes = points(200, 2.5)
    const n = probes.length / 3
    const [sum, square] = [new Float64Array(3 * n), new Float64Array(3 * n)]
    for (let b = 0; b < batches; b++) {
      const start = law.sample(count, randomStream(`test/mixture-oracle/${b}`))
      const { q } = meanFieldFlow(start, field, { steps: 12, scheme: 'suzuki4' })
      const { force } = forces({ targets: probes, sources: q }, kernel, { method: 'direct', precision: 'f64' })
      for (let k = 0; k < 3 * n; k++) {
        sum[k] = sum[k]! + force[k]! / batches
        square[k] = square[k]! + force[k]! ** 2 / batches
      }
    }
    const chi = (t: number): number => {
      const f = field.force(t, probes, new Float64Array(3 * n))
      let total = 0
      for (let k = 0; k < 3 * n; k++) {
        total += (f[k]! - sum[k]!) ** 2 / ((square[k]! - sum[k]! ** 2) / (batches - 1))
      }
      return total / (3 * n)
    }
    const error = Math.sqrt(square.reduce((all, x, k) => all + x - sum[k]! ** 2, 0) / (batches - 1) / n) / field.scale
    console.log(
      `direct sums: ${batches * count} particles, error ${error.toExponential(2)} of the largest force, chi^2 ${chi(1)}`,
    )
    // F(1, 19) has mean 19/17; neighbouring probes are correlated.
    expect(chi(1)).toBeLessThan(2)
    expect(chi(0.9)).toBeGreaterThan(2)
  })
})

describe('laws of which only the density is known, on one lattice', () => {
  const resolution = { bandwidth: 12, nodes: 64 } as const
  const pair = gaussianMixtureLaw({
    components: [
      { weight: 0.5, meanQ: [-0.5, 0, 0], meanP: [0.2, 0, 0], sigmaQ: [0.9, 0.7, 0.8], sigmaP: 0.4 },
      { weight: 0.5, meanQ: [0.6, 0.2, 0], meanP: [0, 0.1, 0], sigmaQ: [0.7, 0.9, 0.8], sigmaP: 0.5 },
    ],
  })
  const custom = customLaw({
    name: 'two-in-one',
    density: pair.density,
    spatialDensity: pair.spatialDensity,
    envelope: { sample: stream => pair.sample(1, stream), density: pair.density, bound: 1.000001 },
  })

  test('two Gaussians in one have their closed form at t = 0', async () => {
    const field = await smoothField({ law: custom, kernel: coulombKernel(), T: 0.2, resolution })
    const clouds = pair.gaussians!.map(({ weight, mean, sigma }) => ({
      weight,
      mean: mean.slice(0, 3),
      deviation: sigma.slice(0, 3),
    }))
    const found = compare('own pair, t = 0', field, [0], 4, (_, q) => forceOfClouds(clouds, q), 500)
    expect(found).toBeLessThan(field.error.high)
    const moved = clouds.map((cloud, k) => (k === 0 ? { ...cloud, mean: cloud.mean.map(x => x + 0.1) } : cloud))
    expect(compare('control', field, [0], 4, (_, q) => forceOfClouds(moved, q), 500)).toBeGreaterThan(field.error.high)
  })

  test('and stream freely', async () => {
    const field = await smoothField({ law: custom, kernel: kernelOf(0), T: 1, resolution })
    const streamed = (t: number, q: readonly number[]) =>
      pair.gaussians!.reduce(
        (sum, { weight, mean, sigma }) =>
          sum +
          q.reduce((product, x, a) => {
            const s = Math.hypot(sigma[a]!, t * sigma[a + 3]!)
            return (
              (product * Math.exp(-0.5 * ((x - mean[a]! - t * mean[a + 3]!) / s) ** 2)) / (Math.sqrt(2 * Math.PI) * s)
            )
          }, weight),
        0,
      )
    const q = points(300, 3)
    const worst = (later: number) =>
      Math.max(
        ...[0, 0.43, 1].flatMap(t =>
          Array.from({ length: 300 }, (_, i) => {
            const x = [q[i]!, q[300 + i]!, q[600 + i]!]
            return Math.abs(field.density(t, x) - streamed(t + later, x))
          }),
        ),
      )
    console.log(`own pair, free: density ${(worst(0) / pair.rhoSup).toExponential(2)} of the largest`)
    expect(worst(0)).toBeLessThan(1e-3 * pair.rhoSup)
    expect(worst(0.3)).toBeGreaterThan(1e-2 * pair.rhoSup)
  })

  test.each([1, -1] as const)(
    'a shell, displaced and boosted, has with sigma = %d the field of the radial solver',
    async sigma => {
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
      // The spectrum of a shell oscillates, which is taken at its worst; under attraction that counts twice: 14 times what is
      // found, where smooth data should have less than 10 (docs/accuracy.md).
      expect(field.error.high).toBeLessThan((sigma === -1 ? 20 : 10) * found)
      const slower = boosted(radialField({ law: shell(origin, origin), kernel, T: 1, tolerance: 1e-3 }), center, origin)
      expect(compare('control', field, [1], 3, slower)).toBeGreaterThan(field.error.high)
    },
  )
})
