/**
 * Convolutions in the plane with a kernel that is q/|q|^2 outside a cut-off, of masses at any points of a disc: masses
 * are spread on a grid by splines, and in Fourier space the spline is divided out, waves above a bandwidth are dropped,
 * and the kernel is applied. Used by the planar solver only.
 *
 * The period is twice the diameter L of the disc, and the kernel is cut at L, which no two of its points exceed: no
 * image is felt, and its transform is regular,
 *   k^(xi) = -i (xi/|xi|) S(|xi|), S(x) = 2 pi (int_0^a g(r) J_1(x r) r dr + (J_0(x a) - J_0(x L))/x), a the cut-off.
 */
import { gaussLegendre } from '../../../base/numerics/quadrature.js'
import type { Kernel } from '../../../interaction/kernel.js'
import { wasmCore } from '../../../wasm/core.js'
import { lineTransform } from '../grid/freeSpaceFourier.js'
import { sinc } from '../grid/freeSpaceSymbol.js'

/** Nodes along each axis that a spline covers: degree 7. */
const ORDER = 8

/** Where masses are, and how fine their density is known. */
export interface PlanarDisc {
  readonly centre: readonly [number, number]
  readonly radius: number
  /** Largest wave number that is kept. */
  readonly waves: number
}

/** Nodes along each side of the period: the least power of two that has four for each wave that is kept. */
export function nodesFor(disc: Pick<PlanarDisc, 'radius' | 'waves'>): number {
  let n = 32
  while (n < 4 * periodsOf(disc)) n *= 2
  return n
}

/** Periods of the shortest wave that is kept. */
const periodsOf = ({ radius, waves }: Pick<PlanarDisc, 'radius' | 'waves'>): number =>
  Math.ceil((2 * radius * waves) / Math.PI)

/** A convolution on a disc. */
export interface PlanarConvolution {
  /** Numbers in a spectrum. */
  readonly size: number
  /**
   * Writes the spectrum of masses, linear in them.
   * @param q positions, length 2M, structure of arrays
   * @returns false if a point is outside the disc
   */
  spectrum(q: Float64Array, mass: Float64Array, out: Float64Array): boolean
  /** Takes a spectrum: what `force` and `density` are of from now on. */
  take(spectrum: Float64Array): void
  /** The force at a point of the disc, without sigma. @param out length 2 */
  force(x: number, y: number, out: Float64Array): void
  /** The density there, without the waves that were dropped. */
  density(x: number, y: number): number
}

