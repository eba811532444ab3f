import type { Statement } from '../../certificate.js'

/** (34) at k = 2. */
export const corollary43NormsTwo: Statement = {
  id: 'corollary-4-3-norms-two',
  kind: 'enclosure',
  statement: { words: 'The factor that (34) lacks, for two particles.', tex: '\\sqrt{12}' },
  source: 'docs/claims.md, Corollary 4.3, 2',
  expression: ['sqrt', '12'],
}
