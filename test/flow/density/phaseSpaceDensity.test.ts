// f_t at points against closed forms, forward markers and conserved integrals.
import { describe, expect, test } from 'vitest'
import type { Configuration } from '../../../src/base/configuration.js'
import { gaussLegendre } from '../../../src/base/numerics/quadrature.js'
import { randomStream } from '../../../src/base/random.js'
import { type PhaseSpaceDensityOptions, phaseSpaceDensity } from '../../../src/flow/density/phaseSpaceDensity.js'
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { stationaryField } from '../../../src/flow/field/stationaryField.js'
import { kurthRadius } from '../../../src/flow/micro/exactBalls.js'
import type { MagneticField } from '../../../src/flow/step/gyration.js'
import { particleStepper } from '../../../src/flow/step/particleStepper.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import { kurthLaw } from '../../../src/law/kurthLaw.js'
import type { Law } from '../../../src/law/law.js'
import { plummerLaw } from '../../../src/law/plummerLaw.js'

const newton = coulombKernel({ sigma: -1 })
const displaced = gaussianMixtureLaw({
  components: [
    { weight: 0.7, meanQ: [0.2, 0, -0.1], meanP: [0.1, 0.2, 0], sigmaQ: [0.3, 0.2, 0.25], sigmaP: [0.2, 0.3, 0.25] },
    { weight: 0.3, meanQ: [-0.3, 0.1, 0], sigmaQ: 0.2, sigmaP: 0.2 },
  ],
})

const at = ({ N, q, p }: Configuration, i: number): [number[], number[]] => [
  [q[i]!, q[N + i]!, q[2 * N + i]!],
  [p[i]!, p[N + i]!, p[2 * N + i]!],
]

/** The largest error of values against a density in closed form. */
function largest(Z: Configuration, values: Float64Array, f: (q: number[], p: number[]) => number): number {
  return Math.max(...Array.from(values, (value, i) => Math.abs(value - f(...at(Z, i)))))
}

/** A field that is a formula. */
function formulaField(law: Law, force: (t: number, q: number[]) => number[], error = 0): EvolvingField {
  return {
    ...{ law, kernel: newton, T: 2, method: 'formula', parameters: {}, scale: 1 },
    error: { value: 0, low: 0, high: error, kind: 'estimated', method: 'given' },
    force: (t, q, out) => {
      const n = q.length / 3
      for (let i = 0; i < n; i++) {
        const f = force(t, [q[i]!, q[n + i]!, q[2 * n + i]!])
        for (let a = 0; a < 3; a++) out[a * n + i] = f[a]!
      }
      return out
    },
  }
}

const Z = displaced.sample(200, randomStream('test/phase-density'))

describe('without forces', () => {
  const field = radialField({ law: gaussianLaw(), kernel: cutoffKernel({ N: 100, delta: 0.3, sigma: 0 }), T: 2 })
  const free = { ...field, law: displaced }

  test('f_t(q, p) = f_0(q - t p, p), and the gradient is carried with it', async () => {
    const { values, errors } = await phaseSpaceDensity(Z, free, { t: 1.5, steps: 4 })
    const streamed = (t: number) => (q: number[], p: number[]) =>
      displaced.density(
        q.map((x, a) => x - t * p[a]!),
        p,
      )
    expect(largest(Z, values, streamed(1.5))).toBeLessThan(1e-12 * displaced.densitySup)
    expect(errors!.largest.high).toBeLessThan(1e-12 * displaced.densitySup)
    // The control: time with the wrong sign.
    expect(largest(Z, values, streamed(-1.5))).toBeGreaterThan(0.1 * displaced.densitySup)
    const slope = gradientOf(streamed(1.5))
    for (let i = 0; i < 20; i++) {
      const expected = slope(...at(Z, i))
      const found = [0, 1, 2].flatMap(a => [errors!.gradient.q[a * Z.N + i]!, errors!.gradient.p[a * Z.N + i]!])
      const apart = found.map((x, k) => Math.abs(x - expected[k]!))
      expect(Math.max(...apart)).toBeLessThan(1e-6 * displaced.densitySup)
    }
  })

  test('in a magnetic field particles came along circles, and the gradient turns with them', async () => {
    const magnetic = [0.5, -1, 2] as const
    const { values, errors } = await phaseSpaceDensity(Z, free, { t: 1.5, steps: 6, magnetic })
    const circled = linearFlow(0, magnetic, -1.5)
    const exact = (q: number[], p: number[]) => displaced.density(...circled(q, p))
    expect(largest(Z, values, exact)).toBeLessThan(1e-12 * displaced.densitySup)
    const turned = linearFlow(0, magnetic, 1.5)
    expect(largest(Z, values, (q, p) => displaced.density(...turned(q, p)))).toBeGreaterThan(0.1 * displaced.densitySup)
    const slope = gradientOf(exact)(...at(Z, 3))
    ;[0, 1, 2].forEach(a => {
      expect(Math.abs(errors!.gradient.q[a * Z.N + 3]! - slope[2 * a]!)).toBeLessThan(1e-5 * displaced.densitySup)
      expect(Math.abs(errors!.gradient.p[a * Z.N + 3]! - slope[2 * a + 1]!)).toBeLessThan(1e-5 * displaced.densitySup)
    })
  })
})

