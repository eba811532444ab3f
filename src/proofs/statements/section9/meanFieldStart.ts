import type { Statement } from '../../certificate.js'

/** The step D_p(0) <= sqrt(log N) W_p of the proof of Proposition 9.2, at N = 3: (|q|, |p|) = (cos a, sin a). */
export const meanFieldStart: Statement = {
  id: 'mean-field-start',
  kind: 'supremum',
  statement: {
    words: 'The largest quotient of the weighted sum and the Euclidean norm, for N = 3.',
    tex: '\\sup_a\\sqrt{\\log3}\\cos a+\\sin a=\\sqrt{1+\\log3}=1.4486\\ldots',
  },
  source: 'docs/claims.md, Proposition 9.2',
  variables: [{ name: 'a', lo: '0', hi: '11/7' }],
  expression: ['+', ['*', ['sqrt', ['log', '3']], ['cos', 'a']], ['sin', 'a']],
}
