import type { Statement } from '../../certificate.js'

/**
 * Lemma 3.3: the factor that the shift of the momenta costs, sharp, at h = RT = 1 and R' = 1.21, for the ball of radius
 * a = 1/x.
 */
export const lemma33Factor: Statement = {
  id: 'lemma-3-3-factor',
  kind: 'supremum',
  statement: {
    words: "The factor by which the shifted tail of the momenta exceeds the printed one, at R T = 1 and R' = 1.21.",
    tex: '\\sup_{a>0.21}\\frac{(a+1)^3-1.21^3}{a^3}=(1-1.21^{-3/2})^{-2}=16.1696\\ldots',
  },
  source: 'docs/claims.md, Lemma 3.3, 4',
  variables: [{ name: 'x', lo: '0', hi: '100/21' }],
  expression: ['-', ['^', ['+', '1', 'x'], '3'], ['*', ['^', '121/100', '3'], ['^', 'x', '3']]],
}
