import type { Statement } from '../../certificate.js'

/** Lemma 3.4: with the printed R the two pieces exceed the stated bound by 9/8 at the mass 64 = x^6, x = 2. */
export const lemma34Split: Statement = {
  id: 'lemma-3-4-split',
  kind: 'inequality',
  statement: {
    words:
      'With the printed radius the pieces of the printed proof exceed the stated bound, at the mass 64 by the factor 9/8.',
    tex: '\\frac{64^{1/2}+1}{2\\cdot64^{1/3}}=\\tfrac98',
  },
  source: 'docs/claims.md, Lemma 3.4',
  left: ['/', ['+', ['^', '2', '3'], '1'], ['*', '2', ['^', '2', '2']]],
  relation: '=',
  right: '9/8',
}
