import type { Statement } from '../../certificate.js'

/** Lemma 6.1: the sharp coefficient of log N, at gamma = 3/10, c = 1. */
export const lemma61Growth: Statement = {
  id: 'lemma-6-1-growth',
  kind: 'enclosure',
  statement: {
    words: 'The sharp coefficient of the logarithm in Lemma 6.1, at gamma = 3/10.',
    tex: '4\\pi\\gamma=3.7699\\ldots',
  },
  source: 'docs/claims.md, Lemma 6.1',
  expression: ['*', '4', 'pi', '3/10'],
}
