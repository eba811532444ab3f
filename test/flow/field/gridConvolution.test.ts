import { expect, test } from 'vitest'
import { integrate } from '../../../src/base/numerics/quadrature.js'
import { randomStream } from '../../../src/base/random.js'
import { type FreeSpaceOptions, freeSpaceConvolution } from '../../../src/flow/field/grid/freeSpaceConvolution.js'
import { lineTransform } from '../../../src/flow/field/grid/freeSpaceFourier.js'
import { ballFactor, sinc, truncatedSymbol } from '../../../src/flow/field/grid/freeSpaceSymbol.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import type { Kernel } from '../../../src/interaction/kernel.js'
import { powerKernel } from '../../../src/interaction/powerKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { meanField } from '../../../src/law/meanField/meanField.js'
import { type GridShape, gridModule } from '../../../src/wasm/grid.js'

const SIGMA = 0.55

/** Deposited masses of a Gaussian, as the product of three rows of equally spaced weighted points (exact to e^-197). */
function gaussianMasses({ shape, origin, spacing: h }: GridShape, centre: readonly number[]): Float64Array {
  const lines = shape.map((n, a) => {
    const line = new Float64Array(n)
    // Across the line the six splines of a point sum to 1, so that summing over 8 x 8 nodes leaves the line's own.
    const module = gridModule(2, 64 * n)
    const grid: GridShape = { shape: [8, 8, n], origin: [-3 * h, -3 * h, origin[a]!], spacing: h }
    const step = 0.2 * SIGMA
    for (let i = -35; i <= 35; i++) {
      const x = i * step
      module.q.set([0, 0, 0, 0, centre[a]! + x, 0])
      module.deposit(1, grid, (Math.exp((-x * x) / (2 * SIGMA * SIGMA)) * 0.2) / Math.sqrt(2 * Math.PI))
      for (let j = 0; j < 64 * n; j++) line[j % n] = line[j % n]! + module.grid[j]!
    }
    return line
  })
  const masses = new Float64Array(shape[0] * shape[1] * shape[2])
  let j = 0
  for (const x of lines[0]!) for (const y of lines[1]!) for (const z of lines[2]!) masses[j++] = x * y * z
  return masses
}

/** Largest error of the force of a Gaussian at 200 points, relative to the largest force. */
function gaussianError(
  n: number,
  kernel: Kernel,
  options: FreeSpaceOptions = {},
  oracle: Kernel = kernel,
  centre: readonly number[] = [0.03, -0.1, 0.2],
): number {
  const h = 12 / n
  const grid: GridShape = { shape: [n, n, n], origin: [-6, -6, -6], spacing: h }
  const count = 200
  const module = gridModule(count, n ** 3)
  freeSpaceConvolution(grid, kernel, options).potential(gaussianMasses(grid, centre), module.coefficients)
  const stream = randomStream('test/probes')
  for (let a = 0; a < 3; a++) {
    // Half of the points in the core, half up to the box's faces.
    for (let i = 0; i < count; i++) module.q[a * count + i] = (i % 2 === 0 ? 2 : 8) * (stream.uniform() - 0.5)
  }
  expect(module.addGradient(count, grid, -1)).toBe(0)
  const field = meanField(gaussianLaw({ sigmaQ: SIGMA }), oracle)
  const f = new Float64Array(3)
  let worst = 0
  let largest = 0
  for (let i = 0; i < count; i++) {
    field.force(
      [0, 1, 2].map(a => module.q[a * count + i]! - centre[a]!),
      f,
    )
    worst = Math.max(worst, Math.hypot(...f.map((x, a) => x - module.p[a * count + i]!)))
    largest = Math.max(largest, Math.hypot(...f))
  }
  return worst / largest
}

const cutoff = cutoffKernel({ N: 1000, delta: 0.2, sigma: -1 })

test('the force of a Gaussian on a grid equals its closed form, with and without cut-off, and wherever the Gaussian sits', () => {
  // h = 0.19: at half the Nyquist number the Gaussian's transform is e^-10; its forces' aliases: (s h/(2 pi - s h))^5
  // at s = 2/SIGMA, where half of the force's energy lies below, is 4e-6.
  for (const kernel of [coulombKernel(), cutoff]) expect(gaussianError(64, kernel)).toBeLessThan(1e-4)
  expect(gaussianError(64, cutoff, {}, cutoff, [1.234, 0.5, -0.7])).toBeLessThan(1e-4)
})

test('that comparison fails for the other sign, another cut-off radius, and splines that are not divided out', () => {
  expect(gaussianError(32, cutoff, {}, { ...cutoff, sigma: 1 })).toBeGreaterThan(1)
  const wider = cutoffKernel({ N: 1000, delta: 0.19, sigma: -1 })
  expect(gaussianError(64, cutoff, {}, wider)).toBeGreaterThan(1e-3)
  expect(gaussianError(64, cutoff, { deconvolution: 1 })).toBeGreaterThan(1e-2)
})

