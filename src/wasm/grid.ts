/**
 * Loader of the WebAssembly loops of the 3-D mean field: markers and grid in one private memory of fixed size, so that
 * views stay valid.
 */
import { gridBase64 } from './grid.generated.js'

/** What `assembly/grid` exports; points and grids by byte address, counts as numbers of points. */
interface GridExports {
  heapBase(): number
  deposit(
    ...a: [
      q: number,
      count: number,
      stride: number,
      grid: number,
      n0: number,
      n1: number,
      n2: number,
      o0: number,
      o1: number,
      o2: number,
      inverse: number,
      weight: number,
    ]
  ): number
  depositMasses(
    ...a: [
      q: number,
      from: number,
      to: number,
      stride: number,
      grid: number,
      n0: number,
      n1: number,
      n2: number,
      o0: number,
      o1: number,
      o2: number,
      inverse: number,
      masses: number,
    ]
  ): number
  addGradient(
    ...a: [
      q: number,
      count: number,
      stride: number,
      grid: number,
      n0: number,
      n1: number,
      n2: number,
      o0: number,
      o1: number,
      o2: number,
      inverse: number,
      factor: number,
      out: number,
      missed: number,
    ]
  ): number
  drift(q: number, p: number, length: number, dt: number): void
}

/** A uniform grid of positions: node (i0, i1, i2) is at origin + spacing * i; values are stored last index fastest. */
export interface GridShape {
  /** Number of nodes along the axes, even. */
  readonly shape: readonly [number, number, number]
  readonly origin: readonly [number, number, number]
  readonly spacing: number
}

/** Points and a grid in a WebAssembly memory, and the loops over them. */
export interface GridModule {
  /** Positions, length 3*points, structure of arrays with stride `points`. */
  readonly q: Float64Array
  /** Momenta or forces, same layout. */
  readonly p: Float64Array
  /** Values on the nodes, room for `nodes` numbers. */
  readonly grid: Float64Array
  /** Spline coefficients, room for `nodes` numbers. */
  readonly coefficients: Float64Array
  /** Indices of the points that the last `addGradient` found outside. */
  readonly missed: Int32Array
  /** Clears the grid and adds `weight` times the spline of every point; returns how many points lie outside. */
  deposit(count: number, grid: GridShape, weight: number): number
  /** Masses of the points, length `points`; empty unless asked for. */
  readonly masses: Float64Array
  /** The same for the points from `from` to `to`, with the mass of every point in place of one weight. */
  depositMasses(from: number, to: number, grid: GridShape): number
  /** p += factor * gradient of the spline with `coefficients`; returns how many points lie outside (see `missed`). */
  addGradient(count: number, grid: GridShape, factor: number): number
  /** q += dt p. */
  drift(dt: number): void
}

let compiled: WebAssembly.Module | undefined

const PAGE = 65536

/**
 * A memory for `points` points (made even) and grids of up to `nodes` nodes.
 * @param masses whether there is room for a mass of every point
 * @throws RangeError if more than 4 GiB or more than can be had are asked for
 */
export function gridModule(points: number, nodes: number, masses: 'masses' | 'none' = 'none'): GridModule {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(gridBase64), c => c.charCodeAt(0)))
  const stride = points + (points % 2)
  const rows = masses === 'masses' ? 7 : 6
  const bytes = 8 * (rows * stride + 2 * nodes) + 4 * stride + 4096
  const pages = Math.ceil(bytes / PAGE) + 1
  if (pages > 65536) throw new RangeError(`markers and grid need ${bytes} bytes, more than a 32-bit memory has`)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  const abort = (): never => {
    throw new Error('the WebAssembly grid loops aborted')
  }
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory, abort } })
  const loops = exports as unknown as GridExports
  let top = loops.heapBase()
  const take = (size: number): number => {
    const address = (top + 63) & -64
    top = address + size
    return address
  }
  const [qAt, pAt] = [take(24 * stride), take(24 * stride)]
  const [gridAt, coefficientsAt] = [take(8 * nodes), take(8 * nodes)]
  const missedAt = take(4 * stride)
  const massesAt = take(8 * (rows - 6) * stride)
  const reals = (address: number, length: number): Float64Array => new Float64Array(memory.buffer, address, length)
  const grid = reals(gridAt, nodes)
  return {
    q: reals(qAt, 3 * stride),
    p: reals(pAt, 3 * stride),
    grid,
    coefficients: reals(coefficientsAt, nodes),
    missed: new Int32Array(memory.buffer, missedAt, stride),
    masses: reals(massesAt, (rows - 6) * stride),
    depositMasses: (from, to, { shape, origin, spacing }) => {
      grid.fill(0, 0, shape[0] * shape[1] * shape[2])
      return loops.depositMasses(qAt, from, to, stride, gridAt, ...shape, ...origin, 1 / spacing, massesAt)
    },
    deposit: (count, { shape, origin, spacing }, weight) => {
      grid.fill(0, 0, shape[0] * shape[1] * shape[2])
      return loops.deposit(qAt, count, stride, gridAt, ...shape, ...origin, 1 / spacing, weight)
    },
    addGradient: (count, { shape, origin, spacing }, factor) =>
      loops.addGradient(qAt, count, stride, coefficientsAt, ...shape, ...origin, 1 / spacing, factor, pAt, missedAt),
    drift: dt => loops.drift(qAt, pAt, 3 * stride, dt),
  }
}
