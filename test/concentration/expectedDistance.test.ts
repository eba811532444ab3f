import { expect, test } from 'vitest'
import { erf } from '../../src/base/numerics/special.js'
import { randomStream } from '../../src/base/random.js'
import {
  expectedDistance,
  expectedDistanceAsync,
  expectedDistanceInCube,
} from '../../src/concentration/expectedDistance.js'
import { distanceBetween } from '../../src/transport/distanceBetween.js'
import { distance1dToLaw } from '../../src/transport/line/distance1dToLaw.js'
import { uniformLaw1d } from '../../src/transport/line/quantileLaw.js'
import { uniformCubeLaw } from '../../src/transport/sample/oneSampleLaw.js'

test('the coupling of the derivation bounds W_p^p of two clouds, level by level, for every pair of clouds', () => {
  const stream = randomStream('partition')
  for (const [d, p] of [
    [1, 1],
    [2, 1],
    [2, 3],
    [3, 2],
  ] as const) {
    for (let trial = 0; trial < 10; trial++) {
      const n = 40
      const X = uniformCubeLaw(d).sample(n, stream)
      const Y = { ...uniformCubeLaw(d).sample(n, stream) }
      if (trial > 5) Y.x = Y.x.map(v => v ** 3)
      let bound = 0
      for (let l = 1; l <= 40; l++) {
        const cells = new Map<string, number>()
        for (const [{ x }, sign] of [
          [X, 1],
          [Y, -1],
        ] as const) {
          for (let i = 0; i < n; i++) {
            const cell = Array.from({ length: d }, (_, a) => Math.floor(x[a * n + i]! * 2 ** l)).join()
            cells.set(cell, (cells.get(cell) ?? 0) + sign / n)
          }
        }
        const apart = 0.5 * [...cells.values()].reduce((sum, mass) => sum + Math.abs(mass), 0)
        bound += d ** (p / 2) * (2 ** p - 1) * 2 ** (-p * l) * apart
      }
      expect(distanceBetween(X, Y, p).value ** p).toBeLessThanOrEqual(bound * (1 + 1e-9))
    }
  }
})

test('it has the orders of (87): N^(-1/2), N^(-1/2) log N, N^(-p/d)', () => {
  // Over a ratio of 2^18, a whole number of levels for d = 1, 3 and 6: in between the bound oscillates about its power.
  const slope = (d: number, p: number): number =>
    Math.log(expectedDistanceInCube({ N: 2 ** 50, d, p }).value / expectedDistanceInCube({ N: 2 ** 32, d, p }).value) /
    Math.log(2 ** 18)
  expect(slope(1, 1)).toBeCloseTo(-0.5, 4)
  expect(slope(3, 2)).toBeCloseTo(-0.5, 2)
  expect(slope(6, 1)).toBeCloseTo(-1 / 6, 2)
  expect(slope(3, 1)).toBeCloseTo(-1 / 3, 2)
  const critical = (N: number): number => expectedDistanceInCube({ N, d: 2, p: 1 }).value * Math.sqrt(N)
  expect((critical(1e15) - critical(1e12)) / (critical(1e12) - critical(1e9))).toBeCloseTo(1, 1)
})

test('for p > d/2 it is at most the closed geometric sum, and N^(1/2) times it tends to the sum of the levels', () => {
  const scaled = expectedDistanceInCube({ N: 1e15, d: 1, p: 1 }).value * Math.sqrt(1e15)
  expect(scaled).toBeLessThan(1 / (2 * (Math.SQRT2 - 1)))
  let sum = 0
  for (let l = 1; l <= 100; l++) sum += 0.5 * Math.sqrt(2 ** -l * (1 - 2 ** -l))
  // From the level on where 2^l = 4N the true sum has 2^-l in place of (2^-l/4N)^(1/2): below 1e-6 of it.
  expect(scaled / sum).toBeCloseTo(1, 6)
})

