import type { Statement } from '../../certificate.js'

/** (34): what the Euclidean norm of R^6 is in the maximum norm, at k = 1. */
export const corollary43Norms: Statement = {
  id: 'corollary-4-3-norms',
  kind: 'enclosure',
  statement: {
    words: 'The factor between the Euclidean and the maximum norm that (34) lacks, for one particle.',
    tex: '\\sqrt6>1',
  },
  source: 'docs/claims.md, Corollary 4.3, 2',
  expression: ['sqrt', '6'],
}
