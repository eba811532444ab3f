import type { Statement } from '../../certificate.js'

/** Lemma 6.1: the supremum over densities by Lambert's function, at gamma = 3/10 and N = 10^6, c = 1. */
export const lemma61Quotient: Statement = {
  id: 'lemma-6-1-quotient',
  kind: 'enclosure',
  statement: {
    words: 'The largest quotient in Lemma 6.1 over all densities, at gamma = 3/10 and a million particles.',
    tex: '\\tfrac{4\\pi}3W\\bigl(\\tfrac3{4\\pi}10^{27/5}\\bigr)=36.962\\ldots',
  },
  source: 'docs/claims.md, Lemma 6.1',
  expression: ['*', ['/', ['*', '4', 'pi'], '3'], ['W', ['*', ['/', '3', ['*', '4', 'pi']], ['^', '10', '27/5']]]],
}