test('a point alone: no more than the diameter, no less than the expected distance of the law', () => {
  for (const d of [1, 2, 3, 6]) {
    const { value } = expectedDistanceInCube({ N: 1, d, p: 1 })
    expect(value).toBeLessThanOrEqual(Math.sqrt(d))
    expect(value).toBeGreaterThan(Math.sqrt(d) / 3)
  }
})

test('shells: a law in the first shell costs at most a constant more than in the cube, and masses must add up', () => {
  const N = 1000
  // [-1, 1]^d is the cube of edge 2: twice the distance, and the shells' own term min{2, N^(-1/2)}.
  const inside = expectedDistance({ N, d: 1, p: 1 }, [1]).value
  const cube = expectedDistanceInCube({ N, d: 1, p: 1 }).value
  expect(inside).toBeGreaterThan(2 * cube)
  expect(inside).toBeLessThan(2 * cube * (1 + 1e-2) + 2 / Math.sqrt(N) + 0.1 * cube + 2 * cube)
  expect(() => expectedDistance({ N, d: 1, p: 1 }, [0.5, 0.4])).toThrow(/sum of masses/)
  expect(() => expectedDistance({ N, d: 1, p: 1 }, [erf(1), 1 - erf(1)])).not.toThrow()
})

test('two sums by hand: N = 1, one shell', () => {
  // p = 2, d = 1: 2 min{2, 1} between the shells and 4 * 3 sum 4^-l min{1, 2^(l/2)/2} = 12 (sqrt 2/8 + 1/12) inside.
  expect(expectedDistance({ N: 1, d: 1, p: 2 }, [1]).value).toBeCloseTo(2 + 12 * (Math.SQRT2 / 8 + 1 / 12), 12)
  // p = 3, d = 2: 2^(3/2) [4 min{2, 1} + 8 * 7 sum 8^-l min{1, 2^l/2}], where every minimum is 1.
  expect(expectedDistance({ N: 1, d: 2, p: 3 }, [1]).value).toBeCloseTo(2 ** 1.5 * (4 + 8), 12)
  // In the cube: 3 sum 4^-l min{1, sqrt(2^l - 1)/2} = 3 (1/8 + sqrt 3/32 + 4^-3 sum_(k >= 0) 4^-k).
  const cube = 3 * (1 / 8 + Math.sqrt(3) / 32 + 1 / 48)
  expect(expectedDistanceInCube({ N: 1, d: 1, p: 2 }).value).toBeCloseTo(cube, 12)
})

test('samples keep below it, and a hundred copies of each point do not', () => {
  const N = 400
  const law = uniformLaw1d()
  const mean = (copies: number): number => {
    const stream = randomStream(`copies/${copies}`)
    let sum = 0
    for (let r = 0; r < 40; r++) {
      const x = Float64Array.from({ length: N / copies }, () => stream.uniform()).sort()
      sum += distance1dToLaw({ n: x.length, d: 1, x }, law, 1).value / 40
    }
    return sum
  }
  const { value } = expectedDistanceInCube({ N, d: 1, p: 1 })
  expect(mean(1)).toBeLessThan(value)
  expect(mean(100)).toBeGreaterThan(value)
})

test('in turns it is the same number, and a signal ends it with its reason', async () => {
  const shells = { N: 100, d: 3, p: 1 }
  const masses = Array<number>(400).fill(1 / 400)
  const told: number[] = []
  const onProgress = ({ fraction }: { fraction: number }): number => told.push(fraction)
  expect(await expectedDistanceAsync({ ...shells, onProgress }, masses)).toEqual(expectedDistance(shells, masses))
  expect([...told].sort((a, b) => a - b)).toEqual(told)
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(expectedDistanceAsync({ ...shells, signal }, masses)).rejects.toThrow('enough')
  await expect(expectedDistanceAsync({ ...shells, N: 0 }, masses)).rejects.toThrow(/N must be an integer >= 1/)
  await expect(expectedDistanceAsync({ ...shells, M: 1 } as typeof shells, masses)).rejects.toThrow(
    /one of .*"N".* got "M"/,
  )
})
