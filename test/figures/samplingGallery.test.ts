import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { marginalsFigure } from '../../src/figures/section4/marginalsFigure.js'
import { samplingDistanceFigure } from '../../src/figures/section9/samplingDistanceFigure.js'
import { samplingExponentsFigure } from '../../src/figures/section9/samplingExponentsFigure.js'
import type { Figure } from '../../src/figures/theme/figure.js'
import { coupledFlow } from '../../src/flow/coupled/coupledFlow.js'
import { radialField } from '../../src/flow/field/radial/radialField.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { drawn as figureOf } from '../support/drawn.js'

interface StoredRecord {
  readonly spec: Record<string, number | string>
  readonly measured: Record<string, readonly [number, number, number]>
}

/** The records of a claim as the package stores them, numbers to six digits as [value, low, high]. */
function stored(id: string): StoredRecord[] {
  const ledger = JSON.parse(readFileSync(join(import.meta.dirname, '../../data/claims.json'), 'utf8')) as {
    claims: { id: string; records: StoredRecord[] }[]
  }
  return ledger.claims.find(claim => claim.id === id)!.records
}

function column(figure: Figure, name: string): number[] {
  return figure.table[name] as number[]
}

/** The drawn values of the trace of that name. */
function drawn(figure: Figure, name: string): number[] {
  return figure.data.find(trace => trace.name === name)!.y as number[]
}

describe('the figure of the marginals', async () => {
  const figure = await figureOf('marginals')
  const k = column(figure, 'k')

  it('has the quotient of the run, particle by particle, with the norms written out here', async () => {
    const law = gaussianLaw()
    const kernel = cutoffKernel({ N: 400, delta: 0.3 })
    // Suzuki's scheme in place of leapfrog, and a finer field: another way to the same flows.
    const { Psi, Phi } = await coupledFlow({
      ...{ law, N: 400, delta: 0.3, kernel, T: 1, outputs: 1, steps: 80, scheme: 'suzuki4', threads: 1 },
      field: radialField({ law, kernel, T: 1, tolerance: 1e-5 }),
      seed: 'gallery/marginals',
      majorant: 'omit',
      budget: 'omit',
      rates: [],
    })
    const difference = (i: number): number[] =>
      [0, 400, 800].flatMap(a => [Psi.q[a + i]! - Phi.q[a + i]!, Psi.p[a + i]! - Phi.p[a + i]!])
    const all = Array.from({ length: 400 }, (_, i) => difference(i))
    const norm = Math.max(...all.flat().map(Math.abs))
    const lengths = all.map(z => Math.hypot(...z) / norm)
    const sorted = [...lengths].sort((a, b) => a - b)
    // The step error is far below the distances of the particles, which are O(0.01).
    expect(column(figure, 'farthest')[0]! / sorted[399]!).toBeCloseTo(1, 2)
    expect(column(figure, 'median')[0]! / sorted[200]!).toBeCloseTo(1, 2)
    const pairs = Array.from({ length: 200 }, (_, g) => Math.hypot(lengths[2 * g]!, lengths[2 * g + 1]!))
    expect(column(figure, 'median')[1]! / pairs.sort((a, b) => a - b)[100]!).toBeCloseTo(1, 2)
    // The control: with the maximum norm of each particle, as (34) reads it, other numbers come out.
    const maximum = all.map(z => Math.max(...z.map(Math.abs)) / norm).sort((a, b) => a - b)
    expect(Math.abs(maximum[200]! / column(figure, 'median')[0]! - 1)).toBeGreaterThan(0.1)
  })

  it('keeps all groups below sqrt(6k), and shows that 1 is passed', () => {
    const above = (values: number[], bound: (n: number) => number): number =>
      values.filter((value, i) => value > bound(k[i]!)).length
    expect(above(column(figure, 'farthest'), n => Math.sqrt(6 * n))).toBe(0)
    expect(above(column(figure, 'farthest'), () => 1)).toBe(20)
    expect(above(column(figure, 'low'), () => 1)).toBeGreaterThan(5)
    expect(drawn(figure, 'search over differences').map(x => x * x)).toEqual([
      expect.closeTo(6, 5),
      expect.closeTo(12, 5),
    ])
  })

  it('has the factors of the laws from their mass alone', () => {
    // ||f_0||_inf: one over the volume; a Gaussian at its centre; Plummer's f_0 over its integral, by the midpoint
    // rule.
    const ball = -2 * Math.log10((4 * Math.PI) / 3)
    const gaussian = -3 * Math.log10(2 * Math.PI)
    let mass = 0
    const n = 2000
    for (let i = 0; i < n; i++) {
      // r = tan a; over |p| the integral of (psi - p^2/2)_+^(7/2) is that of 4 pi p^2, in p = sqrt(2 psi) x.
      const a = ((i + 0.5) / n) * (Math.PI / 2)
      const psi = Math.cos(a)
      mass += ((4 * Math.PI * Math.tan(a) ** 2) / Math.cos(a) ** 2) * psi ** 5 * (Math.PI / 2 / n)
    }
    let momenta = 0
    for (let i = 0; i < n; i++) {
      const x = (i + 0.5) / n
      momenta += (4 * Math.PI * 2 ** 1.5 * x * x * (1 - x * x) ** 3.5) / n
    }
    const plummer = -Math.log10(mass * momenta)
    const per = (name: string): number => drawn(figure, name).at(-1)! / 1000
    expect(per('uniform ball')).toBeCloseTo(ball, 9)
    expect(per('Gaussian')).toBeCloseTo(gaussian, 9)
    expect(per('Plummer')).toBeCloseTo(plummer, 4)
    // Units twice as long: f_0 has the unit of 1/(length^3 momentum^3), 64 times as much.
    expect(per('uniform ball, units twice as long') - ball).toBeCloseTo(Math.log10(64), 9)
    // The control: without the power N they are far off.
    expect(drawn(figure, 'Gaussian')[0]!).not.toBeCloseTo(gaussian, 0)
  })

  it('refuses columns of different lengths', () => {
    const data = { k: [1, 2], low: [1], median: [1, 1], high: [1, 1], farthest: [1, 1] }
    expect(() => marginalsFigure({ ...data, searched: [], N: [], laws: [], run: '', provenance: {} })).toThrow(
      /low must have length 2, got 1/,
    )
  })
})

