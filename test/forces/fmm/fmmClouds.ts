/** Clouds on which the fast multipole method is tested, and its oracle: a compensated sum over all sources. */
import { type RandomStream, randomStream } from '../../../src/base/random.js'
import { type FmmChoice, type FmmOverride, fmmChoice } from '../../../src/forces/fmm/fmmChoice.js'
import { prepareFmm } from '../../../src/forces/fmm/fmmForces.js'
import type { FmmTree } from '../../../src/forces/fmm/fmmTree.js'
import { kernelSpec } from '../../../src/forces/kernelSpec.js'
import { runProgram } from '../../../src/forces/runProgram.js'
import type { ForceKernelSpec, ForceRequest } from '../../../src/forces/types.js'
import type { Kernel } from '../../../src/interaction/kernel.js'
import { wasmCore } from '../../../src/wasm/core.js'
import { type ForceModule, forceModule } from '../../../src/wasm/forces.js'

const cbrt = (x: number): number => wasmCore().cbrt(x)
// M(r) = (1 + r^-2)^(-3/2).
const plummerRadius = (mass: number): number => 1 / Math.sqrt(1 / cbrt(mass * mass) - 1)

type Point = [number, number, number]

function direction(s: RandomStream): Point {
  const [x, y, z] = [s.normal(), s.normal(), s.normal()]
  const r = Math.sqrt(x * x + y * y + z * z)
  return [x / r, y / r, z / r]
}
const times = (factor: number, [x, y, z]: Point): Point => [factor * x, factor * y, factor * z]
const normal = (s: RandomStream, scale: number): Point => [scale * s.normal(), scale * s.normal(), scale * s.normal()]

/** One particle of each cloud. */
export const CLOUDS: Readonly<Record<string, (s: RandomStream, i: number) => Point>> = {
  'uniform ball': s => times(cbrt(s.uniform()), direction(s)),
  'uniform cube': s => [s.uniform(), s.uniform(), s.uniform()],
  Gaussian: s => normal(s, 1),
  'Plummer sphere': s => times(plummerRadius(s.uniform()), direction(s)),
  'two tight clusters': (s, i) => {
    const [x, y, z] = normal(s, 0.01)
    return [i % 2 === 0 ? x : x + 10, y, z]
  },
  'tiny ball and one far particle': (s, i) => (i === 7 ? [1, 2, 3] : times(1e-6 * cbrt(s.uniform()), direction(s))),
  'cluster in a halo': (s, i) => (i % 3 === 0 ? times(3 * cbrt(s.uniform()), direction(s)) : normal(s, 0.003)),
  'planar sheet': s => [s.uniform(), s.uniform(), 0.25],
  'tilted sheet': s => {
    const [u, v] = [s.uniform(), s.uniform()]
    return [u + 0.3 * v, v - 0.2 * u, 0.5 * u - 0.7 * v]
  },
  shell: s => direction(s),
  line: s => [s.uniform(), 0.3, 0.7],
}

/** N particles of a cloud, structure of arrays. */
export function cloud(name: string, N: number, seed: string = 'fmm'): Float64Array {
  const s = randomStream(`${seed}/${name}/${N}`)
  const q = new Float64Array(3 * N)
  for (let i = 0; i < N; i++)
    CLOUDS[name]!(s, i).forEach((x, a) => {
      q[a * N + i] = x
    })
  return q
}

/** A subset of n particle numbers, or all. */
export function someOf(N: number, n: number): number[] {
  if (N <= n) return Array.from({ length: N }, (_, i) => i)
  const s = randomStream(`subset/${N}`)
  return Array.from({ length: n }, () => Math.floor(N * s.uniform()))
}

/**
 * sum_j w_j k(q_i - q_j) and sum_j w_j V for the i of a list, by Neumaier's compensated sums over the kernel's
 * functions.
 */
