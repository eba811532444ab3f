/**
 * Finds the witness and the cover of a supremum: the largest value by search, then branch and bound.
 */
import { enclosing, parseRational, type Rational, rationalText } from '../base/interval/rational.js'
import type { Steps } from '../base/steps.js'
import { type Box, halves, isCorner, replaced, wholeBox } from './box.js'
import type { Statement } from './certificate.js'
import { upwards } from './checkCertificate.js'
import { boxText, settles } from './cover.js'
import { roundedDown, roundedUp } from './decimals.js'
import { type Names, valueOrNothing } from './expression.js'
import { findWitness } from './findWitness.js'
import { isInDomain, isOutside, jetOn, type Problem, problemOf, type Rule, trend, upperBound } from './rules.js'

/** Most characters of a cover, and the deepest halving of a side. */
const [LONGEST, SMALLEST] = [150_000, 2 ** -60]

type ExtremumStatement = Extract<Statement, { kind: 'supremum' | 'infimum' }>

/** How often a better witness than that of the first search may turn up. */
const TRIALS = 100

/** Witness, bounds and cover. Bounds that are not given are apart by `accuracy` of the value, default 1e-12. */
export function* proveExtremum(statement: ExtremumStatement, names: Omit<Names, 'variables'>): Steps<object> {
  const { kind, variables, where = [] } = statement
  const problem = problemOf(variables, upwards(statement), where, names)
  const sign = kind === 'supremum' ? 1n : -1n
  const most = kind === 'supremum' ? 'hi' : 'lo'
  let texts = statement.witness ?? (yield* findWitness(problem, variables))
  for (let trial = 0; trial < TRIALS; trial++) {
    const witness = texts.map(parseRational)
    const bounds = boundsOf(statement, problem, texts)
    const { n, d } = parseRational(bounds[most])
    const found = yield* findCover(problem, wholeBox(variables), { n: sign * n, d }, witness)
    if (typeof found === 'string') return { witness: texts, ...bounds, cover: found }
    const value = (x: readonly Rational[]): number =>
      isInDomain(problem, variables, x) ? (valueOrNothing(() => problem.value(x.map(enclosing)))?.lo ?? 0) : -Infinity
    const corner = found.map((t, i) => problem.coordinates.exact(i, t))
    if (statement[most] !== undefined || statement.witness !== undefined || !(value(corner) > value(witness))) {
      throw new RangeError(
        `the point ${corner.map(rationalText).join(', ')} must be settled by a rule, and exceeds the bound`,
      )
    }
    texts = yield* findWitness(problem, variables, found)
  }
  throw new RangeError(`the search must end within ${TRIALS} better witnesses`)
}

/** Bounds by the witness, where they are not given. */
function boundsOf(
  statement: ExtremumStatement,
  problem: Problem,
  texts: readonly string[],
): { readonly lo: string; readonly hi: string } {
  const { kind, accuracy = 1e-12 } = statement
  const witness = texts.map(parseRational)
  const reached = valueOrNothing(() => problem.value(witness.map(enclosing)))
  if (reached === undefined) throw new RangeError(`the witness ${texts.join(', ')} must have a value, and has none`)
  const exact = valueOrNothing(() => problem.exact(witness))
  const sign = kind === 'supremum' ? 1 : -1
  const [down, up] = kind === 'supremum' ? [roundedDown, roundedUp] : [roundedUp, roundedDown]
  const size = Math.max(Math.abs(reached.lo), Math.abs(reached.hi))
  const exactText = exact === undefined ? '' : rationalText({ n: BigInt(sign) * exact.n, d: exact.d })
  const isShort = exactText !== '' && exactText.length < 20
  const least = isShort ? exactText : down(sign * reached.lo)
  const most = up(sign * (reached.hi + accuracy * size))
  const [lo, hi] = kind === 'supremum' ? [least, most] : [most, least]
  return { lo: statement.lo ?? lo, hi: statement.hi ?? hi }
}

