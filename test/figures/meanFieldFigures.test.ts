import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import type { Figure } from '../../src/figures/figure.js'
import { figureGallery } from '../../src/figures/gallery.js'
import { logLipschitzFigure } from '../../src/figures/logLipschitzFigure.js'

type Row = { readonly spec: Record<string, number | string>; readonly measured: Record<string, readonly number[]> }

/** The records of a claim as they are stored with the project, to six digits: numbers are [value, low, high]. */
function stored(id: string): Row[] {
  const ledger = JSON.parse(readFileSync(join(import.meta.dirname, '../../data/claims.json'), 'utf8')) as {
    claims: { id: string; records: Row[] }[]
  }
  return ledger.claims.find(claim => claim.id === id)!.records
}

/** The column of a figure's table whose name has this in it. */
function column(figure: Figure, name: RegExp): number[] {
  return Object.entries(figure.table).find(([key]) => name.test(key))![1] as number[]
}

describe('the figure of the log-Lipschitz bound', () => {
  const figure = figureGallery['log-lipschitz']!()
  const distance = column(figure, /^distance/)
  const [apart, together, hourglass, ball] = [/apart/, /together/, /hourglass/, /^ball/].map(name =>
    column(figure, name),
  )

  it('has, at |x - y| = 1, what random points in the unit ball push apart and together', () => {
    const stream = randomStream('figures/log-lipschitz')
    const [sums, squares] = [
      [0, 0],
      [0, 0],
    ]
    const draws = 400_000
    for (let i = 0; i < draws; i++) {
      const r = Math.cbrt(stream.uniform())
      const c = 2 * stream.uniform() - 1
      const [x, y] = [0.5 - r * c, -0.5 - r * c]
      const side = r * r * (1 - c * c)
      // The poles are cut at 40, for a finite variance.
      const push = Math.max(-40, Math.min(40, x / (x * x + side) ** 1.5 - y / (y * y + side) ** 1.5))
      for (const k of [0, 1]) {
        const part = Math.max(0, k === 0 ? push : -push)
        sums[k]! += part
        squares[k]! += part * part
      }
    }
    const volume = (4 * Math.PI) / 3
    const drawn = [apart!.at(-1)!, together!.at(-1)!]
    for (const k of [0, 1]) {
      const error = (volume * Math.sqrt(squares[k]!)) / draws
      // What the cut takes from c/s^2 over the half about each of two poles: (8 pi/15) 40^-1/2 each, as in the test of the claim.
      const poles = (2 * (8 * Math.PI)) / 15 / Math.sqrt(40)
      const found = (volume * sums[k]!) / draws + poles
      expect(Math.abs(found - drawn[k]!)).toBeLessThan(4 * error + 0.15 * poles)
      // The control: the other one is told apart.
      expect(Math.abs(found - drawn[1 - k]!)).toBeGreaterThan(4 * error + 0.15 * poles)
    }
  })

  it('gains the integral of (3 cos^2 - 1)_+ over the sphere with each factor e, and nothing for the ball', () => {
    // By the midpoint rule in the cosine; a kink at 1/sqrt 3.
    const n = 100_000
    let integral = 0
    for (let i = 0; i < n; i++) integral += (4 * Math.PI * Math.max(0, 3 * ((i + 0.5) / n) ** 2 - 1)) / n
    const gain = (quotient: readonly number[]): number =>
      (quotient[0]! - quotient[12]!) / Math.log(distance[12]! / distance[0]!)
    for (const quotient of [apart!, together!, hourglass!])
      expect(Math.abs(gain(quotient) / integral - 1)).toBeLessThan(1e-3)
    expect(gain(ball!)).toBeCloseTo(0, 9)
    // The control: across x - y the coefficient would be 4.
    expect(Math.abs(4 / integral - 1)).toBeGreaterThan(0.1)
  })

  it('shows the numbers of the ledger', () => {
    const name = 'difference / (|x - y| (1 + log^-|x - y|))'
    let compared = 0
    for (const { spec, measured } of stored('log-lipschitz')) {
      const at = distance.findIndex(d => Math.abs(Math.log10(d) - Number(spec.log10Distance)) < 1e-9)
      if (at < 0 || spec.density === 'singular') continue
      compared++
      const height = spec.density === 'worst' ? 3 / (4 * Math.PI) : 1 / (((4 * Math.PI) / 3) * (1 - 1 / Math.sqrt(3)))
      const quotient = (spec.density === 'worst' ? together! : hourglass!)[at]!
      const needed = (height * quotient) / (1 + Math.max(0, -Math.log(distance[at]!)))
      expect(needed / measured[name]![0]!).toBeCloseTo(1, 5)
    }
    expect(compared).toBeGreaterThan(4)
  })

  it('keeps every bounded density below the bound, and not the unbounded one', () => {
    const bound = column(figure, /^bound/)
    const above = (quotient: readonly number[]): number => quotient.filter((value, i) => value > bound[i]!).length
    for (const quotient of [apart!, together!, hourglass!, ball!]) expect(above(quotient)).toBe(0)
    expect(above(column(figure, /not bounded/))).toBeGreaterThan(40)
  })

  it('refuses columns of different lengths', () => {
    const one = { name: 'short', role: 'apart' as const, quotient: [1] }
    const data = { distance: [0.1, 1], series: [one], bound: [2, 2], coefficient: 1, provenance: {} }
    expect(() => logLipschitzFigure(data)).toThrow(/short must have length 2, got 1/)
  })
})