describe('the figure of the sampling distance', async () => {
  const figure = await figureOf('sampling-distance')
  const N = column(figure, 'N')

  it('has the probabilities of another sampler and another formula for W_1 in its intervals', () => {
    // Order statistics of the uniform law as partial sums of exponentials; W_1 as the area between F_N and F, interval
    // by interval.
    const [n, replicas] = [1000, 1500]
    const stream = randomStream('figures/sampling-distance')
    const steps = new Float64Array(n + 1)
    let above = 0
    for (let replica = 0; replica < replicas; replica++) {
      let total = 0
      for (let i = 0; i <= n; i++) {
        steps[i] = -Math.log(stream.uniform())
        total += steps[i]!
      }
      let [x, area] = [0, 0]
      for (let i = 0; i <= n; i++) {
        const next = x + steps[i]! / total
        const [a, b] = [i / n - x, i / n - next]
        area += a * b >= 0 ? (Math.abs(a + b) / 2) * (next - x) : (a * a + b * b) / 2
        x = next
      }
      if (area > n ** -0.6) above++
    }
    const at = N.indexOf(n)
    const within = (gamma: number): boolean =>
      above / replicas > column(figure, `P uniform ${gamma} low`)[at]! &&
      above / replicas < column(figure, `P uniform ${gamma} high`)[at]!
    expect(within(0.6)).toBe(true)
    // The control: the interval of another gamma does not hold it.
    expect(within(0.55)).toBe(false)
  })

  it('has 99 % intervals with half a per cent in either tail, by binomial sums', () => {
    const tail = (p: number, from: number, to: number): number => {
      let [term, sum] = [(1 - p) ** 400, 0]
      for (let k = 0; k <= to; k++) {
        if (k >= from) sum += term
        term *= (((400 - k) / (k + 1)) * p) / (1 - p)
      }
      return sum
    }
    const [value, low, high] = ['', ' low', ' high'].map(end => column(figure, `P uniform 0.6${end}`))
    for (const [i, p] of value!.entries()) {
      const count = Math.round(400 * p)
      expect(tail(low![i]!, count, 400)).toBeCloseTo(0.005, 8)
      expect(tail(high![i]!, 0, count)).toBeCloseTo(0.005, 8)
      // The control: a shifted count is noticed.
      expect(tail(low![i]!, count + 1, 400)).not.toBeCloseTo(0.005, 4)
    }
  })

  it('has the exact means, the integral of E|F_N - F| by binomial sums, in the intervals of the uniform law', () => {
    for (const [i, n] of N.slice(0, 3).entries()) {
      const mean =
        Math.sqrt(n) *
        integralOfDeviation(
          n,
          2000,
          w => w,
          () => 1,
        )
      expect(column(figure, 'expected uniform')[i]! / mean).toBeCloseTo(1, 4)
      expect(mean).toBeGreaterThan(column(figure, 'mean uniform low')[i]!)
      expect(mean).toBeLessThan(column(figure, 'mean uniform high')[i]!)
      // The control: a fifth more is outside of what is seven per cent wide on either side.
      expect(1.2 * mean).toBeGreaterThan(column(figure, 'mean uniform high')[i]!)
    }
    // The Brownian bridge: the integral of E|B(t)| = (2 t(1 - t)/pi)^(1/2).
    expect(column(figure, 'expected uniform').at(-1)!).toBeCloseTo(Math.sqrt(2 * Math.PI) / 8, 4)
  })

  it('has the exact means of the Pareto law, which grow, with a slope that tends to 1/6', () => {
    const expected = column(figure, 'expected pareto')
    for (const [i, n] of N.slice(0, 3).entries()) {
      // P(X > x) = x^(-3/2) = v, v = w^3: dx = 2 w^(-3) dw.
      const mean =
        Math.sqrt(n) *
        integralOfDeviation(
          n,
          4000,
          w => w ** 3,
          w => 2 * w ** -3,
        )
      expect(expected[i]! / mean).toBeCloseTo(1, 4)
      // No variance: the sample mean is a rough guide.
      expect(Math.abs(Math.log(column(figure, 'mean pareto')[i]! / mean))).toBeLessThan(0.3)
    }
    const slope = (values: readonly number[], i: number): number =>
      Math.log(values[i + 1]! / values[i]!) / Math.log(N[i + 1]! / N[i]!)
    // The next term is of order 1, that of the bulk: the slope is off by an amount of order N^(-1/6).
    const away = (i: number): number => Math.abs(slope(expected, i) - 1 / 6)
    for (const i of [1, 2]) expect(away(i + 1) / away(i) / (N[i + 2]! / N[i]!) ** (-1 / 12)).toBeCloseTo(1, 1)
    // The control: the uniform law has no such slope.
    expect(Math.abs(slope(column(figure, 'expected uniform'), 3))).toBeLessThan(1e-3)
  })

  it('has the numbers of the ledger, bounds that samples respect, and a control that breaks its own', () => {
    let compared = 0
    for (const { spec, measured } of stored('9.3')) {
      const at = N.indexOf(Number(spec.N))
      compared++
      const [value, bound] = [`P ${spec.law} ${spec.gamma}`, `bound ${spec.law} ${spec.gamma}`].map(
        name => column(figure, name)[at]!,
      )
      expect(value).toBeCloseTo(measured.frequency![0], 6)
      expect(bound! / (2 * Math.exp(-2 * Number(spec.N) ** (1 - 2 * Number(spec.gamma))))).toBeCloseTo(1, 12)
      expect(column(figure, `mean ${spec.law}`)[at]! / measured.scaledMean![0]).toBeCloseTo(1, 5)
    }
    expect(compared).toBe(3)
    const over = (name: string): number =>
      column(figure, `P ${name} low`).filter((value, i) => value > column(figure, `bound ${name}`)[i]!).length
    expect(['uniform 0.6', 'uniform 0.55', 'uniform 0.5', 'pareto 0.4'].map(over)).toEqual([0, 0, 0, 5])
  })

  it('refuses columns of different lengths', () => {
    const tail = { law: 'uniform' as const, gamma: 0.5, probability: [], bound: [1] }
    expect(() => samplingDistanceFigure({ N: [10], tails: [tail], means: [], provenance: {} })).toThrow(
      /probability of uniform, gamma = 0.5 must have length 1, got 0/,
    )
  })
})

