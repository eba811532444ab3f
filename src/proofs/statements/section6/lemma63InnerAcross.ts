import type { Statement } from '../../certificate.js'

/**
 * Lemma 6.3, inner constant in the Euclidean norm, one point on each side of the cut-off: $a=1/|q|=1-mu$,
 * $s=|q+\xi|=1-m(1-u)$, $w=(|q|-s)/|\xi|$. The square of the quotient is $a^3+(1-a^3)(s^2-a)/|\xi|^2$; m is what 1 - a
 * and s^2 - a, and twice 1 - as, have in common.
 */
export const lemma63InnerAcross: Statement = {
  id: 'lemma-6-3-inner-across',
  kind: 'supremum',
  statement: {
    words:
      'The square of the largest difference quotient of the kernel (4) in the Euclidean norm, one point outside the cut-off and one inside.',
    tex: '\\sup\\,a^3+w^2a^2(1+a+a^2)\\frac{u(3u-2+m(1-u)^2)}{(1-mu(1-u))^2}=4',
  },
  source: 'docs/claims.md, Lemma 6.3',
  definitions: [
    ['a', ['-', '1', ['*', 'm', 'u']]],
    ['s', ['-', '1', ['*', 'm', ['-', '1', 'u']]]],
    ['beyond', ['*', 'u', ['+', ['-', ['*', '3', 'u'], '2'], ['*', 'm', ['^', ['-', '1', 'u'], '2']]]]],
    ['apart', ['-', '1', ['*', 'm', 'u', ['-', '1', 'u']]]],
  ],
  variables: [
    { name: 'm', lo: '0', hi: '2' },
    { name: 'u', lo: '0', hi: '1' },
    { name: 'w', lo: '0', hi: '1' },
  ],
  where: ['a', 's'],
  expression: [
    '+',
    ['^', 'a', '3'],
    ['/', ['*', ['^', ['*', 'w', 'a'], '2'], ['+', '1', 'a', ['^', 'a', '2']], 'beyond'], ['^', 'apart', '2']],
  ],
  witness: ['0', '1', '1'],
  lo: '4',
  hi: '4',
}
