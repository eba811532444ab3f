import { beforeAll, describe, expect, it } from 'vitest'
import { type CloudRun, cloudFigure } from '../../src/figures/section4/cloudFigure.js'
import { cloudPairFigure } from '../../src/figures/section4/cloudPairFigure.js'
import type { Figure, Trace } from '../../src/figures/theme/figure.js'
import { FIGURE_SIZES, type FigureSizeName, figureForSize } from '../../src/figures/theme/figureForSize.js'
import { recolour } from '../../src/figures/theme/recolour.js'
import { PALETTES } from '../../src/figures/theme/theme.js'
import { type CoupledRun, coupledFlow } from '../../src/flow/coupled/coupledFlow.js'
import { coupledRun } from '../../src/flow/coupled/coupledRun.js'
import { pathsObserver } from '../../src/flow/coupled/observers/paths.js'
import { system } from '../../src/flow/coupled/system.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'

const law = gaussianLaw()
const N = 60
let run: CoupledRun
let attracted: CoupledRun
beforeAll(async () => {
  const common = {
    N,
    delta: 0.25,
    T: 1,
    seed: 1,
    steps: 20,
    outputs: 5,
    paths: N,
    majorant: 'omit',
    budget: 'omit',
  } as const
  run = await coupledFlow({ law, ...common })
  attracted = await coupledFlow({ law: gaussianLaw({ sigmaP: 0.5 }), sigma: -1, ...common, seed: 2 })
})

interface Points {
  readonly x: readonly (number | null)[]
  readonly y: readonly (number | null)[]
  readonly z: readonly (number | null)[]
}
const pointsOf = (trace: Trace | undefined): Points => trace as unknown as Points
/** Coordinates of a path by particle, as the run has them. */
const at = (q: Float64Array, i: number): [number, number, number] => {
  const count = q.length / 3
  return [q[i]!, q[count + i]!, q[2 * count + i]!]
}
/** Four digits are drawn. */
const near = (drawn: number | null, value: number): boolean =>
  Math.abs(drawn! - value) <= 6e-4 * Math.abs(value) + 1e-12

/** The particle with the largest |Psi^1 - Phi^1|_inf of all times, by one loop over all numbers. */
function worstOf({ paths }: CoupledRun): number {
  let [best, particle] = [-1, -1]
  for (const [n, q] of paths!.Psi.entries()) {
    for (let k = 0; k < q.length; k++) {
      const size = Math.abs(q[k]! - paths!.Phi[n]![k]!)
      if (size > best) [best, particle] = [size, k % (q.length / 3)]
    }
  }
  return particle
}

/** How many of the drawn points of Phi are no point of the run, in all frames. */
function strangers(figure: Figure, { paths }: CoupledRun): number {
  let count = 0
  for (const [n, frame] of figure.frames!.entries()) {
    const { x, y, z } = pointsOf(frame.data[0])
    const own = Array.from({ length: N }, (_, i) => at(paths!.Phi[n]!, i))
    for (const [k, drawn] of x.entries()) {
      if (!own.some(([a, b, c]) => near(drawn, a) && near(y[k]!, b) && near(z[k]!, c))) count++
    }
  }
  return count
}

