/**
 * Suprema of forces on a grid: one probe in every cell, where the spline of a potential is differentiated. The error
 * estimates of the 3-D mean field are made of these.
 */
import { type GridModule, type GridShape, gridModule } from '../../../wasm/grid.js'

export interface GridProbes {
  readonly grid: GridShape
  /** Positions, structure of arrays. */
  readonly positions: Float64Array
  /** Largest |grad| of the spline with these coefficients over the probes. */
  largestGradient(coefficients: Float64Array): number
  /**
   * The difference of two splines' gradients at the probes, structure of arrays (a new array); the second spline on its
   * own grid over the same box, always the same one.
   */
  difference(coefficients: Float64Array, other: GridShape, otherCoefficients: Float64Array): Float64Array
  /**
   * The largest size of the common part of two vector fields on the probes that have independent noise of mean 0 beside
   * it. Where the largest size of their mean stands out of the noise, which half of their difference shows, it is that.
   * Otherwise it is three times the root of the mean of their product over blocks of 4 x 4 x 4 probes, the largest over
   * the blocks: three is the height of a peak over its root mean square where it fills a ninth of the block.
   */
  commonPart(first: Float64Array, second: Float64Array): number
}

/**
 * Probes along a side of a block: about the wave length of what a grid leaves out, which lies between four spacings and
 * two.
 */
const BLOCK = 4

/** Both are suprema over many probes of fields with the same noise, which differ by tens of percent. */
const STANDS_OUT = 1.5

/** Where in its cell a probe lies: no node, no midpoint. */
const OFFSETS = [0.31, 0.47, 0.64] as const

/** @param most largest number of probes; every second, third, ... cell along each axis otherwise */
export function gridProbes(grid: GridShape, most: number = 2 ** 18): GridProbes {
  const { shape, origin, spacing } = grid
  const cells = shape.map(n => n - 5)
  let stride = 1
  const along = (n: number): number => Math.ceil(n / stride)
  while (cells.reduce((product, n) => product * along(n), 1) > most) stride++
  const counts = cells.map(along)
  const count = counts[0]! * counts[1]! * counts[2]!
  const points = count + (count % 2)
  const module = gridModule(points, shape[0] * shape[1] * shape[2])
  const positions = module.q
  let finer: GridModule | undefined
  let i = 0
  for (let a = 0; a < counts[0]!; a++) {
    for (let b = 0; b < counts[1]!; b++) {
      for (let c = 0; c < counts[2]!; c++) {
        positions[i] = origin[0] + spacing * (2 + a * stride + OFFSETS[0])
        positions[points + i] = origin[1] + spacing * (2 + b * stride + OFFSETS[1])
        positions[2 * points + i] = origin[2] + spacing * (2 + c * stride + OFFSETS[2])
        i++
      }
    }
  }
  const largest = (p: Float64Array): number => {
    let square = 0
    for (let k = 0; k < count; k++) {
      const [x, y, z] = [p[k]!, p[points + k]!, p[2 * points + k]!]
      square = Math.max(square, x * x + y * y + z * z)
    }
    return Math.sqrt(square)
  }
  const gradient = (coefficients: Float64Array): void => {
    module.coefficients.set(coefficients)
    module.p.fill(0)
    module.addGradient(count, grid, 1)
  }
  return {
    grid,
    positions,
    largestGradient: coefficients => {
      gradient(coefficients)
      return largest(module.p)
    },
    difference: (coefficients, other, otherCoefficients) => {
      gradient(coefficients)
      finer ??= gridModule(points, otherCoefficients.length)
      finer.q.set(positions)
      finer.p.set(module.p)
      finer.coefficients.set(otherCoefficients)
      finer.addGradient(count, other, -1)
      return finer.p.slice()
    },
    commonPart: (first, second) => {
      const blocks = counts.map(n => Math.ceil(n / BLOCK))
      const sums = new Float64Array(blocks[0]! * blocks[1]! * blocks[2]!)
      const sizes = new Float64Array(sums.length)
      for (let k = 0; k < count; k++) {
        const a = Math.floor(Math.floor(k / (counts[1]! * counts[2]!)) / BLOCK)
        const b = Math.floor((Math.floor(k / counts[2]!) % counts[1]!) / BLOCK)
        const block = (a * blocks[1]! + b) * blocks[2]! + Math.floor((k % counts[2]!) / BLOCK)
        for (let c = k; c < 3 * points; c += points) sums[block] = sums[block]! + first[c]! * second[c]!
        sizes[block] = sizes[block]! + 1
      }
      let square = 0
      for (let j = 0; j < sums.length; j++) square = Math.max(square, sums[j]! / Math.max(sizes[j]!, BLOCK))
      const mean = largest(first.map((x, k) => 0.5 * (x + second[k]!)))
      const noise = largest(first.map((x, k) => 0.5 * (x - second[k]!)))
      return mean > STANDS_OUT * noise ? mean : Math.min(3 * Math.sqrt(square), mean)
    },
  }
}
