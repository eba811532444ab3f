import { describe, expect, test } from 'vitest'
import { gaussLegendre } from '../../../src/base/numerics/quadrature.js'
import { randomStream } from '../../../src/base/random.js'
import { fieldChoice } from '../../../src/flow/field/fieldFor.js'
import { symmetriseMasses } from '../../../src/flow/field/grid/axialSymmetry.js'
import { gridField } from '../../../src/flow/field/grid/gridField.js'
import type { GridField } from '../../../src/flow/field/grid/gridFieldTable.js'
import { addFarForce, axialFarSources, farSources } from '../../../src/flow/field/grid/markersFarField.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import { hourglassLaw } from '../../../src/law/hourglassLaw.js'
import type { Law } from '../../../src/law/law.js'

const law = hourglassLaw()
const kernel = cutoffKernel({ N: 1000, delta: 0.25 })
const { symmetry: _, ...plain }: Law = law
const resolution = { markers: 2 ** 14, nodes: 32, steps: 6 }

/** The images of a point under the sixteen symmetries of a square prism. */
function images([x, y, z]: readonly number[]): number[][] {
  const all: number[][] = []
  for (const [u, v] of [
    [x!, y!],
    [y!, x!],
  ] as const) {
    for (const a of [u, -u]) for (const b of [v, -v]) for (const c of [z!, -z!]) all.push([a, b, c])
  }
  return all
}

test('masses are averaged over the sixteen images of each node', () => {
  const [n, depth] = [6, 4]
  const random = randomStream('masses')
  const masses = Float64Array.from({ length: n * n * depth }, () => random.uniform())
  const averaged = masses.slice()
  symmetriseMasses(averaged, { shape: [n, n, depth] })
  const [middle, height] = [0.5 * (n - 1), 0.5 * (depth - 1)]
  const index = ([x, y, z]: readonly number[]): number => ((x! + middle) * n + (y! + middle)) * depth + (z! + height)
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      for (let c = 0; c < depth; c++) {
        const node = [a - middle, b - middle, c - height]
        const mean = images(node).reduce((sum, image) => sum + masses[index(image)]! / 16, 0)
        expect(averaged[index(node)]).toBeCloseTo(mean, 14)
      }
    }
  }
})

/** k^N_delta * rho at q for the hourglass at t = 0, by a Gauss rule in (r, cosine) and equal angles. */
function forceAtStart(q: readonly [number, number, number]): number[] {
  const { nodes, weights } = gaussLegendre(48)
  const sum = [0, 0, 0]
  const angles = 96
  const opening = 1 / Math.sqrt(3)
  for (const [i, x] of nodes.entries()) {
    const r = 0.5 * (1 + x)
    for (const [j, y] of nodes.entries()) {
      const cosine = opening + 0.5 * (1 - opening) * (1 + y)
      const across = r * Math.sqrt(1 - cosine * cosine)
      // 3 r^2 dr, and dcosine and dangle of mass one for both sides together.
      const mass = (0.5 * weights[i]! * 3 * r * r * (0.5 * weights[j]!) * 0.5) / angles
      for (let k = 0; k < angles; k++) {
        const angle = (2 * Math.PI * (k + 0.5)) / angles
        for (const side of [-1, 1]) {
          const d = [q[0] - across * Math.cos(angle), q[1] - across * Math.sin(angle), q[2] - side * r * cosine]
          const distance = Math.hypot(...d)
          for (let a = 0; a < 3; a++) sum[a] = sum[a]! + (mass * kernel.magnitude(distance) * d[a]!) / distance
        }
      }
    }
  }
  return sum
}

const POINTS = [
  [0.02, 0.01, 0.3],
  [0.1, 0.2, 0.9],
  [0.7, -0.3, 0.4],
  [-0.5, 0.5, -0.6],
  [0.9, 0.2, 0.05],
  [0.3, 0.1, -1.4],
] as const
const count = POINTS.length
const positions = Float64Array.from({ length: 3 * count }, (_, k) => POINTS[k % count]![Math.floor(k / count)]!)
const forcesOf = (field: GridField, t: number): Float64Array => field.force(t, positions, new Float64Array(3 * count))
/** The largest difference of two forces. */
const apart = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, x, k) => Math.max(most, Math.abs(x - b[k]!)), 0)

