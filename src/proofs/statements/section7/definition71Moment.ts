import type { Statement } from '../../certificate.js'

/** Definition 7.1: the second moment of the kernel (4) between two points of the unit ball, at r_c = 1/4. */
export const definition71Moment: Statement = {
  id: 'definition-7-1-moment',
  kind: 'integral',
  statement: {
    words: 'The mean of the squared kernel between two independent points of the unit ball, at the cut-off radius 1/4.',
    tex: '\\int|k^N_\\delta|^2dP=\\tfrac{18}5r_c^{-1}-\\tfrac32-\\tfrac94\\ln\\tfrac2{r_c}-\\tfrac9{128}r_c^2,\\quad r_c=\\tfrac14',
  },
  source: 'docs/claims.md, Definition 7.1',
  variable: { name: 's', lo: '0', hi: '2' },
  expression: [
    '*',
    ['cases', 's', '1/4', ['*', '4096', ['^', 's', '2']], ['^', ['max', 's', '1/8'], '-4']],
    ['+', ['*', '3', ['^', 's', '2']], ['*', '-9/4', ['^', 's', '3']], ['*', '3/16', ['^', 's', '5']]],
  ],
  accuracy: 1e-9,
}
