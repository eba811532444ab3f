/**
 * The potential of a density that is a sum of smooth parts, each seen through a filter in Fourier space that is as wide
 * as its own spectrum: what a lattice of markers adds beyond is left out. The solver for smooth laws calls it at every
 * force.
 */
import {
  type FreeSpaceConvolution,
  falling,
  forwardRows,
  inverseRows,
  lengthOfPlane,
} from '../grid/freeSpaceConvolution.js'
import { lineTransform } from '../grid/freeSpaceFourier.js'

/** Second moments of the positions of a part: xx, xy, xz, yy, yz, zz. */
export type Spread = Float64Array

/** A potential from the deposits of several parts. */
export interface FilteredConvolution {
  /** Takes the masses that part c has deposited. */
  add(c: number, masses: Float64Array): void
  /**
   * Writes the spline coefficients of the potential of all parts. @param spreads of the parts @param cut of their
   * filters
   */
  potential(spreads: readonly Spread[], cut: number, out: Float64Array): Float64Array
}

/** Width of the filter's edge, in units of the inverse deviation. */
const EDGE = 1

/**
 * The filter at kappa^2, in steps: 1 up to cut - EDGE, 0 from cut + EDGE on, a polynomial with four derivatives
 * between.
 */
function filterTable(cut: number): { readonly table: Float64Array; readonly perStep: number } {
  const end = (cut + EDGE) * (cut + EDGE)
  const steps = 4096
  const table = new Float64Array(steps + 2)
  for (let i = 0; i < steps; i++) {
    const kappa = Math.sqrt((i * end) / steps)
    table[i] = falling((kappa - cut + EDGE) / (2 * EDGE))
  }
  return { table, perStep: steps / end }
}

/** The least kappa^2 = (xx x + line) x + rest over all x, for the wave numbers (x, y, z). */
function leastAlong(s: Spread, y: number, z: number): number {
  const half = s[1]! * y + s[2]! * z
  const least = s[3]! * y * y + 2 * s[4]! * y * z + s[5]! * z * z - (s[0]! > 0 ? (half * half) / s[0]! : 0)
  // Rounding is far below this part, so that no column is left out that has something.
  return least * (1 - 1e-9)
}

/** A filtered convolution of `parts` parts on the grid and with the kernel of a convolution. */
export function filteredConvolution({ grid, symbol }: FreeSpaceConvolution, parts: number): FilteredConvolution {
  const [n0, n1, n2] = grid.shape
  const [m0, m1] = [2 * n0, 2 * n1]
  const rows = n0 * n1
  const planeLength = lengthOfPlane(rows)
  const spectra = Array.from({ length: parts }, () => new Float64Array((n2 + 1) * planeLength))
  const [last, middle, column] = [lineTransform(2 * n2), lineTransform(m1), lineTransform(m0)]
  const width = 2 * m1 + 16
  const planes = spectra.map(() => new Float64Array(n0 * width))
  const sum = new Float64Array(2 * m0)
  const step = [n0, n1, n2].map(n => Math.PI / (n * grid.spacing))

  const add = (c: number, masses: Float64Array): void => forwardRows(last, n2, rows, masses, spectra[c]!)

  const potential = (spreads: readonly Spread[], cut: number, out: Float64Array): Float64Array => {
    const { table, perStep } = filterTable(cut)
    const total = spectra[0]!
    for (let k2 = 0; k2 <= n2; k2++) {
      const base = k2 * planeLength
      for (let c = 0; c < parts; c++) {
        const plane = planes[c]!
        for (let i = 0; i < n0; i++) {
          middle.input.fill(0)
          middle.input.set(spectra[c]!.subarray(base + 2 * i * n1, base + 2 * (i + 1) * n1))
          middle.forward()
          plane.set(middle.output, i * width)
        }
      }
      const { input, output } = column
      const z = k2 * step[2]!
      const into = planes[0]!
      for (let k1 = 0; k1 < m1; k1++) {
        const y = (k1 <= n1 ? k1 : k1 - m1) * step[1]!
        // No part's filter lets anything of this column through.
        if (spreads.every(s => leastAlong(s, y, z) * perStep >= table.length - 2)) {
          for (let i = 0; i < n0; i++) into.fill(0, i * width + 2 * k1, i * width + 2 * k1 + 2)
          continue
        }
        const factors = (k2 * (n1 + 1) + Math.min(k1, m1 - k1)) * (n0 + 1)
        sum.fill(0)
        for (let c = 0; c < parts; c++) {
          const plane = planes[c]!
          const s = spreads[c]!
          // kappa^2 = k.C k = (xx x + line) x + rest.
          const line = 2 * (s[1]! * y + s[2]! * z)
          const rest = s[3]! * y * y + 2 * s[4]! * y * z + s[5]! * z * z
          const most = table.length - 2
          input.fill(0)
          for (let i = 0; i < n0; i++) {
            input[2 * i] = plane[i * width + 2 * k1]!
            input[2 * i + 1] = plane[i * width + 2 * k1 + 1]!
          }
          column.forward()
          for (let k0 = 0; k0 < m0; k0++) {
            const x = (k0 <= n0 ? k0 : k0 - m0) * step[0]!
            const at = ((s[0]! * x + line) * x + rest) * perStep
            if (at >= most) continue
            const i = Math.floor(at)
            const f = table[i]! + (at - i) * (table[i + 1]! - table[i]!)
            sum[2 * k0] = sum[2 * k0]! + f * output[2 * k0]!
            sum[2 * k0 + 1] = sum[2 * k0 + 1]! + f * output[2 * k0 + 1]!
          }
        }
        for (let k0 = 0; k0 < m0; k0++) {
          const f = symbol[factors + (k0 <= n0 ? k0 : m0 - k0)]!
          input[2 * k0] = f * sum[2 * k0]!
          input[2 * k0 + 1] = f * sum[2 * k0 + 1]!
        }
        column.inverse()
        for (let i = 0; i < n0; i++) {
          into[i * width + 2 * k1] = output[2 * i]!
          into[i * width + 2 * k1 + 1] = output[2 * i + 1]!
        }
      }
      for (let i = 0; i < n0; i++) {
        middle.input.set(into.subarray(i * width, i * width + 2 * m1))
        middle.inverse()
        total.set(middle.output.subarray(0, 2 * n1), base + 2 * i * n1)
      }
    }
    inverseRows(last, n2, rows, total, out)
    return out
  }
  return { add, potential }
}
