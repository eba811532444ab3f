/**
 * The free attack on statements about densities: the largest value of a linear functional over all densities
 * 0 <= rho <= sup with a given mass, by projected gradient ascent on cells that are split where the density is not
 * settled. It knows nothing of level sets: that the winner is one is for the search to find (bathtub principle).
 * Called by the attacks on Lemmas 3.4 and 6.1.
 */

import { requireInteger, requirePositive } from '../base/errors.js'
import { maximum, minimum } from '../base/extent.js'
import type { RandomStream } from '../base/random.js'

/** A box in the coordinates of the search: [low, high] per coordinate. */
export interface Cell {
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** What a cell holds: its volume and the integral of the functional's kernel over it, both exact. */
export interface CellMeasure {
  readonly volume: number
  readonly integral: number
}

export interface DensityProblem {
  /** Cells to start from. Densities outside them are not tried. */
  readonly cells: readonly Cell[]
  /** Exact volume and kernel integral of a cell. */
  measure(cell: Cell): CellMeasure
  /** The bound ||rho||_infinity > 0. */
  readonly sup: number
  /** The mass ||rho||_1 > 0; at most sup times the volume of all cells. */
  readonly mass: number
  /** How often unsettled cells are split. */
  readonly rounds: number
}

export interface DensityMaximum {
  /** The functional at the density found: a lower bound of the supremum. */
  readonly value: number
  /** Mass of the density found (equal to the prescribed one up to rounding). */
  readonly mass: number
  readonly cells: readonly Cell[]
  /** The density on each cell, in [0, sup]. */
  readonly density: Float64Array
  /** Gradient steps taken. */
  readonly steps: number
}

/**
 * Maximises int w rho over 0 <= rho <= sup, int rho = mass, with rho constant on cells. Starts from a random density.
 * The value is that of an admissible density, so it never exceeds the supremum beyond rounding.
 * @param stream draws the first density
 * @throws RangeError if sup or mass is not positive, or the cells are too small for the mass
 * @see test/claims/densitySearch.test.ts
 */
export function searchDensity(problem: DensityProblem, stream: RandomStream): DensityMaximum {
  const { sup, mass, rounds, measure } = problem
  requirePositive('sup', sup)
  requirePositive('mass', mass)
  requireInteger('rounds', rounds, 0, 40)
  let cells = problem.cells
  let measures = cells.map(measure)
  const room = sup * measures.reduce((sum, { volume }) => sum + volume, 0)
  if (!(room >= mass))
    throw new RangeError(`mass must be at most ${room} (sup times the volume of the cells), got ${mass}`)
  let density: Float64Array = Float64Array.from(cells, () => sup * stream.uniform())
  let steps = 0
  for (let round = 0; ; round++) {
    const ascent = ascend(measures, density, sup, mass)
    density = ascent.density
    steps += ascent.steps
    if (round === rounds) break
    const next: Cell[] = []
    const parents: number[] = []
    const negligible = NEGLIGIBLE * Math.abs(ascent.value)
    cells.forEach((cell, i) => {
      const children = halves(cell)
      const keep =
        contentOf(density[i]!, sup, ascent.price, measures[i]!) <= negligible ||
        settled(density[i]!, sup, ascent.price, children.flatMap(halves).map(measure))
      const parts = keep ? [cell] : children
      for (const part of parts) {
        next.push(part)
        parents.push(i)
      }
    })
    cells = next
    measures = cells.map(measure)
    density = Float64Array.from(parents, i => density[i]!)
  }
  const total = (f: (i: number) => number): number => cells.reduce((sum, _, i) => sum + f(i), 0)
  return {
    value: total(i => density[i]! * measures[i]!.integral),
    mass: total(i => density[i]! * measures[i]!.volume),
    cells,
    density,
    steps,
  }
}

/** Share of the value below which the content of a cell is not worth a split; some 1e4 cells then lose below 1e-7. */
const NEGLIGIBLE = 1e-11

/** What a rearrangement inside a cell can gain at most: its charge sold at the going price, or its room filled. */
function contentOf(density: number, sup: number, price: number, { volume, integral }: CellMeasure): number {
  const sale = density > 0 ? sup * volume * Math.abs(price) : 0
  const purchase = density < sup ? sup * Math.abs(integral) : 0
  return Math.max(sale, purchase)
}

/**
 * A cell is settled if splitting it gains nothing: the kernel is constant on it, or it is full or empty and no part
 * of it would pay to change at the going price, with a margin of half the spread between the parts, as their means do
 * not show the corners.
 */
function settled(density: number, sup: number, price: number, parts: readonly CellMeasure[]): boolean {
  const worth = parts.map(({ integral, volume }) => integral / volume).filter(Number.isFinite)
  const least = minimum(worth)
  const most = maximum(worth)
  // A spread of 1e-9 of the worth changes the value by less than 1e-9 of itself.
  if (most - least <= 1e-9 * Math.max(Math.abs(least), Math.abs(most))) return true
  const margin = 0.5 * (most - least)
  return density === sup ? least - price >= margin : density === 0 && most - price <= -margin
}

/** Gradient steps of growing length, each followed by the projection onto the admissible densities. */
function ascend(
  measures: readonly CellMeasure[],
  start: Float64Array,
  sup: number,
  mass: number,
): { density: Float64Array; value: number; price: number; steps: number } {
  const volume = Float64Array.from(measures, m => m.volume)
  const integral = Float64Array.from(measures, m => m.integral)
  // The gradient in L^2(volume); a cell too small to have a volume is worth infinitely much or nothing.
  const gradient = integral.map((w, i) => (volume[i]! > 0 ? w / volume[i]! : w > 0 ? Infinity : 0))
  const value = (rho: Float64Array): number => rho.reduce((sum, x, i) => sum + x * integral[i]!, 0)
  let density = project(start, volume, sup, mass).density
  // The mean worth of a unit of mass sets the scale of the first step; a hundredth of it makes the start gentle.
  const worth = Math.abs(value(density)) / mass
  let length = worth > 0 ? (0.01 * sup) / worth : 1
  let price = 0
  let steps = 0
  for (let stalled = 0; steps < 200 && stalled < 12; steps++) {
    const moved = density.map((x, i) => x + length * gradient[i]!)
    const { density: next, shift } = project(moved, volume, sup, mass)
    stalled = value(next) > value(density) * (1 + 1e-15) ? 0 : stalled + 1
    // On a grey cell x + length g - shift = x, so that g = shift / length: the worth at which mass changes hands.
    price = shift / length
    density = next
    length *= 2
  }
  return { density, value: value(density), price, steps }
}

/** The nearest density to rho in L^2(volume) with 0 <= . <= sup and the given mass: clamp(rho - shift, 0, sup). */
function project(
  rho: Float64Array,
  volume: Float64Array,
  sup: number,
  mass: number,
): { density: Float64Array; shift: number } {
  let kept = 0
  let fence = 0
  // Mass kept at this shift, and its slope: the volume of the cells that are neither full nor empty.
  const weigh = (shift: number): void => {
    kept = 0
    fence = 0
    for (let i = 0; i < rho.length; i++) {
      const x = rho[i]! - shift
      if (x >= sup) kept += sup * volume[i]!
      else if (x > 0) {
        kept += x * volume[i]!
        fence += volume[i]!
      }
    }
  }
  // The shift is found from below: the largest entries may be astronomically larger than it.
  let low = rho.reduce((a, b) => Math.min(a, b), 0) - sup
  let high = sup
  for (weigh(high); kept > mass; weigh(high)) {
    low = high
    high *= 2
  }
  let shift = high
  for (let i = 0; i < 200 && high - low > 2 * Number.EPSILON * Math.max(Math.abs(low), Math.abs(high)); i++) {
    weigh(shift)
    if (kept > mass) low = shift
    else high = shift
    // Newton's step on the piecewise linear mass; every third step bisects, so that the bracket shrinks.
    const newton = shift + (kept - mass) / fence
    if (newton === shift) break
    shift = newton > low && newton < high && i % 3 !== 2 ? newton : 0.5 * (low + high)
  }
  weigh(high)
  const density = rho.map(x => Math.min(sup, Math.max(0, x - high)))
  // What the search for the shift leaves over goes to the cells on the fence, so that the mass is met to rounding.
  let missing = mass - kept
  for (let i = 0; i < rho.length && missing > 0; i++) {
    if (rho[i]! >= low && rho[i]! - high < sup && volume[i]! > 0) {
      const added = Math.min(sup - density[i]!, missing / volume[i]!)
      density[i] = density[i]! + added
      missing -= added * volume[i]!
    }
  }
  return { density, shift: high }
}

/** The 2^n boxes that a cell in n coordinates falls into when every edge is halved. */
function halves({ low, high }: Cell): Cell[] {
  let parts: { low: number[]; high: number[] }[] = [{ low: [], high: [] }]
  low.forEach((a, coordinate) => {
    const b = high[coordinate]!
    const middle = 0.5 * (a + b)
    parts = parts.flatMap(part => [
      { low: [...part.low, a], high: [...part.high, middle] },
      { low: [...part.low, middle], high: [...part.high, b] },
    ])
  })
  return parts
}