describe('inside a uniform ball', () => {
  // Phase space turns by the angle t: the field of Kurth's steady state, in which another density is moved.
  const kurth = stationaryField({ law: kurthLaw(), kernel: newton, T: 2 })
  const field = { ...kurth, law: displaced }
  const inside = { ...Z, q: Z.q.map(x => 0.3 * x), p: Z.p.map(x => 0.3 * x) }

  test.each([
    [1.3, undefined, 'leapfrog', 64],
    [1.3, undefined, 'suzuki4', 16],
    [0.9, [0, 0.7, 1], 'leapfrog', 64],
  ] as const)('f_%d is f_0 turned back, in the magnetic field %s, by %s', async (t, magnetic, scheme, steps) => {
    const options = { t, scheme, ...(magnetic === undefined ? {} : { magnetic }) }
    const { values, errors } = await phaseSpaceDensity(inside, field, { ...options, steps })
    const back = linearFlow(-1, magnetic ?? [0, 0, 0], -t)
    const error = largest(inside, values, (q, p) => displaced.density(...back(q, p)))
    expect(error).toBeLessThan(errors!.largest.high)
    expect(errors!.largest.high).toBeLessThan(20 * error)
    expect(error).toBeLessThan(2e-3 * displaced.densitySup)
    // Pointwise too.
    values.forEach((value, i) => {
      const wrong = Math.abs(value - displaced.density(...back(...at(inside, i))))
      expect(wrong).toBeLessThan(errors!.step[i]! + 1e-12 * displaced.densitySup)
    })
    const slope = gradientOf((q, p) => displaced.density(...back(q, p)))
    let [apart, steepest] = [0, 0]
    for (let i = 0; i < 50; i++) {
      slope(...at(inside, i)).forEach((x, k) => {
        const component = k % 2 === 0 ? errors!.gradient.q : errors!.gradient.p
        apart = Math.max(apart, Math.abs(component[Math.floor(k / 2) * inside.N + i]! - x))
        steepest = Math.max(steepest, Math.abs(x))
      })
    }
    expect(apart).toBeLessThan((t / steps) ** 2 * steepest)
    const forward = linearFlow(-1, magnetic ?? [0, 0, 0], t)
    expect(largest(inside, values, (q, p) => displaced.density(...forward(q, p)))).toBeGreaterThan(
      0.05 * displaced.densitySup,
    )
  })
})

