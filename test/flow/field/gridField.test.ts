import { expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { freeSpaceConvolution } from '../../../src/flow/field/grid/freeSpaceConvolution.js'
import { type GridFieldOptions, gridField } from '../../../src/flow/field/grid/gridField.js'
import { gridAround, runMarkers } from '../../../src/flow/field/grid/gridFieldRun.js'
import { gridFieldOf } from '../../../src/flow/field/grid/gridFieldTable.js'
import { markersOfLaw } from '../../../src/flow/field/grid/markersOfLaw.js'
import { forces } from '../../../src/forces/forces.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import { meanField } from '../../../src/law/meanField/meanField.js'
import { plummerLaw } from '../../../src/law/plummerLaw.js'
import { gridModule } from '../../../src/wasm/grid.js'

const clusters = gaussianMixtureLaw({
  components: [
    { weight: 0.6, meanQ: [-1.5, 0, 0], meanP: [0.5, 0, 0], sigmaQ: 0.7, sigmaP: 0.4 },
    { weight: 0.4, meanQ: [1.5, 0.5, 0], meanP: [-0.75, 0, 0.25], sigmaQ: 0.6, sigmaP: 0.5 },
  ],
})
const kernel = cutoffKernel({ N: 10_000, delta: 0.3 })
const small = { markers: 2 ** 14, nodes: 32, steps: 8 }

/** 300 points within a cube of the given side, structure of arrays. */
function points(side: number, key: string = 'test/points'): Float64Array {
  const stream = randomStream(key)
  return Float64Array.from({ length: 900 }, () => side * (stream.uniform() - 0.5))
}

/** Largest distance of two lists of vectors. */
function apart(a: Float64Array, b: Float64Array): number {
  const n = a.length / 3
  let largest = 0
  for (let i = 0; i < n; i++) {
    largest = Math.max(largest, Math.hypot(a[i]! - b[i]!, a[n + i]! - b[n + i]!, a[2 * n + i]! - b[2 * n + i]!))
  }
  return largest
}

test('two clusters: the field at time 0 is the exact one within its error, inside the box and far outside, and energy is conserved', async () => {
  const field = await gridField({ law: clusters, kernel, T: 1, resolution: small })
  const exact = meanField(clusters, kernel)
  const f = new Float64Array(3)
  for (const side of [5, 20, 80]) {
    const q = points(side)
    const expected = new Float64Array(900)
    for (let i = 0; i < 300; i++) {
      exact.force([q[i]!, q[300 + i]!, q[600 + i]!], f)
      for (let a = 0; a < 3; a++) expected[300 * a + i] = f[a]!
    }
    expect(apart(field.force(0, q, new Float64Array(900)), expected)).toBeLessThan(field.error.high)
    // Control: the field half a unit of time later does not lie within that error.
    if (side === 5) {
      const error = apart(field.force(0.5, q, new Float64Array(900)), expected)
      expect(error).toBeGreaterThan(field.error.high)
    }
  }
  // The grid's energy is conserved by the exact flow of the markers; the scheme of order 4 with h = 1/8 leaves about
  // h^4/100.
  const [start, end] = [field.energy(0), field.energy(1)]
  expect(Math.abs(end.value - start.value)).toBeLessThan(2e-5)
  expect(field.densitySup(0).value).toBeGreaterThan(
    clusters.rhoSup - (field.densitySup(0).high - field.densitySup(0).value),
  )
  expect(field.densitySup(0).low).toBeLessThan(clusters.rhoSup)
  expect(field.momentumMoment(0, 2).value).toBeCloseTo(clusters.momentumMoment(2), 3)

  const again = gridFieldOf(clusters, kernel, structuredClone(field.table))
  const q = points(9)
  expect(again.force(0.37, q, new Float64Array(900))).toEqual(field.force(0.37, q, new Float64Array(900)))
  // Neither the number of points asked for at once nor the order of the calls changes a bit.
  const one = Float64Array.of(q[5]!, q[305]!, q[605]!)
  field.force(0.9, q, new Float64Array(900))
  const alone = field.force(0.37, one, new Float64Array(3))
  const together = field.force(0.37, q, new Float64Array(900))
  expect([...alone]).toEqual([together[5], together[305], together[605]])
})

test('without interaction the density is the freely streaming Gaussian', async () => {
  const law = gaussianLaw({ sigmaQ: 0.8, sigmaP: 0.6 })
  const free = cutoffKernel({ N: 100, delta: 0.3, sigma: 0 })
  const field = await gridField({ law, kernel: free, T: 1.5, resolution: { ...small, steps: 5 } })
  expect(field.error.high).toBe(0)
  for (const t of [0, 0.4, 1.1, 1.5]) {
    const sigma = Math.sqrt(0.64 + t * t * 0.36)
    const error = field.densitySup(t).high - field.densitySup(t).value
    for (const x of [0, 0.5, 1.2]) {
      const expected = gaussianLaw({ sigmaQ: sigma }).spatialDensity([x, 0.3, -0.2])
      expect(Math.abs(field.density(t, [x, 0.3, -0.2]) - expected)).toBeLessThan(2 * error)
      // Control: the density of another time is outside that.
      const other = gaussianLaw({ sigmaQ: Math.sqrt(0.64 + (t + 1) ** 2 * 0.36) }).spatialDensity([0, 0.3, -0.2])
      expect(Math.abs(field.density(t, [0, 0.3, -0.2]) - other)).toBeGreaterThan(2 * error)
    }
    expect(field.momentumMoment(t, 4).value / law.momentumMoment(4) - 1).toBeCloseTo(0, 2)
  }
  expect([...field.force(0.5, points(3), new Float64Array(900).fill(1))].every(x => x === 0)).toBe(true)
})

test('the grid gives the force of the markers themselves where a smooth softening is several spacings wide', () => {
  const wide = cutoffKernel({ N: 100, delta: 0.05, sigma: -1, profile: 'plummer' })
  const markers = markersOfLaw(clusters, 4096, 'test/markers')
  const grid = gridAround([-6, 6, -6, 6, -6, 6], 64)
  const q = points(4)
  return runMarkers({
    kernel: wide,
    markers,
    T: 1,
    steps: 2,
    convolution: freeSpaceConvolution(grid, wide),
    record: ({ module, index }) => {
      if (index !== 0) return
      const direct = forces({ targets: q, sources: markers.q }, wide, { tolerance: 1e-9 }).force
      // The transform of the softened force falls like e^{-s r_c}, r_c = 0.79 = 3.8 h: e^-6 = 2.5e-3 at half the
      // Nyquist number, where the spectrum of 4096 markers is noise, 1/64 of a coherent sum.
      const own = readForces(q, module.coefficients.slice(0, 64 ** 3), grid)
      const size = Math.max(...direct.map(Math.abs))
      expect(apart(own, direct) / size).toBeLessThan(2.5e-3 / 8)
      const other = forces({ targets: q, sources: markers.q }, kernel, { tolerance: 1e-9 }).force
      expect(apart(own, other) / size).toBeGreaterThan(0.1)
    },
  })
})

function readForces(q: Float64Array, coefficients: Float64Array, grid: ReturnType<typeof gridAround>): Float64Array {
  const module = gridModule(300, coefficients.length)
  module.q.set(q)
  module.coefficients.set(coefficients)
  module.addGradient(300, grid, -1)
  return module.p.slice()
}

test('two small clusters far apart: their centres move like two bodies, and momentum is conserved', async () => {
  const gravity = coulombKernel({ sigma: -1 })
  const two = gaussianMixtureLaw({
    components: [
      { weight: 0.5, meanQ: [-2, 0, 0], meanP: [0, 0.2, 0], sigmaQ: 0.4, sigmaP: 0.45 },
      { weight: 0.5, meanQ: [2, 0, 0], meanP: [0, -0.2, 0], sigmaQ: 0.4, sigmaP: 0.45 },
    ],
  })
  const M = 8192
  const markers = markersOfLaw(two, M, 'test/two')
  const left = Array.from({ length: M }, (_, i) => markers.q[i]! < 0)
  const T = 2
  const mean = (x: Float64Array, a: number, inside: (i: number) => boolean): number => {
    let [sum, count] = [0, 0]
    for (let i = 0; i < M; i++) {
      if (!inside(i)) continue
      sum += x[a * M + i]!
      count++
    }
    return sum / count
  }
  const ends: number[][] = []
  const momenta: number[] = []
  const convolution = freeSpaceConvolution(gridAround([-6, 6, -6, 6, -6, 6], 32), gravity)
  const complete = await runMarkers({
    kernel: gravity,
    markers,
    T,
    steps: 10,
    convolution,
    record: ({ index, module, outside }) => {
      expect(outside).toBe(0)
      if (index === 10) ends.push([0, 1, 2].map(a => mean(module.q, a, i => left[i]!)))
      momenta.push(Math.hypot(...[0, 1, 2].map(a => mean(module.p, a, () => true))))
    },
  })
  expect(complete).toBe(true)
  // Two bodies of mass 1/2 at x and -x: x'' = -(1/2) x/(4 |x|^3)... the other one is at distance 2 |x|.
  const x = [-2, 0]
  const v = [0, 0.2]
  const h = T / 4000
  for (let step = 0; step < 4000; step++) {
    for (let a = 0; a < 2; a++) x[a] = x[a]! + 0.5 * h * v[a]!
    const r = Math.hypot(...x)
    for (let a = 0; a < 2; a++) v[a] = v[a]! - (h * 0.5 * x[a]!) / (4 * r ** 3)
    for (let a = 0; a < 2; a++) x[a] = x[a]! + 0.5 * h * v[a]!
  }
  // Overlapping tails and tides: a few (0.4/4)^2 of the displacement, which is 0.4 along the orbit and 0.07 towards the
  // other.
  expect(Math.hypot(ends[0]![0]! - x[0]!, ends[0]![1]! - x[1]!)).toBeLessThan(0.015)
  // Control: without the attraction the centre would be at (-2, 0.4), further away than that.
  expect(Math.hypot(-2 - x[0]!, 0.4 - x[1]!)).toBeGreaterThan(0.05)
  // Aliases of the splines are all that breaks Newton's third law.
  expect(Math.max(...momenta.map(p => Math.abs(p - momenta[0]!)))).toBeLessThan(1e-4)
})

test('refinement meets a tolerance, or says what it reached', async () => {
  const options: GridFieldOptions = { law: gaussianLaw({ sigmaP: 0.5 }), kernel, T: 0.25, tolerance: 0.05 }
  const field = await gridField(options)
  expect(field.error.high).toBeLessThan(0.05 * field.scale)
  const limits = { markers: 1024, nodes: 16 }
  await expect(gridField({ ...options, tolerance: 0.01, limits })).rejects.toThrow(
    /tolerance 0.01 was not met with 1024 markers and 16 nodes/,
  )
  const rough = await gridField({ ...options, tolerance: 0.01, limits, missed: 'report' })
  expect(rough.error.high).toBeGreaterThan(0.01 * rough.scale)
  // The error that is reported is one: the exact field lies within it at time 0.
  const exact = meanField(options.law, kernel)
  const q = points(5)
  const expected = new Float64Array(900)
  const f = new Float64Array(3)
  for (let i = 0; i < 300; i++) {
    exact.force([q[i]!, q[300 + i]!, q[600 + i]!], f)
    for (let a = 0; a < 3; a++) expected[300 * a + i] = f[a]!
  }
  for (const any of [field, rough]) {
    expect(apart(any.force(0, q, new Float64Array(900)), expected)).toBeLessThan(any.error.high)
  }
})

test('a peak that neither grid resolves is found by sums over the markers and reported as an error', async () => {
  const law = plummerLaw()
  const gravity = cutoffKernel({ N: 10_000, delta: 0.3, sigma: -1 })
  const field = await gridField({ law, kernel: gravity, T: 0.2, resolution: { markers: 4096, nodes: 16, steps: 5 } })
  // The tails of the law need a box of more than a hundred of its lengths, so that a cell is wider than the core.
  expect(field.table.grid.spacing).toBeGreaterThan(2)
  const exact = meanField(law, gravity).radial!(1 / Math.SQRT2)
  const q = Float64Array.of(1 / Math.SQRT2, 0, 0)
  const error = Math.abs(field.force(0, q, new Float64Array(3))[0]! - exact)
  expect(error).toBeGreaterThan(0.3)
  expect(field.error.high).toBeGreaterThan(error)
  expect(field.errors.grid).toBeGreaterThan(0.3)
})

test('bad input is refused before any work, with the name of the argument', async () => {
  const good: GridFieldOptions = { law: clusters, kernel, T: 1 }
  const bad: readonly (readonly [Partial<GridFieldOptions>, RegExp])[] = [
    [{ T: 0 }, /T must be a finite number > 0, got 0/],
    [{ T: Number.NaN }, /T must be/],
    [{ tolerance: 0 }, /tolerance must be/],
    [{ noise: 0.1 }, /noise must be 0 for the grid solver, which is deterministic, got 0.1/],
    [{ kernel: cutoffKernel({ N: 10, delta: 0.1, d: 2 }) }, /kernel.d must be 3/],
    [{ resolution: { markers: 3000, nodes: 32 } }, /resolution.markers must be a power of two, got 3000/],
    [{ resolution: { ...small, steps: 2 } }, /resolution.steps must be an integer >= 5, got 2/],
    [{ limits: { bytes: 1e5 }, resolution: small }, /the table would need \d+ bytes, more than limits.bytes = 100000/],
  ]
  for (const [change, message] of bad) await expect(gridField({ ...good, ...change })).rejects.toThrow(message)
  // The name of today, and that of version 0.1.
  for (const name of ['onProgress', 'progress'] as const) {
    const stop = new AbortController()
    const stages: string[] = []
    const running = gridField({
      ...good,
      signal: stop.signal,
      [name]: (_: number, stage: string) => {
        stages.push(stage)
        if (stages.length === 3) stop.abort()
      },
    })
    await expect(running).rejects.toThrow(/abort/)
    expect(stages.length).toBe(3)
  }
})
