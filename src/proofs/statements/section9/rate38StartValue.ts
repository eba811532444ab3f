import type { Statement } from '../../certificate.js'

/** log_10 of N_1 at C_0 T = 1, delta = 3/10. */
export const rate38StartValue: Statement = {
  id: 'rate-38-start-value',
  kind: 'enclosure',
  statement: {
    words: 'The decimal logarithm of N_1 at C_0 T = 1 and delta = 3/10.',
    tex: '\\log_{10}N_1=\\tfrac1{\\ln10}\\Bigl(\\tfrac{2(1+1)}{1-9/10}\\Bigr)^2=694.87\\ldots',
  },
  source: 'docs/claims.md, (89) to (91), 1',
  expression: ['/', ['^', ['/', ['*', '2', ['+', '1', '1']], ['-', '1', '9/10']], '2'], ['log', '10']],
}
