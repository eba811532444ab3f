import type { Statement } from '../../certificate.js'

/** (40): J_0 < 1 for log N above this, at delta = 0.3 and lambda T = 1. */
export const definition51Start: Statement = {
  id: 'definition-5-1-start',
  kind: 'enclosure',
  statement: {
    words: 'From which log N on the measure of chaos starts below 1, at delta = 0.3 and lambda T = 1.',
    tex: '\\bigl(\\tfrac{\\lambda T}{1-3\\delta}\\bigr)^2=100',
  },
  source: 'docs/claims.md, Definition 5.1 and (40)',
  expression: ['^', ['/', '1', ['-', '1', ['*', '3', '3/10']]], '2'],
  lo: '100',
  hi: '100',
}