/** The convolution of a kernel on a disc. */
export function planarConvolution(kernel: Kernel, disc: PlanarDisc): PlanarConvolution {
  const { centre, radius } = disc
  const n = nodesFor(disc)
  const m = periodsOf(disc)
  const period = 4 * radius
  const spacing = period / n
  const [left, bottom] = [centre[0] - 0.5 * period, centre[1] - 0.5 * period]
  const grid = new Float64Array(2 * n * n)
  const table = { force: new Float64Array(2 * n * n), density: undefined as Float64Array | undefined }
  const width = m + 1
  const spline = splineTransform(n)
  const strength = kernelTransform(kernel, m, (2 * Math.PI) / period, 2 * radius)
  let taken = new Float64Array(0)
  const wx = new Float64Array(ORDER)
  const wy = new Float64Array(ORDER)

  /** Fills the grid with the spectrum times weight(kx, ky), which is complex, and transforms back. */
  const synthesis = (out: Float64Array, weight: (kx: number, ky: number, out: Float64Array) => void): void => {
    const w = new Float64Array(2)
    out.fill(0)
    for (let kx = -m; kx <= m; kx++) {
      for (let ky = -m; ky <= m; ky++) {
        if (kx * kx + ky * ky > m * m) continue
        // The masses are real: the spectrum at -k is the conjugate of that at k.
        const at = 2 * (ky < 0 ? (m - kx) * width - ky : (m + kx) * width + ky)
        const re = taken[at]!
        const im = ky < 0 ? -taken[at + 1]! : taken[at + 1]!
        weight(kx, ky, w)
        const to = 2 * (((kx + n) % n) * n + ((ky + n) % n))
        out[to] = re * w[0]! - im * w[1]!
        out[to + 1] = re * w[1]! + im * w[0]!
      }
    }
    transform(out, n, m, 'inverse')
  }
  /** The spline is divided out twice: as masses were spread by it, and values will be read by it. */
  const scale = (kx: number, ky: number): number => 1 / (spacing * spline[Math.abs(kx)]! * spline[Math.abs(ky)]!) ** 2

  /** The first node of the splines around a point, whose weights are then in wx and wy. */
  const place = (x: number, y: number): number => {
    const u = (x - left) / spacing
    const v = (y - bottom) / spacing
    const i = Math.floor(u)
    const j = Math.floor(v)
    splineWeights(u - i, wx)
    splineWeights(v - j, wy)
    return (i - ORDER / 2 + 1) * n + j - ORDER / 2 + 1
  }
  return {
    size: 2 * (2 * m + 1) * width,
    spectrum: (q, mass, out) => {
      const M = mass.length
      grid.fill(0)
      for (let k = 0; k < M; k++) {
        const x = q[k]!
        const y = q[M + k]!
        const away = (x - centre[0]) * (x - centre[0]) + (y - centre[1]) * (y - centre[1])
        if (!(away <= radius * radius)) return false
        const first = place(x, y)
        for (let a = 0; a < ORDER; a++) {
          const weight = mass[k]! * wx[a]!
          const row = 2 * (first + a * n)
          for (let b = 0; b < ORDER; b++) grid[row + 2 * b] = grid[row + 2 * b]! + weight * wy[b]!
        }
      }
      transform(grid, n, m, 'forward')
      for (let kx = -m; kx <= m; kx++) {
        for (let ky = 0; ky <= m; ky++) {
          const from = 2 * (((kx + n) % n) * n + ky)
          const to = 2 * ((m + kx) * width + ky)
          out[to] = grid[from]!
          out[to + 1] = grid[from + 1]!
        }
      }
      return true
    },
    take: spectrum => {
      taken = spectrum as Float64Array<ArrayBuffer>
      table.density = undefined
      // F_x + i F_y in one transform: -i S (kx + i ky)/|k|.
      synthesis(table.force, (kx, ky, w) => {
        const square = kx * kx + ky * ky
        const size = square === 0 ? 0 : (strength[square]! * scale(kx, ky)) / Math.sqrt(square)
        w[0] = size * ky
        w[1] = -size * kx
      })
    },
    force: (x, y, out) => {
      const first = place(x, y)
      let fx = 0
      let fy = 0
      for (let a = 0; a < ORDER; a++) {
        const row = 2 * (first + a * n)
        let sx = 0
        let sy = 0
        for (let b = 0; b < ORDER; b++) {
          sx += wy[b]! * table.force[row + 2 * b]!
          sy += wy[b]! * table.force[row + 2 * b + 1]!
        }
        fx += wx[a]! * sx
        fy += wx[a]! * sy
      }
      out[0] = fx
      out[1] = fy
    },
    density: (x, y) => {
      if (table.density === undefined) {
        table.density = new Float64Array(2 * n * n)
        synthesis(table.density, (kx, ky, w) => {
          w[0] = scale(kx, ky)
          w[1] = 0
        })
      }
      const first = place(x, y)
      let sum = 0
      for (let a = 0; a < ORDER; a++) {
        for (let b = 0; b < ORDER; b++) sum += wx[a]! * wy[b]! * table.density[2 * (first + a * n + b)]!
      }
      return sum
    },
  }
}

