import { describe, expect, it } from 'vitest'
import type { Figure } from '../../src/figures/figure.js'
import { marginalsFigure } from '../../src/figures/marginalsFigure.js'
import { samplingGallery } from '../../src/figures/samplingGallery.js'
import { coupledFlow } from '../../src/flow/coupledFlow.js'
import { radialField } from '../../src/flow/radialField.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'

function column(figure: Figure, name: string): number[] {
  return figure.table[name] as number[]
}

/** The drawn values of the trace of that name. */
function drawn(figure: Figure, name: string): number[] {
  return figure.data.find(trace => trace.name === name)!.y as number[]
}

describe('the figure of the marginals', async () => {
  const figure = await samplingGallery.marginals!()
  const k = column(figure, 'k')

  it('has the quotient of the run, particle by particle, with the norms written out here', async () => {
    const law = gaussianLaw()
    const kernel = cutoffKernel({ N: 400, delta: 0.3 })
    // Suzuki's scheme in place of leapfrog, and a finer field: another way to the same flows.
    const { Psi, Phi } = await coupledFlow({
      ...{ law, N: 400, delta: 0.3, kernel, T: 1, outputs: 1, steps: 80, scheme: 'suzuki4', threads: 1 },
      field: radialField({ law, kernel, T: 1, tolerance: 1e-5 }),
      seed: 'gallery/marginals',
      majorant: 'omit',
      budget: 'omit',
      rates: [],
    })
    const difference = (i: number): number[] =>
      [0, 400, 800].flatMap(a => [Psi.q[a + i]! - Phi.q[a + i]!, Psi.p[a + i]! - Phi.p[a + i]!])
    const all = Array.from({ length: 400 }, (_, i) => difference(i))
    const norm = Math.max(...all.flat().map(Math.abs))
    const lengths = all.map(z => Math.hypot(...z) / norm)
    const sorted = [...lengths].sort((a, b) => a - b)
    // The step error is far below the distances of the particles, which are O(0.01).
    expect(column(figure, 'farthest')[0]! / sorted[399]!).toBeCloseTo(1, 2)
    expect(column(figure, 'median')[0]! / sorted[200]!).toBeCloseTo(1, 2)
    const pairs = Array.from({ length: 200 }, (_, g) => Math.hypot(lengths[2 * g]!, lengths[2 * g + 1]!))
    expect(column(figure, 'median')[1]! / pairs.sort((a, b) => a - b)[100]!).toBeCloseTo(1, 2)
    // The control: with the maximum norm of each particle, as (34) reads it, other numbers come out.
    const maximum = all.map(z => Math.max(...z.map(Math.abs)) / norm).sort((a, b) => a - b)
    expect(Math.abs(maximum[200]! / column(figure, 'median')[0]! - 1)).toBeGreaterThan(0.1)
  })

  it('keeps all groups below sqrt(6k), and shows that 1 is passed', () => {
    const above = (values: number[], bound: (n: number) => number): number =>
      values.filter((value, i) => value > bound(k[i]!)).length
    expect(above(column(figure, 'farthest'), n => Math.sqrt(6 * n))).toBe(0)
    expect(above(column(figure, 'farthest'), () => 1)).toBe(20)
    expect(above(column(figure, 'low'), () => 1)).toBeGreaterThan(5)
    expect(drawn(figure, 'search over differences').map(x => x * x)).toEqual([
      expect.closeTo(6, 5),
      expect.closeTo(12, 5),
    ])
  })

  it('has the factors of the laws from their mass alone', () => {
    // ||f_0||_inf: one over the volume; a Gaussian at its centre; Plummer's f_0 over its integral, by the midpoint rule.
    const ball = -2 * Math.log10((4 * Math.PI) / 3)
    const gaussian = -3 * Math.log10(2 * Math.PI)
    let mass = 0
    const n = 2000
    for (let i = 0; i < n; i++) {
      // r = tan a; over |p| the integral of (psi - p^2/2)_+^(7/2) is that of 4 pi p^2, in p = sqrt(2 psi) x.
      const a = ((i + 0.5) / n) * (Math.PI / 2)
      const psi = Math.cos(a)
      mass += ((4 * Math.PI * Math.tan(a) ** 2) / Math.cos(a) ** 2) * psi ** 5 * (Math.PI / 2 / n)
    }
    let momenta = 0
    for (let i = 0; i < n; i++) {
      const x = (i + 0.5) / n
      momenta += (4 * Math.PI * 2 ** 1.5 * x * x * (1 - x * x) ** 3.5) / n
    }
    const plummer = -Math.log10(mass * momenta)
    const per = (name: string): number => drawn(figure, name).at(-1)! / 1000
    expect(per('uniform ball')).toBeCloseTo(ball, 9)
    expect(per('Gaussian')).toBeCloseTo(gaussian, 9)
    expect(per('Plummer')).toBeCloseTo(plummer, 4)
    // Units twice as long: f_0 has the unit of 1/(length^3 momentum^3), 64 times as much.
    expect(per('uniform ball, units twice as long') - ball).toBeCloseTo(Math.log10(64), 9)
    // The control: without the power N they are far off.
    expect(drawn(figure, 'Gaussian')[0]!).not.toBeCloseTo(gaussian, 0)
  })

  it('refuses columns of different lengths', () => {
    const data = { k: [1, 2], low: [1], median: [1, 1], high: [1, 1], farthest: [1, 1] }
    expect(() => marginalsFigure({ ...data, searched: [], N: [], laws: [], run: '', provenance: {} })).toThrow(
      /low must have length 2, got 1/,
    )
  })
})
