import { describe, expect, it } from 'vitest'
import { dualityOf } from '../../src/attacks/section4/duality28Attack.js'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { randomStream } from '../../src/base/random.js'
import { measureClaim } from '../../src/claims/core/measureClaim.js'
import { lemma33 } from '../../src/claims/section3/lemma33.js'
import { corollary43 } from '../../src/claims/section4/corollary43.js'
import { definition51 } from '../../src/claims/section5/definition51.js'
import { lemma52 } from '../../src/claims/section5/lemma52.js'
import { lemma81 } from '../../src/claims/section8/lemma81.js'
import { step75 } from '../../src/claims/section8/step75.js'
import { threshold78 } from '../../src/claims/section8/threshold78.js'
import { measureOfChaos } from '../../src/flow/coupled/measureOfChaos.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { bottleneckDistance } from '../../src/transport/bottleneck/bottleneckDistance.js'
import { distance1d } from '../../src/transport/line/distance1d.js'

describe('Lemma 3.3', () => {
  it('has the closed form of the counter-example: 1331 against 1.21^3 + 1000', async () => {
    const { measured } = await measureClaim(lemma33, { law: 'uniform', R: 1, T: 1 }, 'test')
    expect(measured.lastLine!.value).toBeCloseTo(1331 / (1.21 ** 3 + 1000), 8)
  })

  it('measures f~ as a brute-force supremum over the ball of p and the ball of q does, for a Gaussian', () => {
    const law = gaussianLaw()
    const stream = randomStream('f~')
    const [t, R] = [0.5, 1]
    for (let trial = 0; trial < 20; trial++) {
      const s = 4 * stream.uniform()
      const exact = law.density([Math.max(0, t * s - R * t * t), 0, 0], [Math.max(0, s - R * t), 0, 0])
      let best = 0
      for (let i = 0; i < 3000; i++) {
        const direction = (): number[] => {
          const x = [stream.normal(), stream.normal(), stream.normal()]
          return x.map(c => c / Math.hypot(...x))
        }
        const [u, v] = [direction(), direction()]
        const [a, b] = [Math.cbrt(stream.uniform()) * R * t * t, Math.cbrt(stream.uniform()) * R * t]
        // q' + pt with |q'| <= R t^2 and p = (s, 0, 0); p' with |p - p'| < R t.
        const q = u.map((c, axis) => a * c + (axis === 0 ? t * s : 0))
        const p = v.map((c, axis) => b * c + (axis === 0 ? s : 0))
        best = Math.max(best, law.density(q, p))
      }
      expect(best).toBeLessThanOrEqual(exact * (1 + 1e-12))
      expect(best).toBeGreaterThan(0.6 * exact)
    }
  })

  it('the printed integral over all p diverges for theta = s^-2 e^-s, which is integrable', () => {
    expect(integrate(s => s * s * (Math.exp(-s) / (s * s)), 0, Number.POSITIVE_INFINITY).value).toBeCloseTo(1, 10)
    const shifted = (from: number): number =>
      integrate(s => (Math.exp(-s) / (s * s)) * (s + 1) ** 2, from, 50, { breaks: [1e-4, 1e-2, 1], tolerance: 1e-9 })
        .value
    expect(shifted(1e-6) / shifted(1e-3)).toBeGreaterThan(500)
  })

  it('the sharp factor is the largest over indicators, and tends to 1 for R far beyond RT', () => {
    const { factor } = lemma33.formulas
    const [H, b] = [1, 2]
    let best = 0
    for (let a = 1; a < 20; a += 1e-3) best = Math.max(best, ((a + H) ** 3 - b ** 3) / a ** 3)
    expect(factor!.evaluate({ H, b })).toBeCloseTo(best, 6)
    expect(factor!.evaluate({ H: 1, b: 1e6 })).toBeCloseTo(1, 8)
  })
})

describe('(28)', () => {
  it('agrees with the distance on the line', () => {
    const stream = randomStream('line')
    for (const n of [1, 2, 5, 7]) {
      const draw = (): Float64Array => Float64Array.from({ length: n }, () => stream.normal())
      const [x, y] = [draw(), draw()]
      const { primal, dual, lipschitz } = dualityOf(
        Array.from(x, a => Float64Array.of(a)),
        Array.from(y, a => Float64Array.of(a)),
      )
      const W = distance1d({ n, d: 1, x }, { n, d: 1, x: y }, 1).value
      expect(primal).toBeCloseTo(W, 12)
      expect(dual).toBeCloseTo(W, 12)
      expect(lipschitz).toBeLessThanOrEqual(1 + 1e-12)
    }
  })
})

describe('Lemma 5.2', () => {
  it('fails for one particle by exactly sqrt 6, and holds in the maximum norm', async () => {
    const X = { n: 1, d: 6, x: new Float64Array(6) }
    const Y = { n: 1, d: 6, x: new Float64Array(6).fill(1) }
    expect(bottleneckDistance(X, Y).value).toBeCloseTo(Math.sqrt(6), 14)
    expect(bottleneckDistance(X, Y, { norm: 'maximum' }).value).toBe(1)
    const record = await measureClaim(lemma52, { norm: 'euclidean', N: 1000 }, 'test')
    expect(lemma52.judge([record])).toMatchObject({ status: 'fails as printed', basis: 'derivation' })
    const none = { ...record, measured: {} }
    expect(lemma52.judge([none]).status).toBe('not contradicted at these N')
  })
})

