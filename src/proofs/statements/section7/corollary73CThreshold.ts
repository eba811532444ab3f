import type { Statement } from '../../certificate.js'

/**
 * Bernstein's bound on the complement of C_t passes 1/2 here, up to the bias: delta = 1/4, unit ball, majorant as
 * printed; l = log N.
 */
export const corollary73CThreshold: Statement = {
  id: 'corollary-7-3-c-threshold',
  kind: 'zero',
  statement: {
    words:
      'The log N from which the bound on the complement of C_t is below one half, at delta = 1/4 in the unit ball, up to the bias.',
    tex: 'N^{1/4}=\\tfrac{814}3\\log(4N)',
  },
  source: 'docs/claims.md, Corollary 7.3 C',
  variable: 'l',
  expression: ['-', ['exp', ['/', 'l', '4']], ['*', '814/3', ['+', ['log', '4'], 'l']]],
  between: ['30', '45'],
}