export function compensated(
  kernel: Kernel,
  q: Float64Array,
  list: readonly number[],
  weights?: Float64Array,
): { force: Float64Array; potential: Float64Array } {
  const N = q.length / 3
  const n = list.length
  const sums = new Float64Array(4 * n)
  list.forEach((i, k) => {
    const sum = new Float64Array(4)
    const carry = new Float64Array(4)
    const term = new Float64Array(4)
    for (let j = 0; j < N; j++) {
      if (j === i) continue
      const w = weights === undefined ? 1 / N : weights[j]!
      let square = 0
      for (let a = 0; a < 3; a++) {
        term[a] = q[a * N + i]! - q[a * N + j]!
        square += term[a]! ** 2
      }
      const r = Math.sqrt(square)
      const f = r === 0 ? 0 : (kernel.sigma * w * kernel.magnitude(r)) / r
      for (let a = 0; a < 3; a++) term[a] = f * term[a]!
      term[3] = w * kernel.potential(r)
      for (let a = 0; a < 4; a++) {
        const t = sum[a]! + term[a]!
        carry[a] =
          carry[a]! + (Math.abs(sum[a]!) >= Math.abs(term[a]!) ? sum[a]! - t + term[a]! : term[a]! - t + sum[a]!)
        sum[a] = t
      }
    }
    for (let a = 0; a < 4; a++) sums[a * n + k] = sum[a]! + carry[a]!
  })
  return { force: sums.subarray(0, 3 * n), potential: sums.subarray(3 * n) }
}

/** ||F - R||_2 / ||R||_2 over a list of particles, and the largest |F_i - R_i| in units of the rms of |R|. */
export function errorsOf(
  force: Float64Array,
  reference: Float64Array,
  list: readonly number[],
): { rms: number; max: number } {
  const components = reference.length / list.length
  const N = force.length / components
  let error = 0
  let size = 0
  let worst = 0
  list.forEach((i, k) => {
    let one = 0
    for (let a = 0; a < components; a++) {
      one += (force[a * N + i]! - reference[a * list.length + k]!) ** 2
      size += reference[a * list.length + k]! ** 2
    }
    error += one
    // A NaN must not hide.
    if (!(one <= worst)) worst = one
  })
  return { rms: Math.sqrt(error / size), max: Math.sqrt((worst * list.length) / size) }
}

export interface FmmSum {
  readonly force: Float64Array
  readonly potential: Float64Array
  readonly choice: FmmChoice
  readonly shape: FmmTree
  /** Bytes of WebAssembly memory used. */
  readonly bytes: number
}

/** What a test may set. */
export interface FmmSettings extends FmmOverride, Partial<Pick<FmmChoice, 'leaf' | 'expansions' | 'pairs'>> {
  readonly tolerance?: number
  readonly weights?: Float64Array | undefined
  readonly targets?: Float64Array
  readonly potential?: boolean
  readonly run?: typeof runProgram
  /** Instead of the kernel's own. */
  readonly spec?: ForceKernelSpec
}

let shared: ForceModule | undefined

/** Forces by the fast multipole method, weights 1/N unless given. */
export function fmmSum(sources: Float64Array, kernel: Kernel, settings: FmmSettings = {}): FmmSum {
  shared ??= forceModule()
  shared.arena.reset()
  const {
    tolerance = 1e-8,
    weights,
    targets,
    potential = false,
    run = runProgram,
    order,
    depth,
    spec,
    ...rest
  } = settings
  const N = sources.length / 3
  const n = targets === undefined ? N : targets.length / 3
  const force = new Float64Array(3 * n)
  const potentials = new Float64Array(n)
  const request: ForceRequest = {
    spec: spec ?? kernelSpec(kernel),
    N,
    n,
    sources,
    targets,
    weights,
    weight: 1 / N,
    tolerance,
    potential,
    force,
    potentialOut: potential ? potentials : undefined,
  }
  const choice = { ...fmmChoice(request, { order, depth }), ...rest }
  const program = prepareFmm(shared, request, choice)
  const bytes = shared.arena.mark()
  run(shared, program)
  return { force, potential: potentials, choice, shape: program.shape, bytes }
}
