/**
 * Markers of a law with a smooth density: points of a lattice in phase space, each with the mass f0 dz of its cell.
 */
import type { Configuration } from '../../../base/configuration.js'
import { randomStream } from '../../../base/random.js'
import type { GaussianTerm, Law } from '../../../law/law.js'
import { wasmCore } from '../../../wasm/core.js'
import { lowerRoot, PHASE, phaseLattice } from './phaseLattice.js'

/** Markers with a mass each. */
export interface MassiveMarkers extends Configuration {
  /** Length N, sum 1. */
  readonly mass: Float64Array
  /** Where the markers of each part of the law end; the last one is N. */
  readonly ends: readonly number[]
  /** The sum of the masses before it was made 1, less 1: what was cut off, or is not resolved. */
  readonly defect: number
}

/** One part of a law with the frame in which its lattice is laid. */
export interface LawPart {
  readonly center: ArrayLike<number>
  /** Lower triangular root of the covariance. */
  readonly root: readonly (readonly number[])[]
  /** The part of f0 at z, of length 6; u is z in the frame. */
  density(z: Float64Array, u: Float64Array): number
}

/** The parts of a law: its Gaussians, or all of it in the frame of its first two moments. */
export function partsOfLaw(law: Law): readonly LawPart[] {
  if (law.gaussians !== undefined) return law.gaussians.map(gaussianPart)
  const { center, covariance } = momentsOf(law)
  return [{ center, root: lowerRoot(covariance), density: z => law.density(z.subarray(0, 3), z.subarray(3, 6)) }]
}

function gaussianPart({ weight, mean, sigma }: GaussianTerm): LawPart {
  const { exp } = wasmCore()
  let front = weight
  for (let a = 0; a < PHASE; a++) front /= Math.sqrt(2 * Math.PI) * sigma[a]!
  return {
    center: mean,
    root: Array.from(sigma, (s, a) => Array.from(sigma, (_, b) => (a === b ? s : 0))),
    density: (_, u) => {
      let square = 0
      for (let a = 0; a < PHASE; a++) square += u[a]! * u[a]!
      return front * exp(-0.5 * square)
    },
  }
}

/** Draws for the first two moments of a law. */
const DRAWS = 2 ** 14

function momentsOf(law: Law): { center: Float64Array; covariance: number[][] } {
  const { q, p } = law.sample(DRAWS, randomStream(`smooth/${law.name}/moments`))
  const z = (a: number, i: number): number => (a < 3 ? q[a * DRAWS + i]! : p[(a - 3) * DRAWS + i]!)
  const center = new Float64Array(PHASE)
  for (let a = 0; a < PHASE; a++) {
    for (let i = 0; i < DRAWS; i++) center[a] = center[a]! + z(a, i) / DRAWS
  }
  const covariance = Array.from({ length: PHASE }, (_, a) =>
    Array.from({ length: PHASE }, (__, b) => {
      let sum = 0
      for (let i = 0; i < DRAWS; i++) sum += (z(a, i) - center[a]!) * (z(b, i) - center[b]!)
      return sum / DRAWS
    }),
  )
  return { center, covariance }
}

/** Markers of less than this part of the largest mass are left out. */
const NEGLIGIBLE = 1e-30

/**
 * The markers of a law: in every part a lattice of its own, turned and shifted at random by `key`.
 * @param bandwidth of the lattice, in units of the inverse deviations @param radius of the ball it fills, in deviations
 */
export function latticeMarkers(law: Law, bandwidth: number, radius: number, key: string): MassiveMarkers {
  const parts = partsOfLaw(law).map((part, c) => laid(part, bandwidth, radius, `${key}/${c}`))
  const N = parts.reduce((sum, { mass }) => sum + mass.length, 0)
  const [q, p, mass] = [new Float64Array(3 * N), new Float64Array(3 * N), new Float64Array(N)]
  const ends: number[] = []
  let from = 0
  for (const part of parts) {
    const count = part.mass.length
    for (let a = 0; a < 3; a++) {
      q.set(part.z.subarray(a * count, (a + 1) * count), a * N + from)
      p.set(part.z.subarray((a + 3) * count, (a + 4) * count), a * N + from)
    }
    mass.set(part.mass, from)
    from += count
    ends.push(from)
  }
  const total = mass.reduce((sum, m) => sum + m, 0)
  for (let i = 0; i < N; i++) mass[i] = mass[i]! / total
  return { N, d: 3, q, p, mass, ends, defect: total - 1 }
}

/**
 * How fast the lattice widens outwards: 0.35 has 4 times fewer points than 0 and, at the same error, needs half as
 * many.
 */
const STRETCH = 0.35

/** The radius before the map: arsinh(STRETCH radius)/STRETCH. */
export function latticeRadius(radius: number): number {
  const x = STRETCH * radius
  return wasmCore().log(x + Math.sqrt(x * x + 1)) / STRETCH
}

function laid(
  { center, root, density }: LawPart,
  bandwidth: number,
  radius: number,
  key: string,
): { z: Float64Array; mass: Float64Array } {
  const { count, points, cell } = phaseLattice(bandwidth, latticeRadius(radius), randomStream(key))
  const volume = root.reduce((product, row, a) => product * row[a]!, cell)
  const all = new Float64Array(count)
  const [z, u] = [new Float64Array(PHASE), new Float64Array(PHASE)]
  const { exp } = wasmCore()
  let jacobian = 1
  const place = (i: number): void => {
    let square = 0
    for (let a = 0; a < PHASE; a++) {
      u[a] = points[a * count + i]!
      square += u[a]! * u[a]!
    }
    // The map u sinh(r)/r, r = STRETCH |u|, with its Jacobian: the outer points, which weigh little, lie further apart.
    const r = STRETCH * Math.sqrt(square)
    const e = exp(r)
    const stretch = r < 1e-4 ? 1 + (r * r) / 6 : (0.5 * (e - 1 / e)) / r
    const fifth = stretch * stretch * stretch * stretch * stretch
    jacobian = fifth * 0.5 * (e + 1 / e)
    for (let a = 0; a < PHASE; a++) u[a] = u[a]! * stretch
    for (let a = 0; a < PHASE; a++) {
      let x = center[a]!
      for (let b = 0; b <= a; b++) x += root[a]![b]! * u[b]!
      z[a] = x
    }
  }
  let largest = 0
  for (let i = 0; i < count; i++) {
    place(i)
    all[i] = jacobian * volume * density(z, u)
    largest = Math.max(largest, all[i]!)
  }
  const kept: number[] = []
  for (let i = 0; i < count; i++) if (all[i]! > NEGLIGIBLE * largest) kept.push(i)
  const out = new Float64Array(PHASE * kept.length)
  for (let k = 0; k < kept.length; k++) {
    place(kept[k]!)
    for (let a = 0; a < PHASE; a++) out[a * kept.length + k] = z[a]!
  }
  return { z: out, mass: Float64Array.from(kept, i => all[i]!) }
}
