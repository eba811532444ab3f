// The figures that take runs, against oracles of their own: plain loops, closed forms, other quadratures.
import { beforeAll, describe, expect, it } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { drawFigure } from '../../src/figures/gallery.js'
import { weakSolutionFigure } from '../../src/figures/section2/weakSolutionFigure.js'
import { chaosProbabilityFigure } from '../../src/figures/section4/chaosProbabilityFigure.js'
import { productMeasureFigure } from '../../src/figures/section4/productMeasureFigure.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { drawn } from '../support/drawn.js'

type Columns = Record<string, number[]>

/** The rows of one series of a table in long form. */
function seriesOf(table: Record<string, (number | string)[]>, name: string): { x: number; y: number }[] {
  return table
    .series!.flatMap((series, i) => (series === name ? [i] : []))
    .map(i => ({ x: Number(table.x![i]), y: Number(table.y![i]) }))
}

/** Draws once, before all tests of a block. */
function tableOf(id: string): () => Record<string, (number | string)[]> {
  let table: Record<string, (number | string)[]>
  beforeAll(async () => {
    ;({ table } = await drawn(id))
  })
  return () => table
}

/** Points of a seed, one row (q, p) for each particle. */
function throwOf(seed: string, N: number): number[][] {
  const { q, p } = gaussianLaw().sample(N, randomStream({ seed, law: 'gaussian', N }))
  return Array.from({ length: N }, (_, i) =>
    [0, 1, 2].map(a => q[a * N + i]!).concat([0, 1, 2].map(a => p[a * N + i]!)),
  )
}

/** (5) with kernel (4) by plain loops. */
function forceByHand(z: readonly number[][], i: number, radius: number, sigma = 1): number[] {
  const sum = [0, 0, 0]
  for (let j = 0; j < z.length; j++) {
    const apart = [0, 1, 2].map(a => z[i]![a]! - z[j]![a]!)
    const r = Math.max(radius, Math.hypot(...apart))
    for (let a = 0; a < 3; a++) sum[a] = sum[a]! + (sigma * apart[a]!) / r ** 3 / z.length
  }
  return sum
}

/** One step of Runge and Kutta. */
function rungeKutta(z: number[][], h: number, radius: number, sigma = 1): number[][] {
  const slope = (at: number[][]): number[][] =>
    at.map((one, i) => [...one.slice(3), ...forceByHand(at, i, radius, sigma)])
  const moved = (k: number[][], by: number): number[][] => z.map((one, i) => one.map((x, c) => x + by * k[i]![c]!))
  const k1 = slope(z)
  const k2 = slope(moved(k1, h / 2))
  const k3 = slope(moved(k2, h / 2))
  const k4 = slope(moved(k3, h))
  return moved(
    k1.map((row, i) => row.map((x, c) => (x + 2 * k2[i]![c]! + 2 * k3[i]![c]! + k4[i]![c]!) / 6)),
    h,
  )
}

/** What is left of the weak form on [0, 1/2] over the largest change, by Runge and Kutta and Simpson's rule. */
function weakFormByHand(origin: number): number {
  const [N, steps] = [64, 256]
  const radius = N ** -0.3
  const at = (z: number[][]): { value: number; rate: number } => {
    let [value, rate] = [0, 0]
    for (const [i, one] of z.entries()) {
      const away = one.map((x, c) => x - (c === 0 || c === 4 ? 0.5 : 0))
      const phi = Math.exp(-0.5 * away.reduce((s, x) => s + x * x, 0)) / N
      const K = forceByHand(z, i, radius)
      K[0] = K[0]! + origin / N
      value += phi
      for (let a = 0; a < 3; a++) rate -= phi * (one[3 + a]! * away[a]! + K[a]! * away[3 + a]!)
    }
    return { value, rate }
  }
  let z = throwOf('gallery/weak-solution', N)
  const h = 0.5 / steps
  const begin = at(z).value
  let [flux, change, last] = [0, 0, begin]
  for (let n = 0; n <= steps; n++) {
    const { value, rate } = at(z)
    flux += ((n === 0 || n === steps ? 1 : n % 2 === 1 ? 4 : 2) * h * rate) / 3
    change = Math.max(change, Math.abs(value - begin))
    last = value
    if (n < steps) z = rungeKutta(z, h, radius)
  }
  return Math.abs(last - begin - flux) / change
}

