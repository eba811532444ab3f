import type { Statement } from '../../certificate.js'

/** Proposition 9.1: the quotient of the mean value step at |a| = 1, |b| = 1/y, b behind a on the same ray. */
export const meanValueStep: Statement = {
  id: 'mean-value-step',
  kind: 'supremum',
  statement: {
    words: 'The largest quotient of the mean value step in Proposition 9.1 on one ray.',
    tex: '\\sup_{0\\le y\\le1}\\frac{y(1+y)}{1+2y^3}=0.71241\\ldots',
  },
  source: 'docs/claims.md, Proposition 9.1, 2',
  variables: [{ name: 'y', lo: '0', hi: '1' }],
  expression: ['/', ['*', 'y', ['+', '1', 'y']], ['+', '1', ['*', '2', ['^', 'y', '3']]]],
}
