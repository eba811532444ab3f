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
  const lattice = latticeOf(kernel, disc)
  const { m } = lattice
  return {
    size: 2 * (2 * m + 1) * (m + 1),
    spectrum: (q, mass, out) => {
      if (!spread(lattice, q, mass)) return false
      writeSpectrum(lattice, out)
      return true
    },
    take: spectrum => take(lattice, spectrum),
    force: (x, y, out) => force(lattice, x, y, out),
    density: (x, y) => density(lattice, x, y),
  }
}

/** The nodes of a period, and what is on them. */
interface Lattice {
  readonly disc: PlanarDisc
  /** Nodes along a side, and the largest wave that is kept, in waves of the period. */
  readonly n: number
  readonly m: number
  readonly spacing: number
  /** Where the first node is. */
  readonly left: number
  readonly bottom: number
  /** Of the waves 0, ..., n/4. */
  readonly spline: Float64Array
  /** S of a wave, by its square. */
  readonly strength: readonly number[]
  /** Complex numbers at the nodes: masses and their transform; F_x + i F_y of the spectrum that was taken. */
  readonly masses: Float64Array
  readonly forces: Float64Array
  /** Its density, once it has been asked for. */
  densities: Float64Array | undefined
  taken: Float64Array
  /** Weights of the splines around a point. */
  readonly wx: Float64Array
  readonly wy: Float64Array
}

function latticeOf(kernel: Kernel, disc: PlanarDisc): Lattice {
  const { centre, radius } = disc
  const [n, m, period] = [nodesFor(disc), periodsOf(disc), 4 * radius]
  return {
    ...{ disc, n, m, spacing: period / n, left: centre[0] - 0.5 * period, bottom: centre[1] - 0.5 * period },
    spline: splineTransform(n),
    strength: kernelTransform(kernel, m, (2 * Math.PI) / period, 2 * radius),
    ...{ masses: new Float64Array(2 * n * n), forces: new Float64Array(2 * n * n) },
    ...{ densities: undefined, taken: new Float64Array(0) },
    ...{ wx: new Float64Array(ORDER), wy: new Float64Array(ORDER) },
  }
}

/** The first node of the splines around a point, whose weights are then in wx and wy. */
function place({ n, spacing, left, bottom, wx, wy }: Lattice, x: number, y: number): number {
  const u = (x - left) / spacing
  const v = (y - bottom) / spacing
  const i = Math.floor(u)
  const j = Math.floor(v)
  splineWeights(u - i, wx)
  splineWeights(v - j, wy)
  return (i - ORDER / 2 + 1) * n + j - ORDER / 2 + 1
}

/** Spreads masses over the nodes; false if one is outside the disc. */
function spread(lattice: Lattice, q: Float64Array, mass: Float64Array): boolean {
  const { disc, n, masses, wx, wy } = lattice
  const { centre, radius } = disc
  const M = mass.length
  masses.fill(0)
  for (let k = 0; k < M; k++) {
    const x = q[k]!
    const y = q[M + k]!
    const away = (x - centre[0]) * (x - centre[0]) + (y - centre[1]) * (y - centre[1])
    if (!(away <= radius * radius)) return false
    const first = place(lattice, x, y)
    for (let a = 0; a < ORDER; a++) {
      const weight = mass[k]! * wx[a]!
      const row = 2 * (first + a * n)
      for (let b = 0; b < ORDER; b++) masses[row + 2 * b] = masses[row + 2 * b]! + weight * wy[b]!
    }
  }
  return true
}

/** The transform of the spread masses at the waves that are kept: at k, of which -k has the conjugate. */
function writeSpectrum({ n, m, masses }: Lattice, out: Float64Array): void {
  transform(masses, n, m, 'forward')
  for (let kx = -m; kx <= m; kx++) {
    for (let ky = 0; ky <= m; ky++) {
      const from = 2 * (((kx + n) % n) * n + ky)
      const to = 2 * ((m + kx) * (m + 1) + ky)
      out[to] = masses[from]!
      out[to + 1] = masses[from + 1]!
    }
  }
}

/** Writes a complex factor of a wave. */
type Weight = (kx: number, ky: number, out: Float64Array) => void

/** Fills the nodes with the taken spectrum times a weight, transformed back. */
function synthesis({ n, m, taken }: Lattice, out: Float64Array, weight: Weight): void {
  const w = new Float64Array(2)
  out.fill(0)
  for (let kx = -m; kx <= m; kx++) {
    for (let ky = -m; ky <= m; ky++) {
      if (kx * kx + ky * ky > m * m) continue
      // The masses are real: the spectrum at -k is the conjugate of that at k.
      const at = 2 * (ky < 0 ? (m - kx) * (m + 1) - ky : (m + kx) * (m + 1) + ky)
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
const scale = ({ spacing, spline }: Lattice, kx: number, ky: number): number =>
  1 / (spacing * spline[Math.abs(kx)]! * spline[Math.abs(ky)]!) ** 2

function take(lattice: Lattice, spectrum: Float64Array): void {
  const { forces, strength } = lattice
  lattice.taken = spectrum
  lattice.densities = undefined
  // F_x + i F_y in one transform: -i S (kx + i ky)/|k|.
  synthesis(lattice, forces, (kx, ky, w) => {
    const square = kx * kx + ky * ky
    const size = square === 0 ? 0 : (strength[square]! * scale(lattice, kx, ky)) / Math.sqrt(square)
    w[0] = size * ky
    w[1] = -size * kx
  })
}

function force(lattice: Lattice, x: number, y: number, out: Float64Array): void {
  const { n, forces, wx, wy } = lattice
  const first = place(lattice, x, y)
  let fx = 0
  let fy = 0
  for (let a = 0; a < ORDER; a++) {
    const row = 2 * (first + a * n)
    let sx = 0
    let sy = 0
    for (let b = 0; b < ORDER; b++) {
      sx += wy[b]! * forces[row + 2 * b]!
      sy += wy[b]! * forces[row + 2 * b + 1]!
    }
    fx += wx[a]! * sx
    fy += wx[a]! * sy
  }
  out[0] = fx
  out[1] = fy
}

function density(lattice: Lattice, x: number, y: number): number {
  const { n, wx, wy } = lattice
  lattice.densities ??= densitiesOf(lattice)
  const first = place(lattice, x, y)
  let sum = 0
  for (let a = 0; a < ORDER; a++) {
    for (let b = 0; b < ORDER; b++) sum += wx[a]! * wy[b]! * lattice.densities[2 * (first + a * n + b)]!
  }
  return sum
}

function densitiesOf(lattice: Lattice): Float64Array {
  const out = new Float64Array(2 * lattice.n * lattice.n)
  synthesis(lattice, out, (kx, ky, w) => {
    w[0] = scale(lattice, kx, ky)
    w[1] = 0
  })
  return out
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
