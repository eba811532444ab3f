import type { Statement } from '../../certificate.js'

/** Lemma 8.1, case 1 of the printed proof: g(s) = (s - 1)^3 at t = 1, where g' = 0. */
export const lemma81Case1: Statement = {
  id: 'lemma-8-1-case-1',
  kind: 'inequality',
  statement: {
    words: 'Where the derivative is 0 the running maximum may grow: the function (s - 1)^3 between 1 and 1.1.',
    tex: 'h(1.1)-h(1)=(1.1-1)^3=\\tfrac1{1000}>0',
  },
  source: 'docs/claims.md, Lemma 8.1',
  left: ['^', ['-', '11/10', '1'], '3'],
  relation: '=',
  right: '1/1000',
}