/** int E|Bin(n, v(w))/n - v(w)| weight(w) dw over [0, 1] by the midpoint rule, the mean by its sum. */
function integralOfDeviation(
  n: number,
  points: number,
  v: (w: number) => number,
  weight: (w: number) => number,
): number {
  let integral = 0
  for (let j = 0; j < points; j++) {
    const w = (j + 0.5) / points
    const p = v(w)
    let logTerm = n * Math.log1p(-p)
    let mean = 0
    for (let k = 0; k <= n; k++) {
      if (logTerm > -60) mean += Math.exp(logTerm) * Math.abs(k / n - p)
      logTerm += Math.log(((n - k) / (k + 1)) * (p / (1 - p)))
    }
    integral += (mean * weight(w)) / points
  }
  return integral
}

describe('the figure of the sampling exponents', async () => {
  const figure = await figureOf('sampling-exponents')
  const trace = (name: string): { x: number[]; y: number[] } =>
    figure.data.find(one => one.name === name) as unknown as { x: number[]; y: number[] }

  it('has the exponents of N xi^2 and N xi^(6/p) at xi = N^(-p gamma), worked out at N = 10^10', () => {
    for (const p of [1, 2, 5]) {
      const { x, y } = trace(`p = ${p}, from (87)`)
      for (const [i, gamma] of x.entries()) {
        const xi = 1e10 ** (-p * gamma)
        const exponent = (power: number): number => Math.log10(1e10 * xi ** power) / 10
        expect(y[i]!).toBeCloseTo(exponent(p > 3 ? 2 : 6 / p), 9)
        // The control: the form of the other side of p = 3 is another.
        expect(Math.abs(y[i]! - exponent(p > 3 ? 6 / p : 2))).toBeGreaterThan(1e-3)
      }
    }
  })

  it('has at p = 3 the form with the logarithm, at N = 10^12', () => {
    const { x, y } = trace('p = 3 with the logarithm of (87), N = 10<sup>12</sup>')
    for (const [i, gamma] of x.entries()) {
      const xi = 1e12 ** (-3 * gamma)
      expect(y[i]!).toBeCloseTo(Math.log10(1e12 * (xi / Math.log(2 + 1 / xi)) ** 2) / 12, 9)
    }
    const printed = trace('printed, p ≤ 3: 1 − 6γ').y
    expect(printed.filter((value, i) => i > 0 && !(y[i]! < value))).toEqual([])
  })

  it('has the moment term of the proof, from N (N xi)^(-(k - epsilon)/p) at N = 10^10', () => {
    for (const p of [1, 2, 5]) {
      const { x, y } = trace(`p = ${p}, with ε`)
      for (const [i, k] of x.entries()) {
        const term = (gamma: number, epsilon: number): number =>
          Math.log10(1e10 * (1e10 * 1e10 ** (-p * gamma)) ** (-(k - epsilon) / p)) / 10
        const gamma = 0.03
        const epsilon = (k * (1 - 2 * p * gamma)) / (2 * (1 - p * gamma))
        expect(y[i]!).toBeCloseTo(term(gamma, epsilon), 9)
        expect(y[i]!).toBeLessThan(0)
        // The control: with epsilon = 0 the exponent is another.
        expect(Math.abs(y[i]! - term(gamma, 0))).toBeGreaterThan(0.05)
      }
    }
  })

  it('marks a control without decay, which outgrows the bound by the moment term alone', () => {
    const { x, y } = trace('control, γ beyond 1/6')
    expect(y[0]!).toBeCloseTo(1 - 6 * x[0]!, 9)
    expect(y[0]!).toBeLessThan(0)
    // a -> 1, so that a/N^(1 - k/2p) with k = 4, p = 1 grows like N from log N = 400 to 700.
    expect(figure.caption).toContain(`10^${Math.round(300 / Math.LN10)}`)
  })

  it('refuses columns of different lengths', () => {
    const data = {
      gamma: [0, 0.1],
      printed: [],
      withLogarithm: { log10N: 12, exponent: [1] },
      slopes: [],
      k: [],
      moment: [],
    }
    const beyond = { gamma: 0.2, exponent: -0.2, log10Excess: 1 }
    expect(() => samplingExponentsFigure({ ...data, beyond, provenance: {} })).toThrow(
      /withLogarithm must have length 2, got 1/,
    )
  })
})
