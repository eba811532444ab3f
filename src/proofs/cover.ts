/**
 * A cover: a tree of boxes in preorder, each settled by a rule, that proves an upper bound of f on its domain. It tiles
 * by construction: a box is halved, or moved to a face on which f is at least as large.
 *
 * - a digit i: both halves of the box across the middle of its i-th side;
 * - L or U and a digit i: f falls (rises) on the box in its i-th variable, so its lower (upper) face is settled;
 * - v, m, t, c, e: values, mean value form, Taylor form, concavity, exact value of a point;
 * - o: no point of the box is in the domain. Not below an L or a U, where f must be bounded on the face whole.
 */
import { compare, enclosing, type Rational } from '../base/interval/rational.js'
import { type Box, halves, replaced } from './box.js'
import { exactValue, isOutside, jetOn, type Problem, type Rule, trend, upperBound } from './rules.js'

/** What is left of a cover, and what is known. */
interface Reading {
  readonly cover: string
  at: number
  leaves: number
}

/** Whether a rule proves f <= bound on a box. */
export function settles(
  problem: Problem,
  rule: Rule,
  box: Box,
  bound: Rational,
  witness: readonly Rational[],
): boolean {
  if (rule === 'o') return isOutside(problem, box)
  if (rule === 'e') {
    const value = exactValue(problem, box)
    return value !== undefined && compare(value, bound) <= 0
  }
  return upperBound(problem, rule, box, witness) <= enclosing(bound).lo
}

/**
 * Checks that a cover proves f <= bound.
 * @returns the number of its leaves
 * @throws RangeError naming the first box that is not settled
 */
export function checkCover(
  problem: Problem,
  cover: string,
  whole: Box,
  bound: Rational,
  witness: readonly Rational[],
): number {
  const reading: Reading = { cover, at: 0, leaves: 0 }
  checkBox(problem, reading, whole, bound, witness, false)
  if (reading.at !== cover.length) {
    throw new RangeError(`the cover must end with its last box, got ${cover.length - reading.at} more characters`)
  }
  return reading.leaves
}

function checkBox(
  problem: Problem,
  reading: Reading,
  box: Box,
  bound: Rational,
  witness: readonly Rational[],
  onFace: boolean,
): void {
  const token = reading.cover[reading.at++] ?? ''
  const refuse = (why: string): never => {
    throw new RangeError(`the box ${boxText(problem, box)} ${why} (character ${reading.at} of the cover)`)
  }
  if (token === '') refuse('must be settled, got the end of the cover')
  if (token >= '0' && token <= '2') {
    const i = variable(problem, token)
    for (const half of halves(box, i)) checkBox(problem, reading, half, bound, witness, onFace)
    return
  }
  if (token === 'L' || token === 'U') {
    const i = variable(problem, reading.cover[reading.at++])
    const gradient = jetOn(problem, problem.coordinates.of(box), 1)?.gradient ?? []
    if (trend(gradient, i) * (token === 'L' ? -1 : 1) !== 1) refuse(`is not known to be monotone in variable ${i}`)
    const end = box[i]![token === 'L' ? 0 : 1]
    checkBox(problem, reading, replaced(box, i, [end, end]), bound, witness, true)
    return
  }
  if (token === 'o' && onFace) refuse('must be settled by values on a face, got rule o')
  if (!settles(problem, token as Rule, box, bound, witness)) refuse(`is not settled by rule ${token}`)
  reading.leaves++
}

function variable(problem: Problem, digit: string | undefined): number {
  const i = Number(digit ?? Number.NaN)
  if (!(i < problem.n)) throw new RangeError(`a variable of the cover must be below ${problem.n}, got ${digit}`)
  return i
}

/** A box in numbers. */
export function boxText(problem: Problem, box: Box): string {
  return problem.coordinates
    .of(box)
    .map(({ lo, hi }) => `[${lo}, ${hi}]`)
    .join(' x ')
}