const quotients = (values: readonly number[]): number[] => values.slice(1).map((value, i) => values[i]! / value)

describe('the figure of (13)', () => {
  const table = tableOf('weak-solution')

  it('has a residual that falls fourfold as the step is halved, and one that stays', () => {
    const { residual, withOrigin } = table() as Columns
    for (const quotient of quotients(residual!)) expect(Math.abs(quotient - 4)).toBeLessThan(0.05)
    // The control.
    for (const quotient of quotients(withOrigin!)) expect(Math.abs(quotient - 1)).toBeLessThan(0.05)
  })

  it('ends where a plain integration of the weak form ends', () => {
    const { withOrigin } = table() as Columns
    expect(Math.abs(withOrigin!.at(-1)! / weakFormByHand(64 ** 0.6) - 1)).toBeLessThan(1e-3)
    expect(weakFormByHand(0)).toBeLessThan(1e-4)
  })
})

describe('the figure of (17)', () => {
  const table = tableOf('push-forward')

  it('has 0 for every particle under the mean field flow, and the error of order 2 of the composition', () => {
    expect(seriesOf(table(), 'alone by Φ').filter(({ x }) => x !== 0)).toEqual([])
    for (const quotient of quotients(seriesOf(table(), 'composed').map(({ y }) => y))) {
      expect(Math.abs(quotient - 4)).toBeLessThan(0.2)
    }
  })

  it('has under Psi what plain loops give: moved alone a particle flies freely', () => {
    const [N, steps] = [100, 128]
    const byHand = (sigma: number): number[] => {
      const start = throwOf('gallery/push-forward', N)
      let z = start
      for (let n = 0; n < steps; n++) z = rungeKutta(z, 1 / steps, N ** -0.3, sigma)
      const apart = z.map((one, i) => {
        const free = [0, 1, 2].map(a => start[i]![a]! + start[i]![3 + a]!).concat(start[i]!.slice(3))
        return Math.max(...one.map((x, c) => Math.abs(x - free[c]!)))
      })
      return apart.sort((a, b) => a - b)
    }
    const drawnHere = seriesOf(table(), 'alone by Ψ').map(({ x }) => x)
    const farthest = (sigma: number): number => Math.max(...byHand(sigma).map((x, i) => Math.abs(x - drawnHere[i]!)))
    expect(farthest(1)).toBeLessThan(1e-3)
    // The control: the other sign.
    expect(farthest(-1)).toBeGreaterThan(1e-2)
  })
})

describe('the figure of Lemma 3.2', () => {
  const table = tableOf('density-for-all-cutoffs')

  it('begins at the closed form, stays below the bound, and approaches its limit like N^(-2 delta)', () => {
    const bound = seriesOf(table(), 'bound')
    for (const N of ['1', '10', '100', 'Infinity']) {
      const sum = seriesOf(table(), `sum, N = ${N}`)
      expect(sum[0]!.y).toBeCloseTo(1 + (2 * Math.PI) ** -1.5, 4)
      for (const [i, { y }] of sum.entries()) expect(y).toBeLessThan(bound[i]!.y * (1 + 1e-4))
    }
    expect(bound[0]!.y).toBeCloseTo(1 + (2 * Math.PI) ** -1.5, 6)
    for (const delta of [0.15, 0.3]) {
      const [, middle, last] = seriesOf(table(), `difference, delta = ${delta}`)
      const exponent = Math.log10(last!.y / middle!.y)
      expect(Math.abs(exponent + 2 * delta)).toBeLessThan(0.03)
      // The control: not the power of the cut-off radius itself.
      expect(Math.abs(exponent + delta)).toBeGreaterThan(0.1)
    }
  })
})

