import type { Statement } from '../../certificate.js'

/** (92) and (94) at alpha = 7/5. */
export const crossing9294Value: Statement = {
  id: 'crossing-92-94-value',
  kind: 'enclosure',
  statement: { words: 'The value of both bounds where they meet.', tex: '\\frac1{1+7/5}=\\tfrac5{12}' },
  source: 'docs/claims.md, (92) and (94)',
  expression: ['/', '1', ['+', '1', '7/5']],
  lo: '5/12',
  hi: '5/12',
}
