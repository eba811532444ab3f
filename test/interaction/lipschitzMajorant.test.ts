import { expect, test } from 'vitest'
import { type RandomStream, randomStream } from '../../src/base/random.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { euclideanNorm, kernelForce, maximumNorm } from '../../src/interaction/kernel.js'
import { extremalMajorant, lipschitzMajorant, type RadialMajorant } from '../../src/interaction/lipschitzMajorant.js'

const scales = { N: 4096, delta: 0.25 } // N^-delta = 1/8
const printed = lipschitzMajorant({ ...scales, version: 'printed' })
const euclidean = lipschitzMajorant({ ...scales, norm: 'euclidean' })
const maximum = lipschitzMajorant({ ...scales, norm: 'maximum' })

test('(47) as printed: N^(3 delta) inside 3 N^-delta, 54 r^-3 outside, and a jump up from 1 to 2 N^(3 delta)', () => {
  expect(printed.value(0)).toBe(512)
  expect(printed.value(0.374)).toBe(512)
  expect(printed.value(0.375)).toBeCloseTo(1024, 10)
  expect(printed.value(1)).toBe(54)
  expect(printed.supremum).toBeCloseTo(1024, 10)
  expect(printed.breaks).toEqual([0.375])
})

test('the Euclidean repair is continuous, the maximum repair jumps down', () => {
  expect(euclidean.value(0)).toBe(1024)
  expect(euclidean.value(0.375)).toBeCloseTo(1024, 10)
  expect(maximum.value(0.1)).toBeCloseTo(256 * (1 + 3 * Math.sqrt(3)), 10)
  expect(maximum.value(0.375)).toBeCloseTo(1024, 10)
  expect(lipschitzMajorant(scales)).toMatchObject({ name: 'repaired-maximum' })
})

test('c is the smallest constant of (45) with gamma = delta', () => {
  const extremal = extremalMajorant({ N: scales.N, gamma: scales.delta, c: 3 })
  for (const majorant of [printed, euclidean, maximum, extremal]) {
    expect(majorant.gamma).toBe(0.25)
    // Radii on both sides of every break, and all over.
    const radii = [0, ...majorant.breaks.flatMap(r => [r, r * (1 - 1e-13)]), 0.125]
    for (let i = -400; i <= 400; i++) radii.push(0.125 * 10 ** (i / 50))
    const ratio = Math.max(...radii.map(r => majorant.value(r) / Math.min(512, r ** -3)))
    expect(ratio / majorant.c).toBeCloseTo(1, 11)
    expect(Math.max(...radii.map(r => majorant.value(r)))).toBeCloseTo(majorant.supremum, 9)
  }
  expect(printed.c).toBe(54)
  expect(maximum.c).toBeCloseTo(83.64805770653953, 12)
})

/** The largest |k(q) - k(q + xi)| / (l(q) |xi|) over random q and xi with |xi| < 2 N^-delta, |.| the given norm. */
function largestQuotient(
  majorant: RadialMajorant,
  norm: (q: ArrayLike<number>) => number,
  stream: RandomStream,
): number {
  const kernel = cutoffKernel(scales)
  const rc = kernel.cutoffRadius
  const k = (q: number[]): Float64Array => kernelForce(kernel, q, new Float64Array(3))
  const direction = (): number[] => {
    const v = [stream.normal(), stream.normal(), stream.normal()]
    return v.map(x => x / euclideanNorm(v))
  }
  let largest = 0
  for (let i = 0; i < 15000; i++) {
    const n = direction()
    const q = n.map(x => x * rc * 6 * stream.uniform())
    // Towards the origin, along a coordinate, or anywhere; short and long.
    const kind = i % 3
    const m = kind === 0 ? n.map(x => -x) : kind === 1 ? n.map(x => -Math.sign(x)) : direction()
    const length = (2 * rc * 10 ** (-3 * (i % 2) * stream.uniform()) * (i % 2 === 0 ? stream.uniform() : 1)) / norm(m)
    const xi = m.map(x => x * length)
    const here = k(q)
    const difference = k(q.map((x, a) => x + xi[a]!)).map((x, a) => x - here[a]!)
    largest = Math.max(largest, norm(difference) / (majorant.value(euclideanNorm(q)) * norm(xi)))
  }
  return largest
}

