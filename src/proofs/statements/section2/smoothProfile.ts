/**
 * The formulas of the smooth profile for alpha = 2: $g=s^{1-3h}$, $h=1/(1+e^{u-w})$, $u=1/s$, $w=1/(1-s)$. With
 * $k=h(1-h)(u^2+w^2)s\ln s$ it is $g'=s^{-3h}(1-3(h+k))$, $g/s=s^{-3h}$. In k what grows is paired with what falls
 * faster:
 *   $k=s\ln s\;e^w\frac{u^2e^{-u}+w^2e^{-u}}{(1+e^{w-u})^2}=s\ln s\;e^u\frac{u^2e^{-w}+w^2e^{-w}}{(1+e^{u-w})^2}$,
 * the first for $s\le\tfrac12$, where w is bounded, the second beyond, where u is.
 */
import type { Definitions, Expression } from '../../expression.js'

const bell = (a: string, b: string): Expression => {
  const falling: Expression = ['+', ['decay', '2', a], ['*', ['^', b, '2'], ['exp', ['neg', a]]]]
  return ['/', ['*', ['exp', b], falling], ['^', ['+', '1', ['exp', ['-', b, a]]], '2']]
}

/** h ln s for s <= 1/2: $s\ln s\;e^w\frac{ue^{-u}}{1+e^{w-u}}$. */
const inner: Expression = [
  '/',
  ['*', ['xlogx', 's'], ['exp', 'w'], ['decay', '1', 'u']],
  ['+', '1', ['exp', ['-', 'w', 'u']]],
]

/** u, w, h, g/s and g'. */
export const smoothProfile: Definitions = [
  ['u', ['/', '1', 's']],
  ['w', ['/', '1', ['-', '1', 's']]],
  ['h', ['/', '1', ['+', '1', ['exp', ['-', 'u', 'w']]]]],
  ['growth', ['exp', ['*', '-3', ['cases', 's', '1/2', inner, ['*', 'h', ['log', 's']]]]]],
  ['k', ['*', ['xlogx', 's'], ['cases', 's', '1/2', bell('u', 'w'), bell('w', 'u')]]],
  ['slope', ['*', 'growth', ['-', '1', ['*', '3', ['+', 'h', 'k']]]]],
]
