import type { Statement } from '../../certificate.js'

/** V of the cubic spline: inside the cut-off; outside it is 1. */
export const regularisationCubic: Statement = {
  id: 'regularisation-cubic',
  kind: 'integral',
  statement: { words: 'The constant V of the cubic spline.', tex: '\\tfrac14\\int_0^1(5s-3s^3)^2s^2ds+1=\\tfrac{10}7' },
  source: 'docs/claims.md, Beyond: other regularisations',
  variable: { name: 's', lo: '0', hi: '1' },
  expression: [
    '+',
    '1',
    ['*', '1/4', ['^', ['-', ['*', '5', 's'], ['*', '3', ['^', 's', '3']]], '2'], ['^', 's', '2']],
  ],
}
