/**
 * Convolution of point masses with a pair potential in free space, on a uniform grid: masses are deposited and
 * potentials read through quintic B-splines, whose effect is divided out in Fourier space. The 3-D mean field solver
 * calls it at every stage of its time steps.
 */
import type { Kernel } from '../../../interaction/kernel.js'
import type { GridShape } from '../../../wasm/grid.js'
import { cosineSums, type LineTransform, lineTransform } from './freeSpaceFourier.js'
import { sinc, truncatedSymbol } from './freeSpaceSymbol.js'

export interface FreeSpaceConvolution {
  /** The grid it was made for; the origin plays no part. */
  readonly grid: GridShape
  /**
   * The symbol from deposited masses to coefficients, for the wave numbers pi k_a/(n_a h), 0 <= k_a <= n_a, of twice
   * the grid; index (k_2 (n_1 + 1) + k_1)(n_0 + 1) + k_0.
   */
  readonly symbol: Float64Array
  /** The same to coefficients of the density. */
  densitySymbol(): Float64Array
  /** V(L), the constant that the potential is lowered by. */
  readonly shift: number
  /** The potential of a unit mass at its own place, after the cut in Fourier space, lowered by V(L). */
  readonly selfPotential: number
  /**
   * Spline coefficients of the potential W*rho from deposited masses, so that the potential is sum_j c_j B(x - j).
   * @param masses length n0*n1*n2, last index fastest @param out same length @returns out
   */
  potential(masses: Float64Array, out: Float64Array): Float64Array
  /** Spline coefficients of the density itself, with the same cut in Fourier space. */
  density(masses: Float64Array, out: Float64Array): Float64Array
}

/** How the spectrum is cut and what is divided out; the defaults are the solver, other values serve as controls. */
export interface FreeSpaceOptions {
  /** Powers of the B-spline's transform divided out: 2 (default), one for the deposit and one for reading. */
  readonly deconvolution?: 0 | 1 | 2
  /** The wave number from which on nothing is left, in units of the Nyquist number pi/h, in (0, 1], default 1. */
  readonly cut?: number
  /**
   * What is left at a wave number, in units of that one, in [0, 1]; default: all up to half of it, then less and less.
   */
  readonly fall?: (x: number) => number
}

/** Margin, in cells, between the largest distance on the grid and the radius L at which the potential is cut. */
const MARGIN = 8

/**
 * The convolution with W = (V - V(L)) 1_{r<L}, L = the diagonal of the box and a margin of 8 cells: for two points of
 * the box this is V - V(L), so that the force is that of free space.
 *
 * 1. W^(s) eta(|s|)/b(s)^2 is summed over the modes of a period P_a >= B_a + L + margin (B_a the side of the box): no
 *    image of W reaches a difference of two points of the box. b(s) = prod_a sinc(s_a h/2)^6 is the transform of the
 *    B-spline; eta falls from 1 to 0 between half of the last wave number (the grid's Nyquist number pi/h, or `cut`
 *    times it) and all of it, as a polynomial with four continuous derivatives, so that what is cut stays local in
 *    space.
 * 2. The result, cut to |x_a| <= B_a, is periodic with 2 B_a: every convolution is then exact with zero padding to
 *    twice the grid, without aliasing.
 * What remains is the marker noise, the modes beyond half of the last one, and the aliases of reading by splines:
 * a mode with s h = pi/2 has an alias of relative size 3^-5 = 0.4 % in the force, with s h = pi/4 7^-5 = 6e-5.
 * @param kernel of R^3
 * @source F. Vico, L. Greengard, M. Ferrando, J. Comput. Phys. 323 (2016) 191, doi:10.1016/j.jcp.2016.07.028
 */
export function freeSpaceConvolution(
  grid: GridShape,
  kernel: Kernel,
  options: FreeSpaceOptions = {},
): FreeSpaceConvolution {
  const { deconvolution = 2, cut = 1, fall = taper } = options
  const { shape, spacing: h } = grid
  const sides = shape.map(n => n * h)
  const L = Math.sqrt(sides.reduce((sum, B) => sum + B * B, 0)) + MARGIN * h
  const factors = sides.map(B => {
    let f = 2
    while (f * B < B + L + MARGIN * h) f *= 2
    return f
  })
  const last = (cut * Math.PI) / h
  const W = truncatedSymbol(kernel, L, last)
  const { modes, sizes, selfPotential } = spectrum(shape, factors, { h, last, fall }, W, deconvolution)
  const cropped = sumModes(modes, sizes, shape, sizes)
  const padded = shape.map(n => n + 1) as [number, number, number]
  const potentialSymbol = transposed(sumModes(cropped, padded, padded.map(n => n - 1) as typeof padded, padded), padded)
  let known: Float64Array | undefined
  const densitySymbol = (): Float64Array => {
    if (known !== undefined) return known
    const local = spectrum(shape, [2, 2, 2], { h, last, fall }, () => 1, deconvolution)
    const cells = h * h * h
    known = transposed(local.modes, local.sizes).map(x => x / cells)
    // spectrum() divides by the volume of its period; a density wants the symbol itself.
    const volume = sides.reduce((product, B) => product * 2 * B, 1)
    for (let i = 0; i < known.length; i++) known[i] = known[i]! * volume
    return known
  }
  return {
    grid,
    symbol: potentialSymbol,
    shift: kernel.sigma === 0 ? 0 : kernel.potential(L),
    selfPotential,
    potential: (masses, out) => convolve(shape, masses, potentialSymbol, out),
    densitySymbol,
    density: (masses, out) => convolve(shape, masses, densitySymbol(), out),
  }
}