describe('Lemma 8.1', () => {
  it('is an equality where g = h, at g(s) = s^3 - s too: h rises only after the old maximum is passed', () => {
    const h = (t: number): number => {
      let most = 0
      for (let i = 0; i <= 4000; i++) most = Math.max(most, ((t * i) / 4000) ** 3 - (t * i) / 4000)
      return most
    }
    // g(0) = 0 is the maximum until t = 1, where g' = 2.
    expect((h(0.999) - h(0.9)) / 0.099).toBe(0)
    expect((h(1 + 1e-5) - h(1)) / 1e-5).toBeCloseTo(2, 3)
  })

  it('attains its bound, so that no smaller one would do', async () => {
    const record = await measureClaim(lemma81, { path: 'waves' }, 'test')
    expect(record.measured.overBound!.value).toBeGreaterThan(1 - 1e-6)
    expect(lemma81.judge([record]).status).toBe('holds')
  })

  it('loses its remark on case 1 when the example is not recorded', async () => {
    const record = await measureClaim(lemma81, { path: 'waves' }, 'test')
    expect(lemma81.judge([record]).reason).not.toMatch(/Case 1/)
    expect(lemma81.judge([record, await measureClaim(lemma81, { path: 'cubic' }, 'test')]).reason).toMatch(/Case 1/)
  })
})

describe('Definition 5.1 and (40)', () => {
  it('starts J where the follower of J starts it', async () => {
    const [N, delta, lambda, T] = [1e6, 0.2, 1, 1]
    const chaos = measureOfChaos({ N, delta, T, rates: [{ lambda, beta: 1 - 2 * delta }] })
    const start = chaos.record(0, 0, 0)
    expect(start.J[0]).toBeCloseTo(definition51.bound.evaluate({ lambdaT: 1, logN: Math.log(N), delta }), 12)
    expect(start.J[0]).toBeLessThan(1)
    const record = await measureClaim(definition51, { delta, lambdaT: 1 }, 'test')
    expect(record.constants[0]!.sharp.value).toBeCloseTo(6.25, 12)
    // Just below the threshold J is 1 for every Z.
    expect(definition51.bound.evaluate({ lambdaT: 1, logN: 6.2, delta })).toBeGreaterThan(1)
  })
})

describe('(75)', () => {
  it('holds with the factor 2 for every height and every N >= 3, and fails with 1.9', () => {
    const c = 83.65
    const delta = 0.3
    const Cl = ((4 * Math.PI) / 3) * c * (1 + 3 * delta)
    const factor = (m: number, logN: number): number =>
      step75.formulas.pieces!.evaluate({ c, m, delta, logN }) / (Cl * (1 + m) * logN)
    let worst = 0
    for (const m of [1e-3, 0.24, 1, 10, 1e3, 1e5]) {
      for (const logN of [1, 1.1, 2, 10, 1e3]) worst = Math.max(worst, factor(m, logN))
    }
    expect(worst).toBeLessThanOrEqual(2)
    expect(worst).toBeGreaterThan(1.9)
  })
})

describe('(78)', () => {
  it('gives an N_0 at which the printed quantity is below 1/2, and the smallest where it is 1/2', async () => {
    const record = await measureClaim(threshold78, { law: 'gaussian', delta: 0.3, T: 1 }, 'test')
    const { printed, sharp } = record.constants[0]!
    const C0 = record.measured.C0!.value
    const log = (L: number): number => C0 * Math.sqrt(L) - 0.1 * L
    expect(log(printed!)).toBeLessThan(-Math.LN2)
    expect(log(sharp.value) + Math.LN2).toBeCloseTo(0, 6)
    expect(log(0.999 * sharp.value)).toBeGreaterThan(-Math.LN2)
  })

  it('keeps numbers that no double holds as logarithms', async () => {
    const { measured } = await measureClaim(threshold78, { law: 'uniform-ball', delta: 0.3, T: 1 }, 'test')
    const values = Object.entries(measured).filter(([name]) =>
      ['printed', 'repaired', 'best', 'bestWeight', 'typical'].includes(name),
    )
    expect(values.length).toBe(5)
    for (const [, { value }] of values) expect(value).toBeGreaterThan(308)
    // Better constants help, a typical B_t costs.
    const [printed, repaired, best, weight, typical] = values.map(([, { value }]) => value)
    expect(printed).toBeLessThan(repaired!)
    expect(best).toBeLessThan(printed!)
    expect(weight).toBeLessThan(best!)
    expect(typical).toBeGreaterThan(3.9 * weight!)
  })
})

describe('Corollary 4.3', () => {
  it('has a printed factor that depends on the unit of phase volume', async () => {
    const record = await measureClaim(corollary43, { k: 1, N: 1000, law: 'uniform-ball', particles: 'product' }, 'test')
    const name = 'logFactor'
    expect(record.measured[name]!.value).toBeCloseTo(2000 * Math.log10(3 / (4 * Math.PI)), 8)
  })

  it('knows W_1 of a two-fold product: 2 eps (1 - eps) + sqrt 2 eps^2 over eps', async () => {
    const record = await measureClaim(corollary43, { k: 2, N: 10, law: 'gaussian', particles: 'product' }, 'test')
    const eps = 1e-8
    expect(record.constants[1]!.attacked.value).toBeCloseTo(2 * (1 - eps) + Math.SQRT2 * eps, 14)
  })
})