describe('both flows in space', () => {
  it('has a frame for each output time, with every particle of Phi at a place of the run', () => {
    const figure = cloudFigure(run)
    expect(figure.frames!.map(({ name }) => name)).toEqual(['0.00', '0.20', '0.40', '0.60', '0.80', '1.00'])
    for (const { data } of figure.frames!) expect(pointsOf(data[0]).x).toHaveLength(N)
    expect(strangers(figure, run)).toBe(0)
    // The control: the places of another run are none of this one.
    expect(strangers(figure, attracted)).toBeGreaterThan(300)
  })

  it.each([1, 7, 40])('draws Psi at Phi + magnify (Psi - Phi), magnify = %d, and says so', magnify => {
    const figure = cloudFigure(run, { magnify })
    const { Psi, Phi } = run.paths!
    const misplaced = (factor: number): number =>
      figure.frames!.filter(({ data }, n) => {
        const [partner, own] = [pointsOf(data[0]), pointsOf(data[2])]
        return Array.from({ length: N }, (_, i) => i).some(i => {
          const from = at(Phi[n]!, i)
          const to = at(Psi[n]!, i)
          const k = partner.x.findIndex((x, j) => near(x, from[0]) && near(partner.y[j]!, from[1]))
          const place = from.map((x, a) => x + factor * (to[a]! - x))
          return !(['x', 'y', 'z'] as const).every((name, a) => near(own[name][k]!, place[a]!))
        })
      }).length
    expect(misplaced(magnify)).toBe(0)
    // The control: with another factor every frame but the first, where the flows are one, is wrong.
    expect(misplaced(1.5 * magnify + 1)).toBe(figure.frames!.length - 1)
    expect(figure.provenance.magnified).toBe(`${magnify} times`)
    expect(figure.caption).toContain(`drawn ${magnify} times as large`)
  })

  it('colours by the maximum norm: the largest colour of each frame is the run’s own column', () => {
    const figure = cloudFigure(run)
    const colours = figure.frames!.map(({ data }) => Math.max(...(data[2]!.marker as { color: number[] }).color))
    for (const [n, colour] of colours.entries()) expect(near(colour, run.columns.position![n]!)).toBe(true)
    expect(figure.table['largest deviation']).toEqual(Array.from(run.columns.position!))
    expect(colours.every((colour, n) => near(colour, run.columns.positionEuclidean![n]!))).toBe(false)
  })

  it('marks the particle that deviates most, with its paths so far, and those that come closest to it', () => {
    for (const one of [run, attracted]) {
      const figure = cloudFigure(one)
      const worst = worstOf(one)
      const { Psi, Phi } = one.paths!
      const last = Phi.length - 1
      const magnify = Number.parseFloat(String(figure.provenance.magnified))
      const end = at(Phi[last]!, worst)
      const drawn = end.map((x, a) => x + magnify * (at(Psi[last]!, worst)[a]! - x))
      const diamond = pointsOf(figure.data[6])
      expect([diamond.x[0], diamond.y[0], diamond.z[0]].every((x, a) => near(x!, drawn[a]!))).toBe(true)
      const path = pointsOf(figure.frames![3]!.data[3])
      expect(path.x.map((x, n) => near(x, at(Phi[n]!, worst)[0]))).toEqual([true, true, true, true])
      const distance = (i: number): number =>
        Math.min(...Phi.map(q => Math.hypot(...at(q, i).map((x, a) => x - at(q, worst)[a]!))))
      const closest = Array.from({ length: N }, (_, i) => i)
        .filter(i => i !== worst)
        .sort((i, j) => distance(i) - distance(j))
        .slice(0, 4)
      const rings = pointsOf(figure.data[5])
      expect(rings.x.map((x, k) => near(x, at(Phi[last]!, closest[k]!)[0]))).toEqual([true, true, true, true])
      // The control: the particle after it is not the one that is marked.
      expect(near(diamond.x[0]!, at(Phi[last]!, (worst + 1) % N)[0])).toBe(false)
    }
  })

  it('says law, force, N, delta, seed and the cut-off in words', () => {
    const { provenance, caption } = cloudFigure(attracted)
    expect(provenance).toMatchObject({ law: 'gaussian', force: 'attraction', N, delta: 0.25, seed: '2' })
    expect(caption).toMatch(/all 60 particles.*deviates most of all 60, by 0\.\d+ where N\^−δ is 0\.36/)
    expect(JSON.stringify(cloudFigure(run).provenance)).toContain('repulsion')
  })

  it('takes what coupledRun saw with an observer of paths, and runs that kept some paths only, which it says', async () => {
    const s = system({ law, N, delta: 0.25, T: 1, seed: 1 })
    const seen = await coupledRun(s, { steps: 20, outputs: 5, budget: 'omit' }, [pathsObserver(N)])
    expect(cloudFigure(seen).frames).toEqual(cloudFigure(run).frames)
    const some: CloudRun = {
      ...run,
      paths: {
        Psi: run.paths!.Psi.map(q =>
          Float64Array.from({ length: 30 }, (_, k) => q[Math.floor(k / 10) * N + (k % 10)]!),
        ),
        Phi: run.paths!.Phi.map(q =>
          Float64Array.from({ length: 30 }, (_, k) => q[Math.floor(k / 10) * N + (k % 10)]!),
        ),
      },
    }
    expect(cloudFigure(some).caption).toMatch(/10 of 60 particles.*of the 10 whose paths were kept/)
  })

  it('stays below a quarter of a megabyte for many particles and times, says how many it draws, and keeps the marked ones', () => {
    const [many, outputs] = [3000, 101]
    // Particle 2999 deviates most.
    const Phi = Array.from({ length: outputs }, (_, n) =>
      Float64Array.from({ length: 3 * many }, (_, k) => Math.sin(k * k + 0.01 * n)),
    )
    const Psi = Phi.map((q, n) => q.map((x, k) => x + (1e-6 * n * (k % many)) / many))
    const large = cloudFigure({
      times: Float64Array.from({ length: outputs }, (_, n) => n / 100),
      parameters: { ...run.parameters, N: many },
      paths: { Psi, Phi },
    })
    expect(JSON.stringify({ data: large.data, frames: large.frames }).length).toBeLessThan(250_000)
    expect(large.frames).toHaveLength(11)
    expect(large.frames!.at(-1)!.name).toBe('1.00')
    expect(large.caption).toContain('100 of 3000 particles')
    expect(near(pointsOf(large.data[0]).x[0]!, at(Phi.at(-1)!, 2999)[0])).toBe(true)
  })

  it('magnifies by 1, 2 or 5 times a power of ten by itself: no deviation longer than a quarter of the cloud', () => {
    for (const one of [run, attracted]) {
      const magnify = Number.parseFloat(String(cloudFigure(one).provenance.magnified))
      const radius = Math.max(...one.paths!.Phi.flatMap(q => Array.from(q, Math.abs)))
      const top = Math.max(...one.columns.position!)
      expect([1, 2, 5]).toContain(Math.round(magnify / 10 ** Math.floor(Math.log10(magnify))))
      expect(magnify * top).toBeLessThanOrEqual(radius / 4)
      expect(2.5 * magnify * top).toBeGreaterThan(radius / 4)
    }
  })

  it('is plain JSON, in the palette of both schemes, and fits all sizes', () => {
    const figure = cloudFigure(run)
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure)
    const dark = JSON.stringify(recolour(figure, PALETTES.light, PALETTES.dark))
    for (const role of ['sky', 'vermillion', 'blue', 'orange'] as const) {
      expect(dark).toContain(PALETTES.dark[role])
      expect(dark).not.toContain(PALETTES.light[role])
    }
    for (const size of Object.keys(FIGURE_SIZES) as FigureSizeName[]) {
      const { layout } = figureForSize(figure, size)
      expect(layout.width).toBe(FIGURE_SIZES[size].width)
      expect(layout).not.toHaveProperty('sliders')
    }
  })

  it('refuses runs without paths, and magnifications below 1', () => {
    const { paths: _, ...without } = run
    expect(() => cloudFigure(without as CloudRun)).toThrow(/run must keep paths: coupledFlow\(\{ \.\.\., paths: N \}\)/)
    expect(() => cloudFigure(run, { magnify: 0.5 })).toThrow(/magnify must be .*1.*got 0\.5/)
  })
})