describe('of exact solutions with interaction', () => {
  test("the density of Plummer's sphere does not change", async () => {
    const law = plummerLaw()
    const points = law.sample(400, randomStream('test/phase-density/plummer'))
    const field = stationaryField({ law, kernel: newton, T: 2 })
    const { values, errors, sup } = await phaseSpaceDensity(points, field, { steps: 256 })
    const error = largest(points, values, law.density)
    expect(error).toBeLessThan(errors!.largest.high)
    expect(errors!.largest.high).toBeLessThan(1e-3 * sup)
    // The control: in the field of repulsion it does.
    const repelled = { ...field, force: negated(field) }
    const other = await phaseSpaceDensity(points, repelled, { steps: 256 })
    expect(largest(points, other.values, law.density)).toBeGreaterThan(0.05 * sup)
  })

  test.each([1, -1] as const)("Kurth's law with sigma = %d is at every time one of Kurth's laws", async sigma => {
    const [momentumRadius, rate, t] = [0.8, 0.3, 0.9]
    const law = kurthLaw({ momentumRadius, rate })
    // Well inside of the ball the force is linear with R(t) from an equation of its own.
    const known = new Map<number, { radius: number; speed: number }>()
    const motion = (s: number) => {
      if (!known.has(s)) known.set(s, kurthRadius({ momentumRadius, rate, sigma, t: s }))
      return known.get(s)!
    }
    const field = formulaField(law, (s, q) => q.map(x => (sigma * x) / motion(s).radius ** 3))
    const { radius: R, speed } = motion(t)
    const later = kurthLaw({ radius: R, rate: speed / R, momentumRadius: momentumRadius / R })
    const points = later.sample(60, randomStream('test/phase-density/kurth'))
    const near = { ...points, q: points.q.map(x => 0.4 * x), p: points.p.map(x => 0.4 * x) }
    const { values, errors } = await phaseSpaceDensity(near, field, { t, steps: 64 })
    expect(largest(near, values, later.density)).toBeLessThan(errors!.largest.high)
    expect(errors!.largest.high).toBeLessThan(1e-2 * Math.max(...values))
    const before = kurthLaw({ radius: R, rate: -speed / R, momentumRadius: momentumRadius / R })
    expect(largest(near, values, before.density)).toBeGreaterThan(errors!.largest.high)
  })
})

