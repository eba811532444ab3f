import { afterEach, describe, expect, it, vi } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { distance1dToLaw } from '../../src/transport/line/distance1dToLaw.js'
import { exponentialLaw1d, paretoLaw1d, uniformLaw1d } from '../../src/transport/line/quantileLaw.js'
import type { PointCloud } from '../../src/transport/pointCloud.js'
import {
  oneSampleDistance,
  oneSampleDistanceAsync,
  secondSampleBound,
} from '../../src/transport/sample/oneSampleDistance.js'
import {
  isotropicGaussianLaw,
  phaseSpaceLaw,
  productLaw,
  type SpaceLaw,
  uniformCubeLaw,
} from '../../src/transport/sample/oneSampleLaw.js'
import {
  nearestAtomBound,
  semiDiscreteBound,
  semiDiscretePotentials,
} from '../../src/transport/sample/oneSampleLower.js'
import { partitionBound } from '../../src/transport/sample/partitionBound.js'
import { twoSampleBias } from '../../src/transport/sample/proxyBias.js'

const onLine: [string, SpaceLaw][] = [
  ['uniform', uniformCubeLaw(1)],
  ['gaussian', isotropicGaussianLaw(1, 2)],
  ['exponential', productLaw([exponentialLaw1d()])],
  ['pareto', productLaw([paretoLaw1d(4)])],
]

const sample = (law: SpaceLaw, n: number, key: string): PointCloud => law.sample(n, randomStream(`one-sample/${key}`))

describe('laws on R^d', () => {
  it('draw independent coordinates with the laws of their factors', () => {
    const law = productLaw([uniformLaw1d(), exponentialLaw1d()])
    const { x, n, d } = sample(law, 20_000, 'product')
    expect([n, d, law.name, law.tailOrder]).toEqual([20_000, 2, 'uniform*exponential', Number.POSITIVE_INFINITY])
    const mean = (from: number): number => x.slice(from, from + n).reduce((s, v) => s + v / n, 0)
    // Four standard errors: deviations 0.29 and 1.
    expect(Math.abs(mean(0) - 0.5)).toBeLessThan((4 * 0.29) / Math.sqrt(n))
    expect(Math.abs(mean(n) - 1)).toBeLessThan(4 / Math.sqrt(n))
    expect(() => productLaw([])).toThrow(/factors\.length/)
  })

  it('take the initial laws of phase space through their samplers', () => {
    const stream = randomStream('one-sample/phase')
    expect(phaseSpaceLaw(gaussianLaw()).sample(5, stream)).toMatchObject({ n: 5, d: 6 })
  })
})

describe.each(onLine)('on the line, where the distance is known: %s', (name, law) => {
  it.each([1, 2, 3])('every bound is on its side, p = %i', p => {
    const X = sample(law, 30, name)
    const { value } = distance1dToLaw(X, law.factors![0]!, p)
    const { low, high, lower, upper } = oneSampleDistance(X, law, p, {
      stream: randomStream(`one-sample/${name}/${p}`),
      copies: 3,
    })
    expect(lower.nearestAtom.low).toBeLessThanOrEqual(value)
    expect(lower.semiDiscrete.low).toBeLessThanOrEqual(value)
    expect(upper.secondSamples.high).toBeGreaterThanOrEqual(value)
    expect(upper.partition!.high).toBeGreaterThanOrEqual(value)
    expect(upper.throughSample!.high).toBeGreaterThanOrEqual(value)
    expect(low).toBe(Math.max(lower.nearestAtom.low, lower.semiDiscrete.low))
    expect(high).toBeLessThanOrEqual(upper.partition!.high)
    expect([lower.nearestAtom, lower.semiDiscrete, upper.secondSamples].map(({ kind }) => kind)).toEqual(
      Array(3).fill('confidence'),
    )
    expect([upper.partition!, upper.throughSample!].map(({ kind }) => kind)).toEqual(Array(2).fill('certified'))
  })
})

