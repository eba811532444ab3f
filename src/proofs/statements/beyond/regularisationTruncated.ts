import type { Statement } from '../../certificate.js'

/** V of the kernel (4): inside the cut-off; outside it is 1. */
export const regularisationTruncated: Statement = {
  id: 'regularisation-truncated',
  kind: 'integral',
  statement: { words: 'The constant V of the kernel (4).', tex: '\\int_0^1s^4ds+1=\\tfrac65' },
  source: 'docs/claims.md, Beyond: other regularisations',
  variable: { name: 's', lo: '0', hi: '1' },
  expression: ['+', '1', ['^', 's', '4']],
}
