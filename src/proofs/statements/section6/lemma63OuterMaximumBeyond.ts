import type { Statement } from '../../certificate.js'
import type { Definitions, Expression } from '../../expression.js'

/**
 * sigma for both signs of the first component of the corner: $\pm\cos a+\sqrt2z\sin a$, |u_2| + |u_3| = sqrt 2 z sin a.
 */
export const cornerSums = (z: Expression): Definitions => [
  ['across', ['*', ['sqrt', '2'], z, ['sin', 'a']]],
  ['plus', ['+', ['cos', 'a'], 'across']],
  ['minus', ['-', 'across', ['cos', 'a']]],
]

const radius = (sum: string): Expression => ['sqrt', ['+', '1', ['*', '2', 't', sum], ['*', '3', ['^', 't', '2']]]]

/** $u_1\frac{x^3-1}\tau$, the quotient without its pole at 0. */
const quotient = (x: string, sum: string): Expression => [
  '*',
  ['cos', 'a'],
  ['/', ['+', ['^', x, '2'], x, '1'], ['+', x, '1']],
  ['+', ['*', '2', sum], ['*', '3', 't']],
]

/**
 * Lemma 6.3, outer constant in the maximum norm, q + xi outside the cut-off: y = q + xi = r'u, $t=|\xi|_\infty/r'$, xi
 * a corner of its cube, $x=|q|/r'$, the angle a of u to the axis of the largest component, z as above.
 */
export const lemma63OuterMaximumBeyond: Statement = {
  id: 'lemma-6-3-outer-maximum-beyond',
  kind: 'supremum',
  statement: {
    words:
      'The largest difference quotient of the kernel (4) at three cut-off radii and beyond, maximum norm: all q + xi outside the cut-off, xi at a corner.',
    tex: '\\sup_{a,z,t}\\max_\\pm\\cos a\\,\\tfrac{x^2+x+1}{x+1}(2\\sigma_\\pm+3t)\\mp1=36.5258\\ldots,\\quad x^2=1+2t\\sigma_\\pm+3t^2',
  },
  source: 'docs/claims.md, Lemma 6.3',
  definitions: [...cornerSums('z'), ['p', radius('plus')], ['m', radius('minus')]],
  variables: [
    { name: 'a', lo: '0', hi: '11/7' },
    { name: 'z', lo: '7/10', hi: '1' },
    { name: 't', lo: '0', hi: '2' },
  ],
  expression: ['max', ['-', quotient('p', 'plus'), '1'], ['+', quotient('m', 'minus'), '1']],
}
