import type { Statement } from '../../certificate.js'

/** The minimum in (94) changes over at alpha = 5/4, where it is 2/3 of 6/6. */
export const crossing94: Statement = {
  id: 'crossing-94',
  kind: 'inequality',
  statement: {
    words: 'Both members of the minimum in (94) are the same at alpha = 5/4.',
    tex: '\\frac1{5/4-1}=\\frac5{5/4}',
  },
  source: 'docs/claims.md, (92) and (94)',
  left: ['/', '1', ['-', '5/4', '1']],
  relation: '=',
  right: ['/', '5', '5/4'],
}
