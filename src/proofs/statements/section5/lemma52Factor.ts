import type { Statement } from '../../certificate.js'

/** (41): the sharp factor, |x| <= sqrt 6 |x|_inf on R^6. */
export const lemma52Factor: Statement = {
  id: 'lemma-5-2-factor',
  kind: 'enclosure',
  statement: { words: 'The sharp factor in (41).', tex: '\\sqrt6' },
  source: 'docs/claims.md, Lemma 5.2',
  expression: ['sqrt', '6'],
}
