import type { Statement } from '../../certificate.js'

/** (41) fails: one particle, moved by 1 in each coordinate of R^6. */
export const lemma52Norms: Statement = {
  id: 'lemma-5-2-norms',
  kind: 'inequality',
  statement: {
    words: 'One particle that is moved by 1 in every coordinate has moved by more than 1 in the Euclidean norm.',
    tex: '|(1,1,1,1,1,1)|=\\sqrt6>1',
  },
  source: 'docs/claims.md, Lemma 5.2',
  left: '1',
  relation: '<',
  right: ['sqrt', '6'],
}