describe('nearestAtomBound and semiDiscreteBound', () => {
  const law = uniformCubeLaw(2)
  const X = sample(law, 40, 'lower')
  const integral = (f: (x: number, y: number) => number, m: number): number => {
    let sum = 0
    for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) sum += f((a + 0.5) / m, (b + 0.5) / m) / (m * m)
    return sum
  }
  const reduced = (g: ArrayLike<number>, p: number) => (x: number, y: number) =>
    Math.min(...Array.from({ length: X.n }, (_, i) => Math.hypot(x - X.x[i]!, y - X.x[X.n + i]!) ** p - g[i]!))

  it('contain in their intervals what a grid integral gives', () => {
    const g = semiDiscretePotentials(X, law, 2, { stream: randomStream('lower/g'), steps: 3000 })
    const options = { stream: randomStream('lower/mc'), level: 0.999 }
    const nearest = nearestAtomBound(X, law, 2, options)
    const dual = semiDiscreteBound(X, law, 2, g, options)
    const mean = g.reduce((s, v) => s + v / X.n, 0)
    const [a, b] = [integral(reduced(new Float64Array(X.n), 2), 300), mean + integral(reduced(g, 2), 300)]
    // The grid's own error is below 1/300^2.
    for (const [{ low, high }, square] of [
      [nearest, a],
      [dual, b],
    ] as const) {
      expect(low ** 2 - 1e-5).toBeLessThan(square)
      expect(high ** 2 + 1e-5).toBeGreaterThan(square)
      // The control: half the atoms would be noticed.
      expect(high).toBeLessThan(1.2 * Math.sqrt(square))
    }
    expect(b).toBeGreaterThan(a)
  })

  it('reach the distance when the cloud is far too concentrated: one atom has all potentials alike', () => {
    const Z = { n: 1, d: 2, x: Float64Array.of(0.5, 0.5) }
    // W_2^2 = 2/12.
    const { low, high } = nearestAtomBound(Z, law, 2, { stream: randomStream('lower/atom') })
    expect(low).toBeLessThan(Math.sqrt(1 / 6))
    expect(high).toBeGreaterThan(Math.sqrt(1 / 6))
    expect(high - low).toBeLessThan(0.03)
  })

  it('the semi-discrete bound is invariant under constants and valid for absurd potentials', () => {
    const options = () => ({ stream: randomStream('lower/absurd') })
    const zero = semiDiscreteBound(X, law, 1, new Float64Array(40), options())
    const shifted = semiDiscreteBound(X, law, 1, new Float64Array(40).fill(7), options())
    expect(shifted.value).toBeCloseTo(zero.value, 12)
    expect(zero.value).toBeCloseTo(nearestAtomBound(X, law, 1, options()).value, 12)
    const absurd = Float64Array.from({ length: 40 }, (_, i) => (i === 0 ? 100 : 0))
    expect(semiDiscreteBound(X, law, 1, absurd, options()).low).toBe(0)
  })

  it('cover the truth as often as they say', () => {
    // E_f |T - 1/2| = 1/4 exactly; 95 % intervals of 400 tries: 380 +- 4.4.
    const Z = { n: 1, d: 1, x: Float64Array.of(0.5) }
    const stream = randomStream('lower/coverage')
    let inside = 0
    for (let k = 0; k < 400; k++) {
      const { low, high } = nearestAtomBound(Z, uniformCubeLaw(1), 1, { stream, samples: 200, level: 0.95 })
      if (low <= 0.25 && 0.25 <= high) inside++
    }
    expect(Math.abs(inside - 380)).toBeLessThan(4 * 4.4)
  })
})