/** The rules that are tried on a box, cheap ones first. */
const RULES: readonly Rule[] = ['v', 'm', 'c', 't']

/**
 * A cover, in preorder; or the fractions of a point that no rule settles.
 * @throws RangeError naming a box that is too small to go on, or if the cover gets too long
 */
function* findCover(
  problem: Problem,
  whole: Box,
  bound: Rational,
  witness: readonly Rational[],
): Steps<string | number[]> {
  let [cover, settled] = ['', 0]
  // Boxes still to come, the next one last.
  const stack: { readonly box: Box; readonly share: number; readonly onFace: boolean }[] = [
    { box: whole, share: 1, onFace: false },
  ]
  for (;;) {
    const next = stack.pop()
    if (next === undefined) return cover
    if (cover.length > LONGEST) throw new RangeError(`the cover must be shorter than ${LONGEST}, got ${cover.length}`)
    const { box, share, onFace } = next
    const rule = settlingRule(problem, box, bound, witness, onFace)
    if (rule !== undefined) {
      cover += rule
      settled += share
      yield { fraction: settled, stage: '' }
      continue
    }
    const face = monotoneFace(problem, box, onFace)
    if (face !== undefined) {
      cover += face.token
      stack.push({ box: face.box, share, onFace: true })
      continue
    }
    if (isCorner(box)) return box.map(([t]) => t)
    const i = widestSide(problem, box)
    if (box[i]![1] - box[i]![0] < SMALLEST) {
      const least = upperBound(problem, 'v', box, witness)
      throw new RangeError(`the box ${boxText(problem, box)} must be settled by a rule; its values reach ${least}`)
    }
    cover += String(i)
    const [first, second] = halves(box, i)
    stack.push({ box: second, share: share / 2, onFace }, { box: first, share: share / 2, onFace })
  }
}

function settlingRule(
  problem: Problem,
  box: Box,
  bound: Rational,
  witness: readonly Rational[],
  onFace: boolean,
): Rule | undefined {
  if (!onFace && problem.where.length > 0 && isOutside(problem, box)) return 'o'
  if (isCorner(box)) {
    return (['v', 'e'] as const).find(rule => settles(problem, rule, box, bound, witness))
  }
  return RULES.find(rule => settles(problem, rule, box, bound, witness))
}

/** A face on which f is as large as on the box; only where no condition cuts the box, which the face may not heed. */
function monotoneFace(
  problem: Problem,
  box: Box,
  onFace: boolean,
): { readonly token: string; readonly box: Box } | undefined {
  const x = problem.coordinates.of(box)
  const cut = !onFace && problem.where.some(condition => !((valueOrNothing(() => condition(x))?.lo ?? -1) >= 0))
  const gradient = cut ? undefined : jetOn(problem, x, 1)?.gradient
  if (gradient === undefined) return undefined
  for (let i = 0; i < problem.n; i++) {
    const [from, to] = box[i]!
    const rises = trend(gradient, i)
    if (from === to || rises === 0) continue
    const end = rises < 0 ? from : to
    return { token: `${rises < 0 ? 'L' : 'U'}${i}`, box: replaced(box, i, [end, end]) }
  }
  return undefined
}

/** The side across which f may change most. */
function widestSide(problem: Problem, box: Box): number {
  const x = problem.coordinates.of(box)
  const gradient = jetOn(problem, x, 1)?.gradient
  let [best, most] = [-1, -1]
  for (const [i, [from, to]] of box.entries()) {
    if (from === to) continue
    const { lo, hi } = gradient?.[i] ?? { lo: 0, hi: 0 }
    const change = Math.max(Math.abs(lo), Math.abs(hi)) * (x[i]!.hi - x[i]!.lo)
    // Without slopes the side is halved that is the longest part of its range.
    const size = Number.isFinite(change) && gradient !== undefined ? change : 1e300 * (to - from)
    if (size > most) [best, most] = [i, size]
  }
  return best
}
