import type { Statement } from '../../certificate.js'

/**
 * Lemma 6.3, outer constant in the Euclidean norm, for all pairs: $|q|^3$ times the difference quotient, with
 * $t=|\xi|/|q|<\tfrac23$, $w=(|q+\xi|-|q|)/|\xi|$ and $x=|q+\xi|/|q|=1+tw$, by the law of cosines. It is approached for
 * xi antiparallel to q.
 */
export const lemma63Outer: Statement = {
  id: 'lemma-6-3-outer',
  kind: 'supremum',
  statement: {
    words:
      'The largest difference quotient of the kernel (4) at three cut-off radii and beyond, Euclidean norm: all pairs.',
    tex: '\\sup_{0\\le t\\le2/3,\\,|w|\\le1}\\sqrt{x^{-3}+w^2(x^2+x+1)x^{-4}}=12,\\quad x=1+tw',
  },
  source: 'docs/claims.md, Lemma 6.3',
  definitions: [['x', ['+', '1', ['*', 't', 'w']]]],
  variables: [
    { name: 't', lo: '0', hi: '2/3' },
    { name: 'w', lo: '-1', hi: '1' },
  ],
  expression: [
    'sqrt',
    ['+', ['^', 'x', '-3'], ['*', ['^', 'w', '2'], ['+', ['^', 'x', '2'], 'x', '1'], ['^', 'x', '-4']]],
  ],
  witness: ['2/3', '-1'],
  lo: '12',
  hi: '12',
}
