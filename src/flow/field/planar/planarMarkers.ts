/**
 * Particles with masses that stand for a planar law: a lattice in phase space, whose sums integrate smooth functions
 * with an error that falls faster than any power of its spacing. Used by the planar solver only.
 */
import { randomStream } from '../../../base/random.js'
import type { GaussianTerm, Law } from '../../../law/law.js'
import { wasmCore } from '../../../wasm/core.js'

/** Particles with masses; positions and momenta are structure of arrays. */
export interface PlanarMarkers {
  /** Length 2M. */
  readonly q: Float64Array
  readonly p: Float64Array
  /** Length M, sum 1. */
  readonly mass: Float64Array
  /** How far the sum was from 1. */
  readonly defect: number
}

/** A part of a law in its own frame: z = mean + sigma u. */
interface Part {
  readonly frame: Pick<GaussianTerm, 'mean' | 'sigma'>
  /** Extent of u along each axis. */
  readonly reach: Float64Array
  /** Mass per volume of u. */
  density(u: Float64Array): number
}

/** Draws that show where a law without known parts is. */
const DRAWS = 8192

/** The spacing of a lattice along the four axes, for a part with deviations sigma. */
export type Spacing = (sigma: Float64Array) => readonly number[]

/** The frames of a law's parts: its Gaussians, or all of it in that of its second moments. */
export function framesOf(law: Law): readonly Pick<GaussianTerm, 'mean' | 'sigma'>[] {
  return law.gaussians ?? [wholeOf(law).frame]
}

/**
 * The lattice of a law with a density.
 * @param spacing of the lattice along each axis of a part with these deviations, in units of them
 * @param radius to which each Gaussian is taken, in the same units
 */
export function planarMarkers(law: Law, spacing: Spacing, radius: number): PlanarMarkers {
  const parts = law.gaussians?.map(term => gaussianPart(term, radius)) ?? [wholeOf(law)]
  const list: number[] = []
  for (const part of parts) addLattice(part, spacing(part.frame.sigma), list)
  const M = list.length / 5
  const column = (a: number, b: number): Float64Array =>
    Float64Array.from({ length: 2 * M }, (_, k) => list[5 * (k % M) + (k < M ? a : b)]!)
  const mass = Float64Array.from({ length: M }, (_, k) => list[5 * k + 4]!)
  const total = mass.reduce((sum, x) => sum + x, 0)
  return { q: column(0, 1), p: column(2, 3), mass: mass.map(x => x / total), defect: Math.abs(total - 1) }
}

function gaussianPart({ weight, mean, sigma }: GaussianTerm, radius: number): Part {
  const front = weight / (2 * Math.PI) ** 2
  const square = radius * radius
  const core = wasmCore()
  return {
    frame: { mean, sigma },
    reach: new Float64Array(4).fill(radius),
    density: u => {
      const size = u[0]! * u[0]! + u[1]! * u[1]! + u[2]! * u[2]! + u[3]! * u[3]!
      return size > square ? 0 : front * core.exp(-0.5 * size)
    },
  }
}

function wholeOf(law: Law): Part {
  const { N, q, p } = law.sample(DRAWS, randomStream(`planar frame of ${law.name}`))
  const line = (a: number): Float64Array => (a < 2 ? q : p).subarray((a % 2) * N, ((a % 2) + 1) * N)
  const mean = Float64Array.from({ length: 4 }, (_, a) => line(a).reduce((sum, x) => sum + x / N, 0))
  const sigma = mean.map((m, a) => Math.sqrt(line(a).reduce((sum, x) => sum + (x - m) ** 2 / N, 0)))
  // A little more than any draw was away.
  const reach = mean.map((m, a) => (1.2 * line(a).reduce((most, x) => Math.max(most, Math.abs(x - m)), 0)) / sigma[a]!)
  const volume = sigma.reduce((product, s) => product * s, 1)
  const z = new Float64Array(4)
  return {
    frame: { mean, sigma },
    reach,
    density: u => {
      for (let a = 0; a < 4; a++) z[a] = mean[a]! + sigma[a]! * u[a]!
      return volume * law.density(z.subarray(0, 2), z.subarray(2))
    },
  }
}

/** Appends q, p and mass of the points of a lattice that carry more than nothing. */
function addLattice({ frame: { mean, sigma }, reach, density }: Part, h: readonly number[], list: number[]): void {
  const cell = h.reduce((product, x) => product * x, 1)
  const counts = reach.map((r, a) => Math.ceil(r / h[a]!))
  // All that is left out together is below a millionth.
  const least = 1e-6 / counts.reduce((product, n) => product * 2 * n, 1)
  const u = new Float64Array(4)
  const [I, J, K, L] = counts as unknown as [number, number, number, number]
  for (let i = -I; i < I; i++) {
    u[0] = (i + 0.5) * h[0]!
    for (let j = -J; j < J; j++) {
      u[1] = (j + 0.5) * h[1]!
      for (let k = -K; k < K; k++) {
        u[2] = (k + 0.5) * h[2]!
        for (let l = -L; l < L; l++) {
          u[3] = (l + 0.5) * h[3]!
          const mass = cell * density(u)
          if (!(mass > least)) continue
          for (let a = 0; a < 4; a++) list.push(mean[a]! + sigma[a]! * u[a]!)
          list.push(mass)
        }
      }
    }
  }
}