describe('the figure of Lemma 3.3', () => {
  const table = tableOf('lemma-33-shift')

  it('has the integral of the step, by a sum, below and up to the sharp factor', () => {
    const quotient = seriesOf(table(), 'quotient')
    const byHand = (a: number, edge: number): number => {
      const [n, low, high] = [200_000, edge, a + 1]
      if (high <= low) return 0
      let sum = 0
      for (let i = 0; i < n; i++) sum += ((low + ((i + 0.5) * (high - low)) / n) ** 2 * (high - low)) / n
      return (3 * sum) / a ** 3
    }
    for (const { x, y } of quotient.filter((_, i) => i % 20 === 7)) {
      expect(Math.abs(y - byHand(x, 1.21))).toBeLessThan(1e-6)
      // The control: another edge is seen.
      if (y > 0) expect(Math.abs(y - byHand(x, 1.25))).toBeGreaterThan(1e-6)
    }
    const kappa = (1 - 1.21 ** -1.5) ** -2
    const largest = Math.max(...quotient.map(({ y }) => y))
    expect(largest).toBeLessThanOrEqual(kappa * (1 + 1e-12))
    expect(largest).toBeGreaterThan(0.999 * kappa)
  })

  it('has for the uniform law the closed form (a + RT)^3 / (R’^3 + a^3)', () => {
    const { y } = seriesOf(table(), 'uniform').at(-1)!
    expect(y).toBeCloseTo(11 ** 3 / (1.21 ** 3 + 10 ** 3), 8)
    expect(y).toBeGreaterThan(1)
  })
})

/** E_1(H) for Kurth's law by the first integral R'^2 = P^2 (1 - R^-2) + 2 sigma (1 - 1/R), with R = 1 +- s^2. */
function kurthByHand(sigma: number): number {
  const P = 0.8
  const square = (R: number): number => P * P * (1 - R ** -2) + 2 * sigma * (1 - 1 / R)
  const side = P * P + sigma > 0 ? 1 : -1
  let [t, s] = [0, 0]
  const ds = 1e-6
  while (t < 1) {
    const R = 1 + side * (s + ds / 2) ** 2
    t += (2 * (s + ds / 2) * ds) / Math.sqrt(square(R))
    s += ds
  }
  const R = 1 + side * s * s
  return 0.6 * (square(R) + (P / R) ** 2) * Math.min(1, R ** -3)
}

describe('the figure of (26)', () => {
  const table = tableOf('product-measure')

  it('compares with what the first integral of Kurth’s motion gives', () => {
    const { known } = table() as Columns
    expect(known![0]! / kurthByHand(1)).toBeCloseTo(1, 5)
    expect(known![1]! / kurthByHand(-1)).toBeCloseTo(1, 5)
  })

  it('has intervals that cover what is known, but for the copies', () => {
    const { low, high, known, case: names } = table() as Columns & { case: unknown[] }
    const covered = known!.map((value, i) => low![i]! < value && value < high![i]!)
    expect(covered).toEqual(names.map(name => !/copies/.test(String(name))))
  })
})

describe('the figure of Remark 4.5', () => {
  const table = tableOf('noise-on-both-flows')

  it('keeps what is allowed when both flows have the same noise', () => {
    const columns = table() as Columns
    for (const name of ['nothing added', 'a trap, E(q) = −q', 'the same noise for both']) {
      for (const [n, value] of columns[name]!.entries()) {
        expect(value).toBeLessThanOrEqual(1.01 * columns[`${name}, allowed`]![n]! + 1e-12)
      }
    }
  })

  it('has with independent noise the largest of 384 differences of Brownian paths', () => {
    const { t, ...columns } = table() as Columns
    const n = 2
    // Two paths with <p_a^2> = 2 D t, D = 1/10; the largest of 384 normal numbers is between 2.2 and 4.5 but for 1
    // in 100.
    const deviation = Math.sqrt(4 * 0.1 * t![n]!)
    const ratio = (name: string): number => columns[name]![n]! / deviation
    expect(ratio('independent noise: broken on purpose')).toBeGreaterThan(2.2)
    expect(ratio('independent noise: broken on purpose')).toBeLessThan(4.5)
    // The control: with the same noise for both next to nothing is left.
    expect(ratio('the same noise for both')).toBeLessThan(0.3)
  })
})

