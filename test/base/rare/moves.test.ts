import { describe, expect, test } from 'vitest'
import { bulkStream } from '../../../src/base/bulkStream.js'
import { normalCdf } from '../../../src/base/numerics/special.js'
import { randomStream } from '../../../src/base/random.js'
import { autoregression, blockAutoregression, type Move, resampling } from '../../../src/base/rare/moves.js'
import { drawState, normalStates } from '../../../src/base/rare/stateLaw.js'
import { kolmogorovSmirnov, meanAndStandardError } from '../../../src/base/statistics/statistics.js'
import { normalTail, uniformStates } from './knownEvents.js'

/**
 * States conditioned on max z >= 1.5, moved `count` times: how far is the share with max z >= 2 from what it has to be,
 * in sigma?
 */
function drift(
  move: (state: Float64Array, out: Float64Array) => void,
  law: ReturnType<typeof normalStates>,
  p: (x: number) => number,
): number {
  const stream = bulkStream('invariance')
  const max = (z: Float64Array): number => z.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const n = law.particles * law.components
  const state = new Float64Array(n)
  const out = new Float64Array(n)
  const above: number[] = []
  while (above.length < 3000) {
    drawState(law, state, stream)
    if (max(state) < 1.5) continue
    for (let k = 0; k < 6; k++) {
      move(state, out)
      if (max(out) >= 1.5) state.set(out)
    }
    above.push(max(state) >= 2 ? 1 : 0)
  }
  const exact = p(2) / p(1.5)
  const { mean, standardError } = meanAndStandardError(above)
  return (mean - exact) / standardError
}

describe('a move', () => {
  const law = normalStates(6, 2)
  const tail = (x: number): number => -Math.expm1(12 * Math.log1p(-normalTail(x)))
  const stream = bulkStream('moves')
  const moving =
    (move: Move, step: number) =>
    (state: Float64Array, out: Float64Array): void =>
      move.propose(state, out, step, stream)

  test.each([
    [autoregression(law), 0.3],
    [resampling(law), 0.2],
    [blockAutoregression(law), 0.3],
  ])('leaves the law at or above a level invariant: $name', (move, step) => {
    expect(Math.abs(drift(moving(move, step), law, tail))).toBeLessThan(4)
  })

  test('that does not is found out', () => {
    const biased = autoregression(law)
    const pull = (state: Float64Array, out: Float64Array): void => {
      biased.propose(state, out, 0.3, stream)
      for (let k = 0; k < out.length; k++) out[k] = 0.9 * out[k]!
    }
    expect(drift(pull, law, tail)).toBeLessThan(-8)
  })

  test('by resampling leaves any law of particles invariant', () => {
    const uniform = {
      ...uniformStates(9),
      name: 'wide',
      draw: (state: Float64Array, i: number, s: typeof stream) => {
        state[i] = 3 * s.uniform()
      },
    }
    const above = (x: number): number => 1 - (x / 3) ** 9
    expect(Math.abs(drift(moving(resampling(uniform), 0.2), uniform, above))).toBeLessThan(4)
  })

  test('never leaves a state as it is, however small the step', () => {
    const state = new Float64Array(12)
    const out = new Float64Array(12)
    resampling(law).propose(state, out, 1e-9, stream)
    expect(out.filter(x => x !== 0).length).toBe(2)
  })
})

describe('bulkStream', () => {
  test('has standard normal and uniform variates', () => {
    const stream = bulkStream('1/bulk')
    const z = new Float64Array(20_001)
    stream.normals(z)
    expect(kolmogorovSmirnov(z, normalCdf).pValue).toBeGreaterThan(1e-3)
    const u = Float64Array.from({ length: 20_000 }, stream.uniform)
    expect(kolmogorovSmirnov(u, x => x).pValue).toBeGreaterThan(1e-3)
    const products = z.subarray(0, 20_000).map((x, k) => x * z[k + 1]!)
    const { mean, standardError } = meanAndStandardError(products)
    expect(Math.abs(mean / standardError)).toBeLessThan(4)
    expect(kolmogorovSmirnov(z, x => normalCdf(x - 0.05)).pValue).toBeLessThan(1e-3)
  })

  test('is xoshiro256++ from the state that the named stream gives', () => {
    // The published algorithm in big integers.
    const named = randomStream('reference')
    const half = (): bigint => BigInt(Math.floor(named.uniform() * 2 ** 32))
    const word = (): bigint => half() | (half() << 32n)
    const s = [word(), word(), word(), word()] as [bigint, bigint, bigint, bigint]
    const cut = (x: bigint): bigint => x & 0xffffffffffffffffn
    const rotl = (x: bigint, k: bigint): bigint => cut((x << k) | (x >> (64n - k)))
    const next = (): bigint => {
      const result = cut(rotl(cut(s[0] + s[3]), 23n) + s[0])
      const t = cut(s[1] << 17n)
      s[2] ^= s[0]
      s[3] ^= s[1]
      s[1] ^= s[2]
      s[0] ^= s[3]
      s[2] ^= t
      s[3] = rotl(s[3], 45n)
      return result
    }
    const expected = Array.from({ length: 20 }, () => Number(next() >> 11n) * 2 ** -53)
    const stream = bulkStream('reference')
    expect(Array.from({ length: 20 }, stream.uniform)).toEqual(expected)
  })
})
