/**
 * Finds the panels of an integral.
 */
import { type Interval, plus, ZERO } from '../base/interval/interval.js'
import type { Steps } from '../base/steps.js'
import { coordinates } from './box.js'
import type { Statement } from './certificate.js'
import { panelOf } from './checkCertificate.js'
import { roundedDown, roundedUp } from './decimals.js'
import { type Names, valueOrNothing } from './expression.js'

/** Deepest halving. */
const DEPTH = 60

/**
 * Panels that are halved until each is settled within its share of the error, by whichever rule is narrower.
 * Accuracy is relative to the integral of the first rough panels, default 1e-12; the order is 12 unless given.
 */
export function* proveIntegral(
  statement: Extract<Statement, { kind: 'integral' }>,
  names: Omit<Names, 'variables'>,
): Steps<object> {
  const { accuracy = 1e-12, order = 12, variable } = statement
  const panel = panelOf({ ...statement, order }, names)
  const ends = coordinates([variable])
  const best = (from: number, to: number): { readonly rule: 't' | 'v'; readonly value: Interval } | undefined => {
    const [[a], [b]] = [ends.of([[from, from]]), ends.of([[to, to]])]
    const tried = (['t', 'v'] as const).flatMap(rule => {
      const value = valueOrNothing(() => panel(rule, a!, b!))
      return value === undefined ? [] : [{ rule, value }]
    })
    const width = ({ value }: { value: Interval }): number => value.hi - value.lo
    return tried.sort((x, y) => width(x) - width(y))[0]
  }
  const scale = roughSize(best)
  let [panels, sum] = ['', ZERO]
  function* walk(from: number, to: number, depth: number): Steps<void> {
    const found = best(from, to)
    if (found !== undefined && found.value.hi - found.value.lo <= 0.5 * accuracy * scale * (to - from)) {
      panels += found.rule
      sum = plus(sum, found.value)
      yield { fraction: to, stage: '' }
      return
    }
    if (depth === DEPTH) throw new RangeError(`the integral near the fraction ${from} of its range must be settled`)
    panels += 's'
    const middle = 0.5 * (from + to)
    yield* walk(from, middle, depth + 1)
    yield* walk(middle, to, depth + 1)
  }
  yield* walk(0, 1, 0)
  // Room for another program, whose remainders differ in their last digits.
  const room = 0.05 * (sum.hi - sum.lo)
  const { lo = roundedDown(sum.lo - room), hi = roundedUp(sum.hi + room) } = statement
  return { order, panels, lo, hi }
}

/** The size of the integral by 64 panels. */
function roughSize(best: (from: number, to: number) => { readonly value: Interval } | undefined): number {
  let size = 0
  for (let k = 0; k < 64; k++) {
    const value = best(k / 64, (k + 1) / 64)?.value
    const middle = value === undefined ? 0 : 0.5 * (value.lo + value.hi)
    if (Number.isFinite(middle)) size += Math.abs(middle)
  }
  return size
}
