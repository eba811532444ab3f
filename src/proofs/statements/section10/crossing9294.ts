import type { Statement } from '../../certificate.js'

/** (92) and (94) meet at alpha = 7/5. */
export const crossing9294: Statement = {
  id: 'crossing-92-94',
  kind: 'inequality',
  statement: {
    words: 'The two bounds on the exponent are the same at alpha = 7/5.',
    tex: '\\frac1{1+7/5}=\\frac1{6(7/5-1)}',
  },
  source: 'docs/claims.md, (92) and (94)',
  left: ['/', '1', ['+', '1', '7/5']],
  relation: '=',
  right: ['/', '1', ['*', '6', ['-', '7/5', '1']]],
}