describe('of a Gaussian that attracts itself', () => {
  const law = gaussianLaw({ sigmaQ: 0.8, sigmaP: 0.5 })
  const kernel = cutoffKernel({ N: 1000, delta: 0.25, sigma: -1 })
  const field = radialField({ law, kernel, T: 2, tolerance: 1e-6 })

  // f_t(q, p) = g(|q|, |p|, cosine of the angle): a Gauss rule on [0, Q] x [0, P] x [-1, 1].
  const [Q, P] = [7, 4.5]
  const rule = (n: number, from: number, to: number) => {
    const { nodes, weights } = gaussLegendre(n)
    const half = 0.5 * (to - from)
    return { x: Array.from(nodes, x => from + half * (1 + x)), w: Array.from(weights, w => half * w) }
  }
  const box = (r: [number, number], s: [number, number], c: [number, number], n: number) => {
    const [R, S, C] = [rule(n, ...r), rule(n, ...s), rule(n, ...c)]
    const N = n ** 3
    const [q, p, w] = [new Float64Array(3 * N), new Float64Array(3 * N), new Float64Array(N)]
    for (let i = 0; i < N; i++) {
      const [a, b, k] = [i % n, Math.floor(i / n) % n, Math.floor(i / n / n)]
      q[i] = R.x[a]!
      p[i] = S.x[b]! * C.x[k]!
      p[N + i] = S.x[b]! * Math.sqrt(1 - C.x[k]! ** 2)
      w[i] = 8 * Math.PI ** 2 * R.x[a]! ** 2 * S.x[b]! ** 2 * R.w[a]! * S.w[b]! * C.w[k]!
    }
    return { points: { N, d: 3, q, p }, w }
  }

  test('mass, L^2 norm and entropy at t = 1 are those at t = 0, and no value leaves [0, sup f_0]', async () => {
    const { points, w } = box([0, Q], [0, P], [-1, 1], 44)
    const { values, sup } = await phaseSpaceDensity(points, field, { t: 1, steps: 48, measure: 'nothing' })
    const integral = (G: (f: number) => number) => values.reduce((sum, f, i) => sum + w[i]! * G(f), 0)
    const area = 0.8 * 0.5
    expect(integral(f => f)).toBeCloseTo(1, 3)
    expect(integral(f => f * f) * (4 * Math.PI * area) ** 3).toBeCloseTo(1, 3)
    expect(integral(f => (f > 0 ? -f * Math.log(f) : 0))).toBeCloseTo(3 * (1 + Math.log(2 * Math.PI * area)), 2)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThanOrEqual(sup)
    // The control: half of what was there, somewhere else.
    const other = values.map((f, i) => (i % 2 === 0 ? 1.1 * f : 0.9 * f))
    expect(
      Math.abs(other.reduce((sum, f, i) => sum + w[i]! * f * f, 0) * (4 * Math.PI * area) ** 3 - 1),
    ).toBeGreaterThan(5e-3)
  })

  test('the mass of cells of phase space is the part of forward markers in them', async () => {
    const N = 100_000
    const start = law.sample(N, randomStream('test/phase-density/markers'))
    // Another scheme on another grid of times.
    const stepper = particleStepper(start, { acceleration: field.force, T: 2, steps: 25, scheme: 'suzuki4' })
    stepper.advanceSync(25)
    const moved = stepper.Z
    const cells = [
      [
        [1, 1.8],
        [0.2, 0.7],
        [0.2, 1],
      ],
      [
        [1.5, 2.5],
        [0.1, 0.6],
        [-1, -0.2],
      ],
      [
        [0.8, 1.5],
        [0.5, 1],
        [0.3, 0.9],
      ],
    ] as [number, number][][]
    for (const [r, s, c] of cells) {
      let count = 0
      for (let i = 0; i < N; i++) {
        const [q, p] = at(moved, i)
        const [x, v] = [Math.hypot(...q), Math.hypot(...p)]
        const cosine = q.reduce((sum, y, a) => sum + y * p[a]!, 0) / (x * v)
        if (x > r![0] && x < r![1] && v > s![0] && v < s![1] && cosine > c![0] && cosine < c![1]) count++
      }
      const mass = async (sign: 1 | -1): Promise<number> => {
        const { points, w } = box(r!, s!, sign === 1 ? c! : [-c![1], -c![0]], 10)
        const { values } = await phaseSpaceDensity(points, field, { steps: 64, measure: 'nothing' })
        return values.reduce((sum, f, i) => sum + w[i]! * f, 0)
      }
      const room = 5 * Math.sqrt(count) + 1e-3 * count
      expect(Math.abs(N * (await mass(1)) - count)).toBeLessThan(room)
      // The control: momenta reversed, as time with the wrong sign has them.
      expect(Math.abs(N * (await mass(-1)) - count)).toBeGreaterThan(room)
    }
  })
})

test('what an error of the field does stays below what is stated, and comes near it', async () => {
  const epsilon = 1e-3
  const truth = formulaField(displaced, (_, q) => q.map(x => -x))
  let nearest = 0
  for (const direction of [
    [1, 0, 0],
    [0, 1, 0],
    [0.6, 0, -0.8],
  ]) {
    const wrong = (size: number) =>
      formulaField(displaced, (_, q) => q.map((x, a) => -x + size * epsilon * direction[a]!), epsilon)
    const options = { t: 1.2, steps: 64 }
    const exact = await phaseSpaceDensity(Z, truth, options)
    const { values, errors } = await phaseSpaceDensity(Z, wrong(1), options)
    const far = await phaseSpaceDensity(Z, wrong(30), options)
    values.forEach((value, i) => {
      // To first order: what is of second order in the error is added.
      const room = errors!.field[i]! * (1 + 0.02) + 10 * epsilon ** 2 * displaced.densitySup
      const change = Math.abs(value - exact.values[i]!)
      expect(change).toBeLessThan(room)
      nearest = Math.max(nearest, change / room)
    })
    expect(far.values.some((value, i) => Math.abs(value - exact.values[i]!) > 5 * errors!.field[i]!)).toBe(true)
  }
  expect(nearest).toBeGreaterThan(0.5)
})