const taper = (x: number): number => falling(2 * x - 1)

/**
 * 1 up to t = 0, 0 from t = 1 on, between 1 - (126 t^5 - 420 t^6 + 540 t^7 - 315 t^8 + 70 t^9), with four continuous
 * derivatives.
 */
export function falling(t: number): number {
  if (t <= 0) return 1
  if (t >= 1) return 0
  return 1 - t * t * t * t * t * (126 - t * (420 - t * (540 - t * (315 - 70 * t))))
}

/** W^ eta/b^m over the volume of the period, for the modes 0 ... f n/2 along each axis. */
function spectrum(
  shape: readonly number[],
  factors: readonly number[],
  { h, last, fall }: { readonly h: number; readonly last: number; readonly fall: (x: number) => number },
  W: (s: number) => number,
  deconvolution: number,
): { modes: Float64Array; sizes: [number, number, number]; selfPotential: number } {
  const sizes = shape.map((n, a) => (n * factors[a]!) / 2 + 1) as [number, number, number]
  const steps = shape.map((n, a) => (2 * Math.PI) / (n * factors[a]! * h))
  const volume = shape.reduce((product, n, a) => product * n * factors[a]! * h, 1)
  const windows = sizes.map((size, a) =>
    Float64Array.from({ length: size }, (_, k) => {
      const x = sinc(0.5 * steps[a]! * k * h)
      const b = x * x * x * x * x * x
      return deconvolution === 0 ? 1 : deconvolution === 1 ? 1 / b : 1 / (b * b)
    }),
  )
  const [n0, n1, n2] = sizes
  const modes = new Float64Array(n0 * n1 * n2)
  let selfPotential = 0
  for (let k0 = 0; k0 < n0; k0++) {
    for (let k1 = 0; k1 < n1; k1++) {
      const square = steps[0]! * k0 * (steps[0]! * k0) + steps[1]! * k1 * (steps[1]! * k1)
      if (square >= last * last) continue
      const front = (windows[0]![k0]! * windows[1]![k1]!) / volume
      const at = (k0 * n1 + k1) * n2
      const copies = (k0 === 0 ? 1 : 2) * (k1 === 0 ? 1 : 2)
      for (let k2 = 0; k2 < n2; k2++) {
        const s = Math.sqrt(square + steps[2]! * k2 * (steps[2]! * k2))
        if (s >= last) break
        const value = W(s) * fall(s / last)
        modes[at + k2] = front * windows[2]![k2]! * value
        selfPotential += ((copies * (k2 === 0 ? 1 : 2)) / volume) * value
      }
    }
  }
  return { modes, sizes, selfPotential }
}

/** Cosine sums along the three axes, keeping 0 ... n of each. */
function sumModes(
  modes: Float64Array,
  sizes: readonly [number, number, number],
  shape: readonly number[],
  full: readonly number[],
): Float64Array {
  const keep = shape.map((n, a) => Math.min(n + 1, full[a]!)) as [number, number, number]
  const [n0, n1, n2] = sizes
  const first = cosineSums(modes, [n0, n1, n2], 2, keep[2])
  const second = cosineSums(first, [n0, n1, keep[2]], 1, keep[1])
  return cosineSums(second, [n0, keep[1], keep[2]], 0, keep[0])
}

/** The symbol with its first index fastest, as the columns of {@link convolve} read it. */
function transposed(x: Float64Array, [n0, n1, n2]: readonly [number, number, number]): Float64Array {
  const y = new Float64Array(x.length)
  for (let i = 0; i < n0; i++) {
    for (let j = 0; j < n1; j++) {
      for (let k = 0; k < n2; k++) y[(k * n1 + j) * n0 + i] = x[(i * n1 + j) * n2 + k]!
    }
  }
  return y
}

