// The mean field that a field in time makes: f_t = f_0 after the characteristics of that field, followed back to 0 from
// nodes of a product rule in phase space, and k * rho_t of it. The field of the law is the only one that makes itself.
// Nothing here is code of the solver for smooth laws: densities are sums over momenta, not over markers that have
// moved.
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { freeSpaceConvolution } from '../../../src/flow/field/grid/freeSpaceConvolution.js'
import { gridAround } from '../../../src/flow/field/grid/gridFieldRun.js'
import type { GaussianTerm } from '../../../src/law/law.js'
import { gridModule } from '../../../src/wasm/grid.js'

/** How finely: spectrum kept along each axis and radius of phase space in deviations, spacing of the momenta. */
export interface Fineness {
  readonly wave: number
  readonly radius: number
  readonly spacing: number
}

/** Nystroem's method of order 5 with four forces a step (Hairer, Norsett, Wanner, Solving ODEs I, II.14). */
const NODES = [0, 1 / 5, 2 / 3, 1]
const STAGES = [[], [1 / 50], [-1 / 27, 7 / 27], [3 / 10, -2 / 35, 9 / 35]]
const PLACES = [14 / 336, 100 / 336, 54 / 336, 0]
const SPEEDS = [14 / 336, 125 / 336, 162 / 336, 35 / 336]

/** Moves points from time `from` to time `to`, in place; structures of arrays. */
function moved(field: EvolvingField, q: Float64Array, p: Float64Array, from: number, to: number, steps: number): void {
  const h = (to - from) / steps
  const x = new Float64Array(q.length)
  const forces = NODES.map(() => new Float64Array(q.length))
  for (let step = 0; step < steps; step++) {
    for (const [s, c] of NODES.entries()) {
      for (let i = 0; i < q.length; i++) {
        let place = q[i]! + c * h * p[i]!
        for (let r = 0; r < s; r++) place += h * h * STAGES[s]![r]! * forces[r]![i]!
        x[i] = place
      }
      // Rounding may leave [0, T] by a bit.
      field.force(Math.max(0, Math.min(field.T, from + (step + c) * h)), x, forces[s]!)
    }
    for (let i = 0; i < q.length; i++) {
      let [dq, dp] = [0, 0]
      for (const [s, force] of forces.entries()) {
        dq += PLACES[s]! * force[i]!
        dp += SPEEDS[s]! * force[i]!
      }
      q[i] = q[i]! + h * p[i]! + h * h * dq
      p[i] = p[i]! + h * dp
    }
  }
}

/** Mean, covariance of the places, regression of the momenta on them, root of what it leaves. */
interface Frame {
  readonly mean: readonly number[]
  readonly places: readonly (readonly number[])[]
  readonly inverse: readonly (readonly number[])[]
  readonly slope: readonly (readonly number[])[]
  readonly root: readonly (readonly number[])[]
}

const AXES = [0, 1, 2] as const
const square = (entry: (a: number, b: number) => number): number[][] => AXES.map(a => AXES.map(b => entry(a, b)))
const dot = (x: (k: number) => number): number => x(0) + x(1) + x(2)

function inverseOf(A: readonly (readonly number[])[]): number[][] {
  const minor = (a: number, b: number): number => {
    const [r, s] = [(a + 1) % 3, (a + 2) % 3]
    const [c, d] = [(b + 1) % 3, (b + 2) % 3]
    return A[r]![c]! * A[s]![d]! - A[r]![d]! * A[s]![c]!
  }
  const determinant = dot(b => A[0]![b]! * minor(0, b))
  return square((a, b) => minor(b, a) / determinant)
}

function rootOf(A: readonly (readonly number[])[]): number[][] {
  const L = square(() => 0)
  for (const i of AXES) {
    for (let j = 0; j <= i; j++) {
      let sum = A[i]![j]!
      for (let k = 0; k < j; k++) sum -= L[i]![k]! * L[j]![k]!
      L[i]![j] = i === j ? Math.sqrt(sum) : sum / L[j]![j]!
    }
  }
  return L
}

