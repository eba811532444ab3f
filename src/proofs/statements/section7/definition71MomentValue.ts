import type { Statement } from '../../certificate.js'

/** The closed form of the moment, at r_c = 1/4. */
export const definition71MomentValue: Statement = {
  id: 'definition-7-1-moment-value',
  kind: 'enclosure',
  statement: {
    words: 'The mean of the squared kernel in closed form, at the cut-off radius 1/4.',
    tex: '\\tfrac{18}5\\cdot4-\\tfrac32-\\tfrac94\\ln8-\\tfrac9{2048}',
  },
  source: 'docs/claims.md, Definition 7.1',
  expression: ['+', '72/5', '-3/2', ['*', '-9/4', ['log', '8']], '-9/2048'],
}
