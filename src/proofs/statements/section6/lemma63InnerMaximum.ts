import type { Statement } from '../../certificate.js'

/**
 * Lemma 6.3, inner constant in the maximum norm: the largest row sum of the gradient at all points outside the cut-off
 * (inside it is 1), at $r=1/x$, at the angle a to the axis of the row, $z=(|n_2|+|n_3|)/(\sqrt2\sin a)\in[1/\sqrt2,1]$.
 */
export const lemma63InnerMaximum: Statement = {
  id: 'lemma-6-3-inner-maximum',
  kind: 'supremum',
  statement: {
    words:
      'The Lipschitz constant of the kernel (4) in the maximum norm, in units of the inverse cube of the cut-off radius: all points outside it.',
    tex: '\\sup_{x,a,z\\le1}x^3(|3\\cos^2a-1|+3\\sqrt2z\\cos a\\sin a)=\\tfrac12(1+3\\sqrt3)=3.0980\\ldots',
  },
  source: 'docs/claims.md, Lemma 6.3',
  variables: [
    { name: 'x', lo: '0', hi: '1' },
    { name: 'a', lo: '0', hi: '11/7' },
    { name: 'z', lo: '7/10', hi: '1' },
  ],
  expression: [
    '*',
    ['^', 'x', '3'],
    [
      '+',
      ['abs', ['-', ['*', '3', ['^', ['cos', 'a'], '2']], '1']],
      ['*', '3', ['sqrt', '2'], 'z', ['cos', 'a'], ['sin', 'a']],
    ],
  ],
}