describe('the mean field of a law with an axis', () => {
  test('is that of a quadrature at t = 0 and later that of markers without symmetry, and its own err less', async () => {
    const axial = await gridField({ law, kernel, T: 1, resolution })
    const other = await gridField({ law: plain, kernel, T: 1, resolution })
    const exact = new Float64Array(3 * count)
    for (const [i, q] of POINTS.entries()) for (const [a, f] of forceAtStart(q).entries()) exact[a * count + i] = f
    expect(apart(forcesOf(axial, 0), exact)).toBeLessThan(axial.error.high)
    // 0.52 of it with so few markers, 0.31 with 2^18; without the symmetry it would be 1.
    expect(axial.errors.markers).toBeLessThan(0.7 * other.errors.markers)
    expect(apart(forcesOf(axial, 1), forcesOf(other, 1))).toBeLessThan(axial.error.high + other.error.high)
    // The controls: both see a field that is a tenth too large.
    const tenthMore = (field: GridField, t: number): Float64Array => forcesOf(field, t).map(x => 1.1 * x)
    expect(apart(tenthMore(axial, 0), exact)).toBeGreaterThan(axial.error.high)
    expect(apart(tenthMore(axial, 1), forcesOf(other, 1))).toBeGreaterThan(
      apart(forcesOf(axial, 1), forcesOf(other, 1)),
    )
    // It is odd in q, and turns with q by a right angle.
    const at = (...q: readonly number[]): Float64Array => axial.force(0.7, Float64Array.from(q), new Float64Array(3))
    const f = at(0.3, 0.2, 0.5)
    expect(apart(at(-0.3, -0.2, -0.5), Float64Array.of(-f[0]!, -f[1]!, -f[2]!))).toBeLessThan(1e-5)
    expect(apart(at(-0.2, 0.3, 0.5), Float64Array.of(-f[1]!, f[0]!, f[2]!))).toBeLessThan(1e-5)
  })

  test('is refused where f0 has no such symmetry', async () => {
    const wrong: Law = { ...gaussianMixtureLaw(), symmetry: 'axial' }
    await expect(gridField({ law: wrong, kernel, T: 1, resolution })).rejects.toThrow(
      /law\.symmetry must be undefined unless f0 has it, got 'axial'/,
    )
  })

  test('is asked for more accurately by default, and stored under another name', () => {
    const choice = fieldChoice({ law, kernel, T: 1, N: 1000, delta: 0.25 }, {})
    expect(choice.solver).toBe('grid')
    const usual = fieldChoice({ law: plain, kernel, T: 1, N: 1000, delta: 0.25 }, {})
    expect(choice.tolerance).toBeLessThan(0.2 * usual.tolerance)
    expect(choice.key).not.toBe(fieldChoice({ law: plain, kernel, T: 1 }, { tolerance: choice.tolerance }).key)
  })
})

test('far from an hourglass two clouds do what one does not', () => {
  const M = 2 ** 12
  const { q } = law.sample(M, randomStream('far'))
  const grid = { shape: [16, 16, 16], origin: [-2.25, -2.25, -2.25], spacing: 0.3 } as const
  const at = Float64Array.of(0.5, 0, 3)
  const sum = new Float64Array(3)
  for (let i = 0; i < M; i++) {
    for (const image of images([q[i]!, q[M + i]!, q[2 * M + i]!])) {
      const d = image.map((x, a) => at[a]! - x)
      const r = Math.hypot(...d)
      for (let a = 0; a < 3; a++) sum[a] = sum[a]! + (kernel.magnitude(r) * d[a]!) / (r * 16 * M)
    }
  }
  const [two, one] = [axialFarSources, farSources].map(sources => {
    const force = new Float64Array(3)
    addFarForce(kernel, sources(q, M, M, grid), at, 1, force)
    return apart(force, sum)
  })
  expect(two).toBeLessThan(0.01 * Math.hypot(...sum))
  expect(two).toBeLessThan(0.5 * one!)
})