test('the error falls by more than 100 when the spacing is halved: the density is smooth', () => {
  const [coarse, fine] = [gaussianError(32, coulombKernel()), gaussianError(64, coulombKernel())]
  expect(coarse / fine).toBeGreaterThan(100)
  // A spectrum cut at half of the Nyquist number leaves out what a grid of half as many nodes leaves out, which
  // dominates there.
  const cut = gaussianError(64, coulombKernel(), { cut: 0.5 })
  expect(Math.abs(cut / coarse - 1)).toBeLessThan(0.1)
})

test('kernels without a closed symbol: other exponents and the Plummer softening', () => {
  const plummer = cutoffKernel({ N: 1000, delta: 0.2, profile: 'plummer' })
  for (const kernel of [powerKernel({ alpha: 1.5 }), plummer]) expect(gaussianError(64, kernel)).toBeLessThan(1e-4)
})

test('closed symbols equal the radial integral, and tabulated ones reproduce them', () => {
  const L = 7
  for (const kernel of [coulombKernel(), cutoff]) {
    const symbol = truncatedSymbol(kernel, L, 20)
    // A copy is no kernel that the closed form is known for.
    const table = truncatedSymbol({ ...kernel, cutoffRadius: Number.POSITIVE_INFINITY }, L, 20)
    for (const s of [0, 0.01, 0.7, 3.3, 19]) {
      const shift = kernel.potential(L)
      const integrand = (r: number): number =>
        4 * Math.PI * (r === 0 ? 0 : kernel.potential(r) - shift) * r * r * (s === 0 ? 1 : Math.sin(s * r) / (s * r))
      const integral = integrate(integrand, 0, L, { breaks: kernel.breaks }).value
      expect(Math.abs(symbol(s) - integral)).toBeLessThan(1e-10 * (4 * Math.PI * L * L))
      expect(Math.abs(table(s) - integral)).toBeLessThan(1e-9 * (4 * Math.PI * L * L))
    }
  }
  expect(ballFactor(0.3 - 1e-9) - ballFactor(0.3 + 1e-9)).toBeCloseTo(0, 9)
  expect(sinc(0)).toBe(1)
})

test('line transforms equal sums of cosines and sines, and the inverse undoes them', () => {
  for (const length of [8, 16, 32]) {
    const line = lineTransform(length)
    const stream = randomStream('test/line')
    const x = Float64Array.from({ length: 2 * length }, () => stream.normal())
    line.input.set(x)
    line.forward()
    for (let k = 0; k < length; k++) {
      let [re, im] = [0, 0]
      for (let j = 0; j < length; j++) {
        const [c, s] = [Math.cos((2 * Math.PI * j * k) / length), Math.sin((2 * Math.PI * j * k) / length)]
        re += x[2 * j]! * c + x[2 * j + 1]! * s
        im += x[2 * j + 1]! * c - x[2 * j]! * s
      }
      expect(line.output[2 * k]).toBeCloseTo(re, 12)
      expect(line.output[2 * k + 1]).toBeCloseTo(im, 12)
    }
    line.input.set(line.output)
    line.inverse()
    for (let j = 0; j < 2 * length; j++) expect(line.output[j]).toBeCloseTo(x[j]!, 13)
  }
})

test('the spline loops: masses sum to the mass inside, a gradient is that of a linear function', () => {
  const grid: GridShape = { shape: [16, 16, 32], origin: [-1, 0, 2], spacing: 0.25 }
  const module = gridModule(50, 16 * 16 * 32)
  const stream = randomStream('test/spline')
  for (let i = 0; i < 50; i++) {
    module.q.set([-0.5 + 2 * stream.uniform()], i)
    module.q.set([0.5 + 2 * stream.uniform()], 50 + i)
    module.q.set([2.5 + 6 * stream.uniform()], 100 + i)
  }
  module.q[7] = 1000
  expect(module.deposit(50, grid, 0.02)).toBe(1)
  expect(module.grid.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0.98, 13)
  // Splines reproduce linear functions: coefficients 1 + 2 x - y + 3 z have that gradient.
  let j = 0
  for (let a = 0; a < 16; a++) {
    for (let b = 0; b < 16; b++) for (let c = 0; c < 32; c++) module.coefficients[j++] = 0.25 * (2 * a - b + 3 * c) + 1
  }
  expect(module.addGradient(50, grid, 1)).toBe(1)
  expect(module.missed[0]).toBe(7)
  for (let i = 0; i < 50; i++) {
    const expected = i === 7 ? [0, 0, 0] : [2, -1, 3]
    for (let a = 0; a < 3; a++) expect(module.p[50 * a + i]).toBeCloseTo(expected[a]!, 11)
  }
})