/** The frame of a Gaussian's particles at time t: of the points mean +- sqrt 3 sigma, which have its moments. */
function frameOf({ mean, sigma }: GaussianTerm, field: EvolvingField, t: number, steps: number): Frame {
  const N = 3 ** 6
  const [q, p] = [new Float64Array(3 * N), new Float64Array(3 * N)]
  const weight = new Float64Array(N).fill(1)
  for (let i = 0; i < N; i++) {
    for (let a = 0, rest = i; a < 6; a++, rest = Math.floor(rest / 3)) {
      const side = (rest % 3) - 1
      weight[i] = weight[i]! * (side === 0 ? 2 / 3 : 1 / 6)
      const into = a < 3 ? q : p
      into[(a % 3) * N + i] = mean[a]! + Math.sqrt(3) * side * sigma[a]!
    }
  }
  if (t > 0) moved(field, q, p, 0, t, steps)
  const z = (a: number, i: number): number => (a < 3 ? q[a * N + i]! : p[(a - 3) * N + i]!)
  const expected = (of: (i: number) => number): number => weight.reduce((sum, w, i) => sum + w * of(i), 0)
  const center = [0, 1, 2, 3, 4, 5].map(a => expected(i => z(a, i)))
  const covariance = (a: number, b: number): number => expected(i => (z(a, i) - center[a]!) * (z(b, i) - center[b]!))
  const places = square(covariance)
  const inverse = inverseOf(places)
  const cross = square((a, b) => covariance(a + 3, b))
  const slope = square((a, b) => dot(k => cross[a]![k]! * inverse[k]![b]!))
  const root = rootOf(square((a, b) => covariance(a + 3, b + 3) - dot(k => slope[a]![k]! * cross[b]![k]!)))
  return { mean: center, places, inverse, slope, root }
}

/** rho_t of one Gaussian's particles on nodes of its own, by characteristics back to 0. */
function densityOf(term: GaussianTerm, field: EvolvingField, t: number, { wave, radius, spacing }: Fineness) {
  const steps = Math.max(1, Math.ceil((8 * t) / field.T))
  const { mean, places, inverse, slope, root } = frameOf(term, field, t, steps)
  const step = AXES.map(a => Math.PI / (wave * Math.sqrt(inverse[a]![a]!)))
  const shape = AXES.map(a => 2 * Math.ceil((radius * Math.sqrt(places[a]![a]!)) / step[a]!) + 1)
  const origin = AXES.map(a => mean[a]! - 0.5 * step[a]! * (shape[a]! - 1))
  const rho = new Float64Array(shape[0]! * shape[1]! * shape[2]!)
  const reach = Math.ceil(radius / spacing)
  const side = 2 * reach + 1
  const cell = spacing ** 3 * root[0]![0]! * root[1]![1]! * root[2]![2]!
  const front = term.weight / term.sigma.reduce((product, s) => product * Math.sqrt(2 * Math.PI) * s, 1)
  let nodes: number[] = []
  let z: number[] = []
  const flush = (): void => {
    const n = nodes.length
    const [q, p] = [new Float64Array(3 * n), new Float64Array(3 * n)]
    for (let i = 0; i < n; i++) {
      for (const a of AXES) {
        q[a * n + i] = z[6 * i + a]!
        p[a * n + i] = z[6 * i + 3 + a]!
      }
    }
    if (t > 0) moved(field, q, p, t, 0, steps)
    for (let i = 0; i < n; i++) {
      let exponent = 0
      for (let a = 0; a < 6; a++) {
        const value = a < 3 ? q[a * n + i]! : p[(a - 3) * n + i]!
        exponent += ((value - term.mean[a]!) / term.sigma[a]!) ** 2
      }
      rho[nodes[i]!] = rho[nodes[i]!]! + cell * front * Math.exp(-0.5 * exponent)
    }
    nodes = []
    z = []
  }
  for (let j = 0; j < rho.length; j++) {
    const index = [Math.floor(j / (shape[1]! * shape[2]!)), Math.floor(j / shape[2]!) % shape[1]!, j % shape[2]!]
    const d = AXES.map(a => origin[a]! + index[a]! * step[a]! - mean[a]!)
    const from = dot(a => d[a]! * dot(b => inverse[a]![b]! * d[b]!))
    if (from > radius * radius) continue
    const left = Math.max(4, radius * radius - from)
    const center = AXES.map(a => mean[a + 3]! + dot(b => slope[a]![b]! * d[b]!))
    for (let k = 0; k < side ** 3; k++) {
      const u = [k % side, Math.floor(k / side) % side, Math.floor(k / side ** 2)].map(i => (i - reach) * spacing)
      if (dot(a => u[a]! * u[a]!) > left) continue
      nodes.push(j)
      for (const a of AXES) z.push(mean[a]! + d[a]!)
      for (const a of AXES) z.push(center[a]! + dot(b => root[a]![b]! * u[b]!))
    }
    if (nodes.length > 50_000) flush()
  }
  flush()
  return { step, shape, origin, rho }
}