/** Transforms of n x n complex numbers, of which only the waves up to m are read afterwards, or were set before. */
function transform(grid: Float64Array, n: number, m: number, direction: 'forward' | 'inverse'): void {
  const line = lineTransform(n)
  const { input, output } = line
  const rows = (): void => {
    for (let i = 0; i < n; i++) {
      input.set(grid.subarray(2 * i * n, 2 * (i + 1) * n))
      line[direction]()
      grid.set(output, 2 * i * n)
    }
  }
  const columns = (): void => {
    for (let j = 0; j < n; j++) {
      if (j > m && j < n - m) continue
      for (let i = 0; i < n; i++) {
        input[2 * i] = grid[2 * (i * n + j)]!
        input[2 * i + 1] = grid[2 * (i * n + j) + 1]!
      }
      line[direction]()
      for (let i = 0; i < n; i++) {
        grid[2 * (i * n + j)] = output[2 * i]!
        grid[2 * (i * n + j) + 1] = output[2 * i + 1]!
      }
    }
  }
  if (direction === 'forward') {
    rows()
    columns()
  } else {
    columns()
    rows()
  }
}

/** The values at the eight nodes around a point of the splines of degree 7 that belong to them. @param w in [0, 1) */
function splineWeights(w: number, out: Float64Array): void {
  out[0] = 1 - w
  out[1] = w
  for (let k = 3; k <= ORDER; k++) {
    const scale = 1 / (k - 1)
    out[k - 1] = scale * w * out[k - 2]!
    for (let j = 1; j < k - 1; j++) {
      out[k - 1 - j] = scale * ((w + j) * out[k - 2 - j]! + (k - j - w) * out[k - 1 - j]!)
    }
    out[0] = scale * (1 - w) * out[0]!
  }
}

/** The transform of the spline at the waves 0, ..., n/4: (sin x/x)^8, x = pi k/n. */
function splineTransform(n: number): Float64Array {
  return Float64Array.from({ length: n / 4 + 1 }, (_, k) => sinc((Math.PI * k) / n) ** ORDER)
}

/** S at the wave numbers unit |k| with |k| <= m, by |k|^2. */
function kernelTransform(kernel: Kernel, m: number, unit: number, reach: number): readonly number[] {
  const table: number[] = []
  const { cutoffRadius: a } = kernel
  const cuts = [0, ...kernel.breaks.filter(r => r > 0 && r < a), a].sort((x, y) => x - y)
  for (let kx = 0; kx <= m; kx++) {
    for (let ky = 0; ky <= kx; ky++) {
      const square = kx * kx + ky * ky
      if (square === 0 || square > m * m || table[square] !== undefined) continue
      const x = unit * Math.sqrt(square)
      let core = 0
      for (let i = 0; i + 1 < cuts.length; i++) {
        const [low, high] = [cuts[i]!, cuts[i + 1]!]
        const { nodes, weights } = gaussLegendre(16 + Math.ceil(0.5 * x * (high - low)))
        for (let g = 0; g < nodes.length; g++) {
          const r = low + 0.5 * (high - low) * (1 + nodes[g]!)
          core += 0.5 * (high - low) * weights[g]! * kernel.magnitude(r) * r * bessel(1, x * r)
        }
      }
      table[square] = 2 * Math.PI * (core + (bessel(0, x * a) - bessel(0, x * reach)) / x)
    }
  }
  return table
}

/** The Bessel function J_0 or J_1, by the trapezoidal rule for the mean of cos(order t - x sin t) over a period. */
function bessel(order: 0 | 1, x: number): number {
  const core = wasmCore()
  // What the rule adds are J of orders beyond its number of points, which fall faster than any power.
  const points = 2 * Math.ceil(0.5 * x + 3 * Math.sqrt(x) + 16)
  let sum = 0
  for (let j = 0; j < points; j++) {
    const t = (2 * Math.PI * (j + 0.5)) / points
    sum += core.cos(order * t - x * core.sin(t))
  }
  return sum / points
}
