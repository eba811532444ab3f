import type { Statement } from '../../certificate.js'

/** W_p against Delta at N = 2, a = |Psi^1 - Phi^1|_inf = x and b = 1 - x. */
export const lemma52Delta: Statement = {
  id: 'lemma-5-2-delta',
  kind: 'supremum',
  statement: {
    words: 'The largest quotient of the distance of two clouds and Delta, for two particles.',
    tex: '\\sup_{0\\le x\\le1}\\frac{\\sqrt3\\sqrt{x^2+(1-x)^2}}{\\sqrt{\\log2}\\,x+1-x}=\\sqrt{3/\\log2}=2.0804\\ldots',
  },
  source: 'docs/claims.md, Lemma 5.2',
  variables: [{ name: 'x', lo: '0', hi: '1' }],
  expression: [
    '/',
    ['sqrt', ['*', '3', ['+', ['^', 'x', '2'], ['^', ['-', '1', 'x'], '2']]]],
    ['+', ['*', ['sqrt', ['log', '2']], 'x'], ['-', '1', 'x']],
  ],
}