describe('partitionBound', () => {
  it('tends to the truth for a cloud that is a lattice, and sees a cloud that is displaced', () => {
    const m = 16
    const lattice = (shift: number): PointCloud => ({
      n: m * m,
      d: 2,
      x: Float64Array.from({ length: 2 * m * m }, (_, k) => {
        const i = k % (m * m)
        return ((k < m * m ? i % m : Math.floor(i / m)) + 0.5) / m + shift
      }),
    })
    // Each lattice point takes its own cell: W_2^2 = 2 (1/m)^2/12, which the coupling attains.
    const exact = Math.sqrt(1 / 6) / m
    const { high } = partitionBound(lattice(0), uniformCubeLaw(2), 2)
    expect(high).toBeGreaterThanOrEqual(exact)
    expect(high).toBeLessThan(exact * (1 + 1e-9))
    expect(partitionBound(lattice(3), uniformCubeLaw(2), 2).high).toBeGreaterThan(Math.hypot(3, 3))
  })

  it('is E|T - z|^p for one atom', () => {
    const Z = { n: 1, d: 1, x: Float64Array.of(0.5) }
    expect(partitionBound(Z, uniformCubeLaw(1), 2).high).toBeCloseTo(Math.sqrt(1 / 12), 10)
  })

  it('decreases like N^(-1/3) for p = 1 in R^3 up to a constant, and never hangs on coinciding atoms', () => {
    const law = uniformCubeLaw(3)
    const bounds = [100, 800, 6400].map(n => partitionBound(sample(law, n, `rate/${n}`), law, 1).high)
    for (let k = 0; k < 2; k++) {
      expect(bounds[k]! / bounds[k + 1]!).toBeGreaterThan(1.4)
      expect(bounds[k]! / bounds[k + 1]!).toBeLessThan(2.5)
    }
    const same = { n: 500, d: 3, x: new Float64Array(1500).fill(0.3) }
    expect(partitionBound(same, law, 1).high).toBeLessThan(1)
  })

  it('is infinite without moments, and refuses laws without factors and other dimensions', () => {
    const X = { n: 1, d: 1, x: Float64Array.of(2) }
    expect(partitionBound(X, productLaw([paretoLaw1d(2)]), 2).high).toBe(Number.POSITIVE_INFINITY)
    expect(() => partitionBound(X, uniformCubeLaw(2), 2)).toThrow(/X\.d must be the law's 2, got 1/)
    const phase = phaseSpaceLaw(gaussianLaw())
    expect(() => partitionBound({ n: 1, d: 6, x: new Float64Array(6) }, phase, 2)).toThrow(/independent coordinates/)
  })
})

describe('secondSampleBound', () => {
  it('is above the distance, and its excess shrinks with the size of the second samples', () => {
    const law = uniformCubeLaw(1)
    const X = sample(law, 20, 'second')
    const { value } = distance1dToLaw(X, uniformLaw1d(), 2)
    const bound = (copies: number) =>
      secondSampleBound(X, law, 2, { stream: randomStream('second'), copies, replicas: 500 })
    const [one, sixteen] = [bound(1), bound(16)]
    expect(one.low).toBeGreaterThan(value)
    expect(sixteen.high).toBeGreaterThan(value)
    expect(sixteen.high).toBeLessThan(one.low)
    // The excess is about 1/(6M), plus what 500 replicas miss.
    expect(sixteen.low ** 2 - value ** 2).toBeLessThan(1 / (6 * 320))
    expect(one.high ** 2 - value ** 2).toBeGreaterThan(1 / (6 * 20))
  })

  it('brackets phase-space laws in R^6, where nothing is closed', () => {
    const law = phaseSpaceLaw(gaussianLaw())
    const { low, high, upper } = oneSampleDistance(sample(law, 60, 'six'), law, 2, {
      stream: randomStream('one-sample/six'),
      copies: 2,
      replicas: 10,
    })
    expect(low).toBeGreaterThan(1)
    expect(high).toBeGreaterThan(low)
    expect(high).toBeLessThan(2 * low)
    expect(upper.partition).toBeUndefined()
  })
})

describe('the confidence of the bracket', () => {
  const law = uniformCubeLaw(1)

  it('is that of its second samples: they cover the mean as often as they say', () => {
    // Second samples of one point from one atom: E|T - 1/2| = 1/4 exactly; 95 % intervals of 400 tries: 380 +- 4.4.
    const Z = { n: 1, d: 1, x: Float64Array.of(0.5) }
    const stream = randomStream('second/coverage')
    let inside = 0
    for (let k = 0; k < 400; k++) {
      const { low, high } = secondSampleBound(Z, law, 1, { stream, copies: 1, replicas: 100, level: 0.95 })
      if (low <= 0.25 && 0.25 <= high) inside++
    }
    expect(Math.abs(inside - 380)).toBeLessThan(4 * 4.4)
  })

  it('is shared by three bounds: the quantiles of the whole are those of a third of its error, from tables', () => {
    const X = sample(law, 12, 'quantile')
    const widths = (level: number): number[] => {
      const { lower, upper } = oneSampleDistance(X, law, 1, {
        stream: randomStream('one-sample/quantile'),
        ...{ copies: 1, replicas: 20, level },
      })
      return [lower.nearestAtom, lower.semiDiscrete, upper.secondSamples].map(({ low, high }) => high - low)
    }
    // P(|Z| > 2.935199) = 0.01/3 and P(|Z| > 2.128045) = 0.1/3.
    const narrow = widths(0.9)
    for (const [k, wide] of widths(0.99).entries()) expect(wide / narrow[k]!).toBeCloseTo(2.935199 / 2.128045, 4)
  })
})

describe('twoSampleBias', () => {
  it('for p = 2 and the uniform law is the factor 2N/(N + 1), for p = 1 about sqrt 2: not 1', () => {
    for (const N of [1, 5, 50]) {
      const { ratio, oneSample, twoSample } = twoSampleBias(uniformLaw1d(), N, 2, { stream: randomStream(`bias/${N}`) })
      for (const [{ low, high }, closed] of [
        [oneSample, 1 / (6 * N)],
        [twoSample, 1 / (3 * (N + 1))],
        [ratio, (2 * N) / (N + 1)],
      ] as const) {
        expect(low).toBeLessThanOrEqual(closed)
        expect(high).toBeGreaterThanOrEqual(closed)
      }
      if (N > 1) expect(ratio.low).toBeGreaterThan(1.2)
    }
    const { ratio } = twoSampleBias(uniformLaw1d(), 200, 1, { stream: randomStream('bias/1') })
    expect(Math.abs(ratio.value - Math.SQRT2)).toBeLessThan(0.2)
  })

  it('refuses what has no moments', () => {
    const options = { stream: randomStream('bias/bad') }
    expect(() => twoSampleBias(paretoLaw1d(2), 5, 2, options)).toThrow('p must be in [1, 2), got 2')
    expect(() => twoSampleBias(uniformLaw1d(), 0, 2, options)).toThrow(/N must be/)
  })
})

describe('in turns with the event loop', () => {
  const X = sample(uniformCubeLaw(3), 100, 'turns')
  const call = { replicas: 2, samples: 500, copies: 2 }
  const stream = () => randomStream('one-sample/turns')
  /** A clock by which every step lasts long enough to be told. */
  const slowClock = (): void => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 60
      return now
    })
  }
  afterEach(() => vi.restoreAllMocks())

  it.each([
    ['a law with independent coordinates', X, uniformCubeLaw(3)],
    [
      'a law without, and weights',
      { n: 2, d: 6, x: sample(isotropicGaussianLaw(6), 2, 'two').x, weights: Float64Array.of(0.25, 0.75) },
      phaseSpaceLaw(gaussianLaw()),
    ],
  ])('every number is the same: %s', async (_, cloud, law) => {
    const atOnce = oneSampleDistance(cloud, law, 1, { ...call, stream: stream() })
    expect(await oneSampleDistanceAsync(cloud, law, 1, { ...call, stream: stream() })).toEqual(atOnce)
  })

  it('tells stage after stage, never back', async () => {
    const told: { fraction: number; stage: string }[] = []
    slowClock()
    await oneSampleDistanceAsync(X, uniformCubeLaw(3), 1, {
      ...{ ...call, stream: stream() },
      onProgress: step => told.push(step),
    })
    expect([...new Set(told.map(({ stage }) => stage))]).toEqual(['potentials', 'second samples', 'through a sample'])
    const fractions = told.map(({ fraction }) => fraction)
    expect([...fractions].sort((a, b) => a - b)).toEqual(fractions)
    expect(new Set(fractions).size).toBeGreaterThan(10)
    expect(fractions.at(-1)).toBeLessThanOrEqual(1)
  })

  it('a signal ends it in whatever stage, with its reason, before the next step', async () => {
    for (const stage of ['potentials', 'second samples', 'through a sample']) {
      const controller = new AbortController()
      const steps: string[] = []
      const onProgress = (step: { stage: string }): void => {
        steps.push(step.stage)
        if (step.stage === stage) controller.abort(new Error('enough'))
      }
      slowClock()
      const { signal } = controller
      const stopped = oneSampleDistanceAsync(X, uniformCubeLaw(3), 1, {
        ...{ ...call, stream: stream(), signal, onProgress },
      })
      await expect(stopped).rejects.toThrow('enough')
      vi.restoreAllMocks()
      expect(steps.filter(each => each === stage).length).toBe(1)
      expect(steps.at(-1)).toBe(stage)
    }
  })

  it('refuses bad input by name before any work', async () => {
    const law = { ...uniformCubeLaw(3), sample: () => expect.unreachable('it has begun') }
    const refused = (options: object) =>
      oneSampleDistanceAsync(X, law, 1, { stream: stream(), ...options } as Parameters<typeof oneSampleDistance>[3])
    await expect(refused({ replicas: 1 })).rejects.toThrow(/replicas must be an integer in \[2, 1000000\], got 1/)
    await expect(refused({ copies: 0 })).rejects.toThrow(/copies must be an integer/)
    await expect(refused({ onProgress: 1 })).rejects.toThrow(/onProgress must be a function/)
    await expect(refused({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
  })
})