/** Cyclic convolution on twice the grid of an array that is zero outside the grid, cut back to the grid. */
function convolve(
  [n0, n1, n2]: readonly [number, number, number],
  masses: Float64Array,
  symbol: Float64Array,
  out: Float64Array,
): Float64Array {
  const [m0, m1, m2] = [2 * n0, 2 * n1, 2 * n2]
  const last = lineTransform(m2)
  const middle = lineTransform(m1)
  const column = lineTransform(m0)
  const rows = n0 * n1
  const planeLength = lengthOfPlane(rows)
  const planes = new Float64Array((n2 + 1) * planeLength)

  forwardRows(last, n2, rows, masses, planes)

  const width = 2 * m1 + 16
  const plane = new Float64Array(n0 * width)
  for (let k2 = 0; k2 <= n2; k2++) {
    const base = k2 * planeLength
    for (let i = 0; i < n0; i++) {
      middle.input.fill(0)
      middle.input.set(planes.subarray(base + 2 * i * n1, base + 2 * (i + 1) * n1))
      middle.forward()
      plane.set(middle.output, i * width)
    }
    const { input, output } = column
    for (let k1 = 0; k1 < m1; k1++) {
      input.fill(0)
      for (let i = 0; i < n0; i++) {
        input[2 * i] = plane[i * width + 2 * k1]!
        input[2 * i + 1] = plane[i * width + 2 * k1 + 1]!
      }
      column.forward()
      const factors = (k2 * (n1 + 1) + Math.min(k1, m1 - k1)) * (n0 + 1)
      for (let k0 = 0; k0 < m0; k0++) {
        const f = symbol[factors + (k0 <= n0 ? k0 : m0 - k0)]!
        input[2 * k0] = f * output[2 * k0]!
        input[2 * k0 + 1] = f * output[2 * k0 + 1]!
      }
      column.inverse()
      for (let i = 0; i < n0; i++) {
        plane[i * width + 2 * k1] = output[2 * i]!
        plane[i * width + 2 * k1 + 1] = output[2 * i + 1]!
      }
    }
    for (let i = 0; i < n0; i++) {
      middle.input.set(plane.subarray(i * width, i * width + 2 * m1))
      middle.inverse()
      planes.set(middle.output.subarray(0, 2 * n1), base + 2 * i * n1)
    }
  }

  inverseRows(last, n2, rows, planes, out)
  return out
}

/**
 * Numbers of a plane of spectra: a little more than it has, so that consecutive planes do not fall on the same cache
 * lines.
 */
export function lengthOfPlane(rows: number): number {
  return 2 * rows + 16
}

/**
 * Transforms of real rows, an even number of them, along the last axis, padded with as many zeros: two real lines in
 * one complex one.
 * @param n2 length of a row @param planes the wave numbers 0 ... n2, each a plane of {@link lengthOfPlane} numbers
 */
export function forwardRows(
  last: LineTransform,
  n2: number,
  rows: number,
  masses: Float64Array,
  planes: Float64Array,
): void {
  const planeLength = lengthOfPlane(rows)
  const m2 = 2 * n2
  for (let row = 0; row < rows; row += 2) {
    const { input, output } = last
    input.fill(0)
    for (let i = 0; i < n2; i++) {
      input[2 * i] = masses[row * n2 + i]!
      input[2 * i + 1] = masses[(row + 1) * n2 + i]!
    }
    last.forward()
    for (let k = 0; k <= n2; k++) {
      const l = k === 0 ? 0 : m2 - k
      const [zr, zi, yr, yi] = [output[2 * k]!, output[2 * k + 1]!, output[2 * l]!, output[2 * l + 1]!]
      const at = k * planeLength + 2 * row
      planes[at] = 0.5 * (zr + yr)
      planes[at + 1] = 0.5 * (zi - yi)
      planes[at + 2] = 0.5 * (zi + yi)
      planes[at + 3] = 0.5 * (yr - zr)
    }
  }
}

/** From such planes back to the rows, without the padding. */
export function inverseRows(
  last: LineTransform,
  n2: number,
  rows: number,
  planes: Float64Array,
  out: Float64Array,
): void {
  const planeLength = lengthOfPlane(rows)
  const m2 = 2 * n2
  for (let row = 0; row < rows; row += 2) {
    const { input, output } = last
    for (let k = 0; k <= n2; k++) {
      const at = k * planeLength + 2 * row
      const [ar, ai, br, bi] = [planes[at]!, planes[at + 1]!, planes[at + 2]!, planes[at + 3]!]
      input[2 * k] = ar - bi
      input[2 * k + 1] = ai + br
      if (k > 0 && k < n2) {
        input[2 * (m2 - k)] = ar + bi
        input[2 * (m2 - k) + 1] = br - ai
      }
    }
    last.inverse()
    for (let i = 0; i < n2; i++) {
      out[row * n2 + i] = output[2 * i]!
      out[(row + 1) * n2 + i] = output[2 * i + 1]!
    }
  }
}
