/**
 * Boxes of a domain by their fractions, which bisection keeps exact: the coordinate at the fraction t of the i-th
 * variable is lo + t (hi - lo), a rational.
 */
import type { Interval } from '../base/interval/interval.js'
import {
  difference,
  enclosing,
  fromNumber,
  parseRational,
  product,
  type Rational,
  sum,
} from '../base/interval/rational.js'
import type { Variable } from './certificate.js'

/** From one fraction to another for each variable; both equal on a face. */
export type Box = readonly (readonly [from: number, to: number])[]

/** The box of all. */
export const wholeBox = (variables: readonly Variable[]): Box => variables.map(() => [0, 1] as const)

/** Coordinates of a domain. */
export interface Coordinates {
  /** Exactly. */
  exact(i: number, t: number): Rational
  /** Enclosures of the coordinates of a box. */
  of(box: Box): Interval[]
}

/** The coordinates of a domain; remembered, since the corners of many boxes coincide. */
export function coordinates(variables: readonly Variable[]): Coordinates {
  const ranges = variables.map(({ lo, hi }) => {
    const from = parseRational(lo)
    return { from, length: difference(parseRational(hi), from) }
  })
  const known = variables.map(() => new Map<number, Interval>())
  const exact = (i: number, t: number): Rational => {
    const { from, length } = ranges[i]!
    return sum(from, product(length, fromNumber(t)))
  }
  const at = (i: number, t: number): Interval => {
    const found = known[i]!.get(t)
    if (found !== undefined) return found
    const made = enclosing(exact(i, t))
    known[i]!.set(t, made)
    return made
  }
  return { exact, of: box => box.map(([from, to], i) => ({ lo: at(i, from).lo, hi: at(i, to).hi })) }
}

/** Both halves of a box. @example halves([[0, 1]], 0)[1][0] // [0.5, 1] */
export function halves(box: Box, i: number): [Box, Box] {
  const [from, to] = box[i]!
  const middle = 0.5 * (from + to)
  return [replaced(box, i, [from, middle]), replaced(box, i, [middle, to])]
}

/** A box with another side. */
export const replaced = (box: Box, i: number, side: readonly [number, number]): Box =>
  box.map((own, k) => (k === i ? side : own))

/** Whether it is a point. */
export const isCorner = (box: Box): boolean => box.every(([from, to]) => from === to)
