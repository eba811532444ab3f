import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../src/base/configuration.js'
import { randomStream } from '../../src/base/random.js'
import { recordedTubes } from '../../src/ensemble/store/recordedTubes.js'
import { tubesAnimation } from '../../src/figures/section4/tubesAnimation.js'
import { tubesFigure } from '../../src/figures/section4/tubesFigure.js'
import type { Trace } from '../../src/figures/theme/figure.js'
import { FIGURE_SIZES, type FigureSizeName, figureForSize } from '../../src/figures/theme/figureForSize.js'
import { type CoupledRun, coupledFlow } from '../../src/flow/coupled/coupledFlow.js'
import { measureTubes, type Tube } from '../../src/flow/coupled/tubes.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { root } from '../support/capabilities.js'

interface Plan {
  readonly law: string
  readonly sigma: number
  readonly N: readonly number[]
  readonly delta: readonly number[]
  readonly T: number
  readonly seed: number
  readonly particles: number
}
const plan = JSON.parse(readFileSync(join(root, 'data', 'tubes', 'plan.json'), 'utf8')) as Plan
const stored = recordedTubes()
const runOf = (N: number, delta: number): Tube => stored.runs.find(run => run.N === N && run.delta === delta)!

/** What a panel draws, in order. */
const KINDS = ['tube', 'strip', 'same', 'worst', 'words'] as const
const largestOf = (path: readonly number[]): number => Math.max(...path.map(Math.abs))

/** The first N of one throw of 4096, index by index. */
function firstOf(N: number, all = 4096): Configuration {
  const { q, p } = gaussianLaw().sample(all, randomStream({ seed: plan.seed, law: 'gaussian', N: all, replica: 0 }))
  const [positions, momenta] = [new Float64Array(3 * N), new Float64Array(3 * N)]
  for (let a = 0; a < 3; a++) {
    for (let i = 0; i < N; i++) {
      positions[a * N + i] = q[a * all + i]!
      momenta[a * N + i] = p[a * all + i]!
    }
  }
  return { N, d: 3, q: positions, p: momenta }
}

const anew = (start: (N: number) => Configuration): Promise<CoupledRun> =>
  coupledFlow({
    ...{ law: { ...gaussianLaw(), sample: start }, N: 64, delta: 0.45, T: plan.T, seed: plan.seed, outputs: 20 },
    ...{ paths: 64, majorant: 'omit', notes: 'hide' },
  })

describe('the stored runs of Theorem 4.2', () => {
  it('are all those of the plan, with numerical errors below the budget of 2 %', () => {
    expect(stored.runs.map(({ N, delta }) => [delta, N])).toEqual(
      plan.delta.flatMap(delta => plan.N.map(N => [delta, N])),
    )
    expect(stored).toMatchObject({ law: plan.law, sigma: plan.sigma, T: plan.T, seed: String(plan.seed) })
    for (const { error, N, delta, radius, paths } of stored.runs) {
      expect(error).toBeLessThan(0.02)
      expect(radius).toBeCloseTo(N ** -delta, 3)
      expect(paths).toHaveLength(plan.particles)
    }
    expect(statSync(join(root, 'data', 'tubes', 'theorem-4-2.json')).size).toBeLessThan(500_000)
  })

  it('come out again from the first 64 of 4096 points: largest deviations, the particle that has it, and paths', async () => {
    const own = runOf(64, 0.45)
    const run = await anew(N => firstOf(N))
    const differs = ({ columns }: CoupledRun): boolean =>
      own.largest.some((value, n) => Math.abs(value - columns.position![n]!) > 6e-4 * value + 1e-12)
    expect(differs(run)).toBe(false)
    const { Psi, Phi } = run.paths!
    let [best, particle] = [0, -1]
    for (const [n, q] of Psi.entries()) {
      for (let k = 0; k < q.length; k++) {
        const size = Math.abs(q[k]! - Phi[n]![k]!)
        if (size > best) [best, particle] = [size, k % 64]
      }
    }
    expect(own.worst).toBe(particle)
    for (const [n, value] of own.paths[5]!.entries()) {
      const three = [5, 69, 133].map(k => Math.abs(Psi[n]![k]! - Phi[n]![k]!))
      expect(three.some(size => Math.abs(size - Math.abs(value)) <= 6e-4 * size + 1e-12)).toBe(true)
    }
    // The control: a throw of 64 has other points.
    expect(differs(await anew(N => gaussianLaw().sample(N, randomStream('elsewhere'))))).toBe(true)
  })

  it('have the same particles in every cloud, none of which leaves the strip of all N', () => {
    for (const { largest, paths, worstPath } of stored.runs) {
      for (const path of [...paths, worstPath]) {
        path.forEach((value, n) => {
          expect(Math.abs(value)).toBeLessThanOrEqual(largest[n]! * (1 + 1e-3) + 1e-12)
        })
      }
      expect(largestOf(worstPath)).toBeCloseTo(largestOf(largest), 9)
    }
  })

  it('show what they are to show: below 1/3 the largest deviation leaves the tube more room from the first N to the last, above less', () => {
    const share = (N: number, delta: number): number => largestOf(runOf(N, delta).largest) / N ** -delta
    for (const delta of [0.15, 0.2, 0.25]) expect(share(4096, delta)).toBeLessThan(0.8 * share(64, delta))
    expect(share(4096, 0.45)).toBeGreaterThan(2 * share(64, 0.45))
  })
})

