import type { Statement } from '../../certificate.js'

/**
 * Lemma 6.3 as printed fails: |q| = 1, xi = q/10 along an axis, in units of the cut-off radius, in exact arithmetic.
 */
export const lemma63Fails: Statement = {
  id: 'lemma-6-3-fails',
  kind: 'inequality',
  statement: {
    words: 'A difference quotient of the kernel (4) that exceeds the printed inner constant 1, in both norms.',
    tex: '1<\\frac{1-1.1^{-2}}{0.1}',
  },
  source: 'docs/claims.md, Lemma 6.3',
  left: '1',
  relation: '<',
  right: ['/', ['-', '1', ['^', '1.1', '-2']], '0.1'],
}
