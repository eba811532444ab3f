// Every law of the list, whatever its name: its sampler against its density, its norms, its moments and its mean field.
import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../src/base/configuration.js'
import { randomStream } from '../../src/base/random.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { kernelForce } from '../../src/interaction/kernel.js'
import type { Law } from '../../src/law/law.js'
import { lawByName, lawNames } from '../../src/law/lawByName.js'
import { meanField } from '../../src/law/meanField/meanField.js'

const N = 30_000
/** Some 30 standard scores are looked at for a law: 5 deviations are exceeded once in 60 000 runs. */
const SCORES = 5

const rms = (x: Float64Array): number => Math.sqrt(x.reduce((sum, c) => sum + c * c, 0) / x.length)
const at = (x: Float64Array, i: number): number[] => [0, 1, 2].map(a => x[a * N + i]!)

interface Mean {
  readonly mean: number
  readonly error: number
}

function meanOf(values: ArrayLike<number>): Mean {
  const n = values.length
  let [sum, square] = [0, 0]
  for (let i = 0; i < n; i++) sum += values[i]!
  for (let i = 0; i < n; i++) square += (values[i]! - sum / n) ** 2
  return { mean: sum / n, error: Math.sqrt(square) / n }
}

const score = (a: Mean, b: Mean): number => Math.abs(a.mean - b.mean) / Math.hypot(a.error, b.error)

/**
 * Half the width of the boxes: of a law without second moments half of a sample says as much as its root mean square.
 */
function width(x: Float64Array): number {
  const sizes = x.map(Math.abs).sort()
  return Math.min(rms(x), 4 * sizes[x.length >> 1]!)
}

/**
 * How far boxes about halved points of the sample hold another part of it than the density says: the largest standard
 * score.
 */
function boxScores(law: Law, Z: Configuration, measured: 'q' | 'qp'): number {
  const stream = randomStream(`boxes/${law.name}/${measured}`)
  const [wide, fast] = [width(Z.q), width(Z.p)]
  const near = (x: Float64Array, i: number, c: number[], half: number): boolean => {
    for (let a = 0; a < 3; a++) if (Math.abs(x[a * N + i]! - c[a]!) >= half) return false
    return true
  }
  const anywhere = (c: number[], half: number): number[] => c.map(x => x + half * (2 * stream.uniform() - 1))
  const volume = measured === 'q' ? (2 * wide) ** 3 : (4 * wide * fast) ** 3
  let largest = 0
  for (let box = 0; box < 5; box++) {
    const [q0, p0] = [at(Z.q, box), at(Z.p, box)].map(z => z.map(x => x / 2)) as [number[], number[]]
    const inside = new Float64Array(N)
    const values = new Float64Array(N)
    for (let i = 0; i < N; i++) {
      inside[i] = near(Z.q, i, q0, wide) && (measured === 'q' || near(Z.p, i, p0, fast)) ? 1 : 0
      const q = anywhere(q0, wide)
      values[i] = volume * (measured === 'q' ? law.spatialDensity(q) : law.density(q, anywhere(p0, fast)))
    }
    largest = Math.max(largest, score(meanOf(inside), meanOf(values)))
  }
  return largest
}

describe.each(lawNames)('the law %s', name => {
  const law = lawByName(name)
  const Z = law.sample(N, randomStream({ seed: '1', law: name, N }))

  it('is found by its own name, with parameters that make it again', () => {
    expect(law.name).toBe(name)
    expect(lawByName(name, law.parameters).parameters).toEqual(law.parameters)
    expect(() => lawByName(name, { nonsense: 1 })).toThrow(/parameters of .* must be one of .*"nonsense"/)
  })

  it('samples its density, in phase space and in space; one half as wide again is told apart (control)', () => {
    expect(boxScores(law, Z, 'qp')).toBeLessThan(SCORES)
    expect(boxScores(law, Z, 'q')).toBeLessThan(SCORES)
    const wider = { ...Z, q: Z.q.map(x => 1.5 * x) }
    expect(boxScores(law, wider, 'q')).toBeGreaterThan(SCORES)
    const faster = { ...Z, p: Z.p.map(x => 1.5 * x) }
    expect(boxScores(law, faster, 'qp')).toBeGreaterThan(SCORES)
  })

  it('has its sample in its support, and below its suprema', () => {
    let [far, fast, top, dense] = [0, 0, 0, 0]
    for (let i = 0; i < N; i++) {
      const [q, p] = [at(Z.q, i), at(Z.p, i)]
      far = Math.max(far, Math.hypot(...q))
      fast = Math.max(fast, Math.hypot(...p))
      top = Math.max(top, law.spatialDensity(q))
      dense = Math.max(dense, law.density(q, p))
    }
    expect(far).toBeLessThanOrEqual(law.support.q)
    expect(fast).toBeLessThanOrEqual(law.support.p)
    expect(top).toBeLessThanOrEqual(law.rhoSup * (1 + 1e-12))
    expect(dense).toBeLessThanOrEqual(law.densitySup * (1 + 1e-12))
    expect(top).toBeGreaterThan(0.9 * law.rhoSup)
    expect(law.rhoNorm1).toBe(1)
  })

  it('has the mean field that its sample exerts, of either sign', () => {
    const kernel = cutoffKernel({ N: 100, delta: 0.2 })
    const opposite = cutoffKernel({ N: 100, delta: 0.2, sigma: -1 })
    const force = new Float64Array(3)
    for (const i of [0, 1, 2]) {
      const q = at(Z.q, i)
      const pulls = [0, 1, 2].map(() => new Float64Array(N - 3))
      for (let j = 3; j < N; j++) {
        kernelForce(
          kernel,
          at(Z.q, j).map((x, a) => q[a]! - x),
          force,
        )
        for (let a = 0; a < 3; a++) pulls[a]![j - 3] = force[a]!
      }
      const scores = (k: typeof kernel): number[] =>
        meanField(law, k)
          .estimate(q)
          .map(({ value, low, high }, a) => score({ mean: value, error: high - low }, meanOf(pulls[a]!)))
      expect(Math.max(...scores(kernel))).toBeLessThan(SCORES)
      // The control.
      expect(Math.max(...scores(opposite))).toBeGreaterThan(SCORES)
    }
  })
})
