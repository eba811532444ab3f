import type { Statement } from '../../certificate.js'

/** The step of the printed proof of Proposition 9.2 fails at N = 3. */
export const meanFieldStartPrinted: Statement = {
  id: 'mean-field-start-printed',
  kind: 'inequality',
  statement: { words: 'The factor of the printed step is too small at N = 3.', tex: '\\sqrt{\\log3}<\\sqrt{1+\\log3}' },
  source: 'docs/claims.md, Proposition 9.2',
  left: ['sqrt', ['log', '3']],
  relation: '<',
  right: '@mean-field-start',
}
