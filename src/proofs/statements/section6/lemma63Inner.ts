import type { Statement } from '../../certificate.js'

/**
 * Lemma 6.3, inner constant in the Euclidean norm, both points outside the cut-off: for all pairs, with $a=1/|q|$,
 * $b=1/|q+\xi|$, $w=(|q+\xi|-|q|)/|\xi|$, by the law of cosines.
 */
export const lemma63Inner: Statement = {
  id: 'lemma-6-3-inner',
  kind: 'supremum',
  statement: {
    words:
      'The Lipschitz constant of the kernel (4) in the Euclidean norm, in units of the inverse cube of the cut-off radius: all pairs outside the cut-off.',
    tex: '\\sup_{0\\le a,b,|w|\\le1}\\sqrt{a^3b^3+w^2a^2b^2(a^2+ab+b^2)}=2',
  },
  source: 'docs/claims.md, Lemma 6.3',
  variables: [
    { name: 'a', lo: '0', hi: '1' },
    { name: 'b', lo: '0', hi: '1' },
    { name: 'w', lo: '-1', hi: '1' },
  ],
  expression: [
    'sqrt',
    [
      '+',
      ['^', ['*', 'a', 'b'], '3'],
      ['*', ['^', ['*', 'w', 'a', 'b'], '2'], ['+', ['^', 'a', '2'], ['*', 'a', 'b'], ['^', 'b', '2']]],
    ],
  ],
  witness: ['1', '1', '1'],
  lo: '2',
  hi: '2',
}