describe('the picture of the tubes', () => {
  const figure = tubesFigure({ ...stored, shown: 0.2 })
  const pieces = (traces: readonly Trace[], panel: number, kind: (typeof KINDS)[number]): Trace =>
    traces[panel * KINDS.length + KINDS.indexOf(kind)]!
  const y = (trace: Trace): (number | null)[] => trace.y as (number | null)[]

  it('draws in each frame and panel the numbers of its own run', () => {
    expect(figure.frames!.map(({ name }) => name)).toEqual(['0.15', '0.2', '0.25', '1/3', '0.45'])
    for (const [j, { data }] of figure.frames!.entries()) {
      for (const [k, N] of plan.N.entries()) {
        const { radius, largest, paths, worstPath } = runOf(N, plan.delta[j]!)
        const back = largest.map((_, n) => -largest[largest.length - 1 - n]!)
        expect(y(pieces(data, k, 'tube'))).toEqual([...largest.map(() => radius), ...largest.map(() => -radius)])
        expect(y(pieces(data, k, 'strip'))).toEqual([...largest, ...back])
        expect(y(pieces(data, k, 'worst'))).toEqual(worstPath)
        expect(y(pieces(data, k, 'same')).filter(value => value !== null)).toEqual(paths.flat())
        const part = Math.round((100 * largestOf(largest)) / radius)
        expect(pieces(data, k, 'words').text).toEqual([`${part} % of N<sup>−δ</sup>`])
      }
    }
  })

  it('shows the chosen delta in a still image, and has the slider there', () => {
    expect(y(pieces(figure.data, 0, 'worst'))).toEqual(runOf(64, 0.2).worstPath)
    expect(figure.layout.sliders).toMatchObject([{ active: 1 }])
    expect(y(pieces(tubesFigure(stored).data, 0, 'worst'))).toEqual(runOf(64, 0.15).worstPath)
  })

  it('has one scale in all panels, which holds every tube and every deviation', () => {
    const axes = ['yaxis', 'yaxis2', 'yaxis3', 'yaxis4'].map(name => (figure.layout[name] as { range: number[] }).range)
    expect(new Set(axes.map(range => range.join())).size).toBe(1)
    const most = Math.max(...stored.runs.flatMap(({ radius, largest }) => [radius, ...largest]))
    expect(axes[0]![1]).toBeGreaterThan(most)
  })

  it('fits all sizes, and stays below 400 kB', () => {
    for (const size of Object.keys(FIGURE_SIZES) as FigureSizeName[]) {
      expect(figureForSize(figure, size).layout.width).toBe(FIGURE_SIZES[size].width)
    }
    expect(JSON.stringify({ data: figure.data, frames: figure.frames }).length).toBeLessThan(400_000)
  })

  it('refuses runs that are no grid, paths of another length, and a delta that was not run', () => {
    expect(() => tubesFigure({ ...stored, runs: stored.runs.slice(1) })).toThrow(/must have all N for each delta/)
    expect(() => tubesFigure({ ...stored, runs: [] })).toThrow(/at least one run/)
    expect(() => tubesFigure({ ...stored, shown: 0.3 })).toThrow(/data\.shown must be a delta of the runs, got 0\.3/)
    expect(() => tubesFigure({ ...stored, times: [0, 1] })).toThrow(/data\.runs\[0\] must have 2 times/)
  })
})