describe('the figure of the Gronwall budget', () => {
  const table = tableOf('gronwall-budget')

  it('has the solution of g’ = r g + sup f as its bound, r = max{√log N, K/√log N}', () => {
    const { t, local, onC, fluctuation, log10Gronwall, log10Delta } = table() as Columns
    const f = Math.max(...fluctuation!)
    const rise = (log10Gronwall!.at(-1)! - log10Gronwall!.at(-2)!) * Math.LN10
    const r = rise / (t!.at(-1)! - t!.at(-2)!)
    const solved = (rate: number): number => {
      const steps = 40_000
      let g = 0
      for (let n = 0; n < steps; n++) {
        const k1 = rate * g + f
        const k2 = rate * (g + k1 / (2 * steps)) + f
        g += k2 / steps
      }
      return Math.log10(g)
    }
    expect(Math.abs(solved(r) - log10Gronwall!.at(-1)!)).toBeLessThan(1e-3)
    expect(log10Delta!.every((value, n) => value < log10Gronwall![n]!)).toBe(true)
    // K is at least the largest of K(t), which drew K x; r is K / sqrt(log N) of that size, and not sqrt(log N) alone.
    expect(r * Math.sqrt(Math.log(512))).toBeGreaterThan(100)
    expect(Math.abs(solved(Math.sqrt(Math.log(512))) - log10Gronwall!.at(-1)!)).toBeGreaterThan(10)
    expect(local!.every((value, n) => value <= 1.2 * onC![n]!)).toBe(true)
  })
})

describe('the figure of Theorem 4.2', () => {
  const table = tableOf('chaos-probability')

  it('has the closed-form intervals of 0 and 24 events of 24', () => {
    const { probability, low, high, delta, ratio, N } = table() as Columns
    const edge = 0.025 ** (1 / 24)
    for (const [i, p] of probability!.entries()) {
      if (p === 0) expect([low![i], high![i]]).toEqual([0, expect.closeTo(1 - edge, 9)])
      if (p === 1) expect([low![i], high![i]]).toEqual([expect.closeTo(edge, 9), 1])
      // An event is a deviation above the threshold: most of them, and the median is above as well.
      expect(ratio![i]! > 1).toBe(p > 0.5)
    }
    // The control: at delta = 0.7 the deviation outgrows the threshold.
    const beyond = ratio!.filter((_, i) => delta![i] === 0.7)
    expect(beyond.at(-1)).toBeGreaterThan(2 * beyond[0]!)
    expect(new Set(N)).toEqual(new Set([64, 256, 1024]))
  })
})

describe('bad data', () => {
  it('is refused with the name of what is wrong', async () => {
    await expect(drawFigure('nothing')).rejects.toThrow(/id must be one of .*got "nothing"/)
    await expect(drawFigure('constructor')).rejects.toThrow(/id must be one of/)
    expect(() => productMeasureFigure({ cases: [], interval: '', provenance: {} })).toThrow(
      /cases must have length >= 1/,
    )
    expect(() => chaosProbabilityFigure({ series: [], level: 0.95, provenance: {} })).toThrow(
      /series must have length 1 to 3/,
    )
    const short = { step: [1, 2], residual: [1], withOrigin: [1, 1], level: 1, origin: 'e', provenance: {} }
    expect(() => weakSolutionFigure(short)).toThrow(/residual must have length 2, got 1/)
  })
})
