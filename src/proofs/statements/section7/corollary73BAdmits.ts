import type { Statement } from '../../certificate.js'

/** (51) at (alpha, beta) = (2, 1 - 2 delta): what it leaves for delta is never positive. */
export const corollary73BAdmits: Statement = {
  id: 'corollary-7-3-b-admits',
  kind: 'supremum',
  statement: {
    words: 'The condition (51) admits no exponent for the event of Corollary 7.3.',
    tex: '\\sup_{0\\le\\delta\\le1/3}\\min\\{4\\delta-1,\\delta\\}-\\delta=0',
  },
  source: 'docs/claims.md, Corollary 7.3 B',
  variables: [{ name: 'd', lo: '0', hi: '1/3' }],
  expression: ['-', ['min', ['-', ['*', '4', 'd'], '1'], 'd'], 'd'],
  lo: '0',
  hi: '0',
}