test('the repaired majorants satisfy (48) in their norms at every random pair; the printed one fails in both', () => {
  expect(largestQuotient(euclidean, euclideanNorm, randomStream('1/majorant/e'))).toBeLessThanOrEqual(1)
  expect(largestQuotient(maximum, maximumNorm, randomStream('1/majorant/m'))).toBeLessThanOrEqual(1)
  expect(largestQuotient(printed, euclideanNorm, randomStream('1/majorant/p'))).toBeGreaterThan(1.5)
  expect(largestQuotient(printed, maximumNorm, randomStream('1/majorant/q'))).toBeGreaterThan(2)
  // The Euclidean constant 2 does not do for the maximum norm.
  expect(largestQuotient(euclidean, maximumNorm, randomStream('1/majorant/r'))).toBeGreaterThan(1.1)
})

test('the bound 46.8 that the proof for the maximum norm ends with', () => {
  // r^3 (r^-2 + min{1, (r - sqrt(3) e)^-2})/e where sqrt(3) e > 0.6142 r, r >= 3, e < 2.
  let largest = 0
  for (let r = 3; r < 5.7; r += 1e-3) {
    for (let e = (0.6142 * r) / Math.sqrt(3); e < 2; e += 1e-3) {
      const gap = r - Math.sqrt(3) * e
      largest = Math.max(largest, (r + r ** 3 * (gap > 1 ? gap ** -2 : 1)) / e)
    }
  }
  expect(largest).toBeLessThan(46.8)
  expect(largest).toBeGreaterThan(46.5)
  // and in the other case the segment stays outside radius 0.3857 r.
  expect(((1 + 3 * Math.sqrt(3)) / 2) * 0.3858 ** -3).toBeLessThan(54)
})

test('without cut-off every version is 54 r^-3 with c = 54', () => {
  for (const version of ['printed', 'repaired'] as const) {
    const majorant = lipschitzMajorant({ N: 10, delta: Number.POSITIVE_INFINITY, version })
    expect(majorant.value(2)).toBe(54 / 8)
    expect(majorant).toMatchObject({ c: 54, supremum: Number.POSITIVE_INFINITY, breaks: [], innerRadius: 0 })
  }
})

test('extremalMajorant is c min{N^(3 gamma), r^-3}', () => {
  const l = extremalMajorant({ N: 4096, gamma: 0.25, c: 2 })
  for (const r of [0, 0.01, 0.125, 0.2, 5]) expect(l.value(r)).toBeCloseTo(2 * Math.min(512, r ** -3), 10)
})

test('bad arguments are named with their value and range', () => {
  const make = (options: Record<string, unknown>): (() => unknown) => {
    return () => lipschitzMajorant({ N: 10, delta: 0.3, ...options } as { N: number; delta: number })
  }
  expect(make({ version: 'fixed' })).toThrow('version must be one of "printed", "repaired", got "fixed"')
  expect(make({ norm: 'frobenius' })).toThrow('norm must be one of "euclidean", "maximum", got "frobenius"')
  expect(make({ N: 2.5 })).toThrow('N must be an integer >= 1, got 2.5')
  expect(make({ delta: Number.NaN })).toThrow('delta must be a number in [0, Infinity]')
  expect(make({ delta: 150 })).toThrow(/delta must be a number in \[0, 103\]/)
  expect(() => extremalMajorant({ N: 10, gamma: -1 })).toThrow('gamma must be a number in [0, Infinity], got -1')
  expect(() => extremalMajorant({ N: 10, gamma: 150 })).toThrow(/gamma must be a number in \[0, 103\]/)
  expect(() => extremalMajorant({ N: 10, gamma: 1, c: 0 })).toThrow('c must be a finite number > 0, got 0')
})