test('a signal ends it, and progress goes from 0 to 1', async () => {
  const field = stationaryField({ law: plummerLaw(), kernel: newton, T: 1 })
  const parts: number[] = []
  await phaseSpaceDensity(Z, field, { steps: 8, onProgress: part => parts.push(part) })
  expect(parts.at(-1)).toBeCloseTo(1, 12)
  expect(parts.every((part, k) => k === 0 || part > parts[k - 1]!)).toBe(true)
  const stop = new AbortController()
  const running = phaseSpaceDensity(Z, field, {
    ...{ steps: 1e6, signal: stop.signal },
    onProgress: () => stop.abort(new Error('enough')),
  })
  await expect(running).rejects.toThrow('enough')
})

test('at t = 0 it is f_0', async () => {
  const field = stationaryField({ law: plummerLaw(), kernel: newton, T: 1 })
  const { values, errors } = await phaseSpaceDensity(Z, field, { t: 0, steps: 2 })
  expect(largest(Z, values, field.law.density)).toBe(0)
  expect(errors!.largest.high).toBe(0)
})

test('bad input is refused before any work, with the name of the argument', async () => {
  const field = stationaryField({ law: plummerLaw(), kernel: newton, T: 1 })
  const bad: readonly (readonly [Partial<PhaseSpaceDensityOptions>, RegExp])[] = [
    [{ t: 2 }, /t must be a number in \[0, 1\]/],
    [{ steps: 7 }, /steps must be even/],
    [{ steps: 0 }, /steps must be an integer >= 2/],
    [{ measure: 'all' as 'error' }, /measure must be one of/],
    [{ magnetic: [1, 2] as unknown as MagneticField }, /magnetic must be three numbers/],
    [{ steps: 1e12 }, /steps must be at most/],
  ]
  for (const [change, message] of bad) {
    await expect(phaseSpaceDensity(Z, field, { steps: 8, ...change })).rejects.toThrow(message)
  }
  const plane = { N: 1, d: 2, q: new Float64Array(2), p: new Float64Array(2) }
  await expect(phaseSpaceDensity(plane, field, { steps: 8 })).rejects.toThrow(/Z.d must be 3/)
  const noisy = { ...field, parameters: { diffusion: 0.1 } }
  await expect(phaseSpaceDensity(Z, noisy, { steps: 8 })).rejects.toThrow(/without noise/)
  const turning = { ...field, parameters: { magnetic: '0, 0, 1' } }
  await expect(phaseSpaceDensity(Z, turning, { steps: 8 })).rejects.toThrow(/magnetic must be that of the field/)
})

/** The force the other way round. */
function negated(field: EvolvingField): EvolvingField['force'] {
  return (t, q, out) => {
    field.force(t, q, out)
    for (let k = 0; k < out.length; k++) out[k] = -out[k]!
    return out
  }
}

/** The gradient of a density by differences of order 4, as q_1, p_1, q_2, ... */
function gradientOf(f: (q: number[], p: number[]) => number): (q: number[], p: number[]) => number[] {
  const h = 1e-3
  return (q, p) =>
    [0, 1, 2].flatMap(a => {
      const moved = (x: number[], by: number) => x.map((y, b) => (b === a ? y + by : y))
      const along = (g: (by: number) => number) => (8 * (g(h) - g(-h)) - (g(2 * h) - g(-2 * h))) / (12 * h)
      return [along(by => f(moved(q, by), p)), along(by => f(q, moved(p, by)))]
    })
}

/** q' = p, p' = c q + p x Omega over time t: the exponential of a matrix by its series. */
function linearFlow(
  c: number,
  [x, y, z]: MagneticField,
  t: number,
): (q: number[], p: number[]) => [number[], number[]] {
  const rate = (u: number[]): number[] => {
    const [q, p] = [u.slice(0, 3), u.slice(3)]
    const turn = [p[1]! * z - p[2]! * y, p[2]! * x - p[0]! * z, p[0]! * y - p[1]! * x]
    return [...p, ...q.map((value, a) => c * value + turn[a]!)]
  }
  return (q, p) => {
    let term = [...q, ...p]
    let sum = term.slice()
    for (let n = 1; n < 60; n++) {
      term = rate(term).map(value => (value * t) / n)
      sum = sum.map((value, k) => value + term[k]!)
    }
    return [sum.slice(0, 3), sum.slice(3)]
  }
}
