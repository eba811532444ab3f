/**
 * Finds the bracket of a zero.
 */
import { intervals } from '../base/interval/arithmetic.js'
import { interval } from '../base/interval/interval.js'
import { findRoot } from '../base/numerics/roots.js'
import type { Statement } from './certificate.js'
import { roundedDown, roundedUp } from './decimals.js'
import { evaluator, type Names } from './expression.js'

/** The bracket of the zero between two numbers, of the relative width `accuracy`, default 1e-12. */
export function proveZero(
  { variable, expression, between, accuracy = 1e-12, lo, hi }: Extract<Statement, { kind: 'zero' }>,
  names: Omit<Names, 'variables'>,
): { readonly lo: string; readonly hi: string } {
  const f = evaluator(expression, intervals, { ...names, variables: [variable] })
  const middle = (x: number): number => {
    const { lo: low, hi: high } = f([interval(x)])
    return 0.5 * (low + high)
  }
  const x = findRoot(middle, Number(between[0]), Number(between[1]))
  const reach = 0.5 * accuracy * Math.abs(x)
  return { lo: lo ?? roundedDown(x - reach), hi: hi ?? roundedUp(x + reach) }
}