/**
 * The force at time t of the density that the characteristics of a field make of its law, a sum of Gaussians.
 * @returns the forces at q, structures of arrays, and the mass that was found
 */
export function backwardForce(
  field: EvolvingField,
  t: number,
  q: Float64Array,
  fineness: Fineness,
): { readonly force: Float64Array; readonly mass: number } {
  const parts = field.law.gaussians!.map(term => densityOf(term, field, t, fineness))
  const ends = AXES.flatMap(a => [
    Math.min(...parts.map(({ origin }) => origin[a]!)),
    Math.max(...parts.map(({ origin, shape, step }) => origin[a]! + (shape[a]! - 1) * step[a]!)),
  ])
  const grid = gridAround(ends, 64)
  const nodes = grid.shape.reduce((product, n) => product * n, 1)
  const masses = new Float64Array(nodes)
  for (const { step, shape, origin, rho } of parts) {
    // The band-limited function with these values: sinc interpolation, one axis after the other.
    let values = rho
    for (const a of AXES) {
      const [inner, outer] = [shape.slice(a + 1), [...grid.shape.slice(0, a)]].map(l => l.reduce((x, y) => x * y, 1))
      const [n, m] = [grid.shape[a]!, shape[a]!]
      const next = new Float64Array(outer! * n * inner!)
      for (let i = 0; i < n; i++) {
        for (let k = 0; k < m; k++) {
          const x = (Math.PI * (grid.origin[a]! + i * grid.spacing - origin[a]! - k * step[a]!)) / step[a]!
          const w = Math.abs(x) < 1e-12 ? 1 : Math.sin(x) / x
          for (let o = 0; o < outer!; o++) {
            const [to, at] = [(o * n + i) * inner!, (o * m + k) * inner!]
            for (let l = 0; l < inner!; l++) next[to + l] = next[to + l]! + w * values[at + l]!
          }
        }
      }
      values = next
    }
    for (let j = 0; j < nodes; j++) masses[j] = masses[j]! + grid.spacing ** 3 * values[j]!
  }
  const count = q.length / 3
  const module = gridModule(count, nodes)
  const stride = module.q.length / 3
  for (const a of AXES) module.q.set(q.subarray(a * count, (a + 1) * count), a * stride)
  freeSpaceConvolution(grid, field.kernel, { deconvolution: 1 }).potential(masses, module.coefficients)
  if (module.addGradient(count, grid, -1) > 0) throw new RangeError('q must lie inside the grid')
  const force = new Float64Array(q.length)
  for (const a of AXES) force.set(module.p.subarray(a * stride, a * stride + count), a * count)
  return { force, mass: masses.reduce((sum, m) => sum + m, 0) }
}