describe('two clouds beside each other', () => {
  it('are those of the two runs, to one scale of lengths, colours and magnification', () => {
    const figure = cloudPairFigure(run, attracted, { left: 'a', right: 'b', magnify: 3 })
    const [left, right] = [cloudFigure(run, { magnify: 3 }), cloudFigure(attracted, { magnify: 3 })]
    for (const [n, { data }] of figure.frames!.entries()) {
      expect(data).toEqual([...left.frames![n]!.data, ...right.frames![n]!.data])
    }
    const { scene, scene2 } = figure.layout as Record<string, { xaxis: { range: number[] } }>
    expect(scene!.xaxis.range).toEqual(scene2!.xaxis.range)
    const cmax = (k: number): number => (figure.data[k]!.marker as { cmax: number }).cmax
    expect(cmax(2)).toBe(cmax(9))
    expect(near(cmax(2), Math.max(...run.columns.position!, ...attracted.columns.position!))).toBe(true)
    expect(figure.data.map(trace => trace.scene)).toEqual([...Array(7).fill('scene'), ...Array(7).fill('scene2')])
  })

  it('must have the same output times', () => {
    const shorter: CloudRun = {
      ...run,
      times: run.times.slice(0, 3),
      paths: { Psi: run.paths!.Psi.slice(0, 3), Phi: run.paths!.Phi.slice(0, 3) },
    }
    expect(() => cloudPairFigure(run, shorter, { left: 'a', right: 'b' })).toThrow(/right\.times must be those of left/)
  })
})