describe('the moving picture', () => {
  const svg = tubesAnimation(stored, [0.15, 0.45])

  it('is the file of the read-me and of the book, below 1.5 MB', () => {
    const file = readFileSync(join(root, 'docs', 'images', 'theorem.svg'), 'utf8')
    expect(file).toBe(svg)
    expect(file.length).toBeLessThan(1_500_000)
  })

  it('has each run’s curves, tube and strip in its panel, to one scale a row', () => {
    const panels = [...svg.matchAll(/<svg aria-hidden="true" x=.*?<\/svg>/gs)].map(([text]) => text)
    expect(panels).toHaveLength(8)
    const rows = [0.15, 0.45]
    for (const [k, text] of panels.entries()) {
      const { radius, worstPath, largest, N } = runOf(plan.N[k % 4]!, rows[Math.floor(k / 4)]!)
      const height = Number(/class="ground" width="[\d.]+" height="(\d+)"/.exec(text)![1])
      const row = stored.runs.filter(({ delta }) => delta === rows[Math.floor(k / 4)])
      const reach = 1.06 * Math.max(...row.flatMap(run => [run.radius, ...run.largest]))
      const tube = Number(/class="tube" y="[-\d.]+" width="[\d.]+" height="([\d.]+)"/.exec(text)![1])
      expect(Math.abs(tube - (height * radius) / reach)).toBeLessThan(0.06)
      const ends = [...text.matchAll(/class="worst" d="[^"]*L([\d.]+) ([\d.]+)"/g)].map(([, x, at]) => [
        Number(x),
        Number(at),
      ])
      expect(Math.abs(ends[0]![1]! - (height / 2) * (1 - worstPath.at(-1)! / reach))).toBeLessThan(0.06)
      expect(text).toContain(`>N = ${N}<`)
      expect(text).toContain(`>${Math.round((100 * largestOf(largest)) / radius)} %<tspan`)
    }
  })

  it('moves only for readers who do not mind, knows dark screens, says what it is, and loads nothing', () => {
    const [before, inside] = svg.split('@media(prefers-reduced-motion:no-preference)')
    expect(before).not.toContain('animation:')
    expect(inside).toContain('animation:')
    expect(svg).toContain('@media(prefers-color-scheme:dark)')
    expect(svg).toMatch(/<title id="says">Theorem 4\.2 for N = 64, 256, 1024, 4096/)
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|href=/)
  })

  it('needs both runs', () => {
    expect(() => tubesAnimation(stored, [0.15, 0.4])).toThrow(/deltas\[1\] must be a delta of the runs, got 0\.4/)
  })
})

describe('tubes', () => {
  const small = { law: gaussianLaw(), N: [8, 16], delta: [0.2], T: 0.5, seed: 1, particles: 8, steps: 8, outputs: 2 }

  it('are refused with the argument’s name, before any run', async () => {
    const refused = (changed: object) => measureTubes({ ...small, ...changed })
    await expect(refused({ N: [] })).rejects.toThrow(/N must hold at least one number/)
    await expect(refused({ N: [16, 8] })).rejects.toThrow(/N\[1\] must be .*17.*got 8/)
    await expect(refused({ delta: [0.2, -1] })).rejects.toThrow(/delta\[1\] must be .*got -1/)
    await expect(refused({ particles: 9 })).rejects.toThrow(/particles must be .*8.*got 9/)
  })

  it('are those of the first particles of the largest throw, with the numbers of a run of these', async () => {
    const { runs, times } = await measureTubes(small)
    expect(times).toEqual([0, 0.25, 0.5])
    expect(runs.map(({ N }) => N)).toEqual([8, 16])
    const { columns, paths } = await coupledFlow({
      ...{ law: { ...gaussianLaw(), sample: (N: number) => firstOf(N, 16) }, N: 8, delta: 0.2, T: 0.5, seed: 1 },
      ...{ steps: 8, outputs: 2, paths: 8, majorant: 'omit' },
    })
    for (const [n, value] of runs[0]!.largest.entries()) {
      expect(Math.abs(value - columns.position![n]!)).toBeLessThanOrEqual(6e-4 * value)
    }
    expect(runs[0]!.paths).toHaveLength(8)
    for (const [i, path] of runs[0]!.paths.entries()) {
      const three = [i, 8 + i, 16 + i].map(k => paths!.Psi[2]![k]! - paths!.Phi[2]![k]!)
      const largest = Math.max(...three.map(Math.abs))
      expect(three.some(x => Math.abs(x - path[2]!) <= 6e-4 * largest)).toBe(true)
      // At T = 0.5 deviations have grown all the time: the coordinate is the one that is largest at the end.
      expect(Math.abs(Math.abs(path[2]!) - largest)).toBeLessThanOrEqual(6e-4 * largest)
    }
  })
})
