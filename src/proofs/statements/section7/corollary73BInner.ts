import type { Statement } from '../../certificate.js'

/**
 * Berry and Esseen's bound on P(B_t) for one particle in the unit ball, at the distance s from the surface, 1/100 at
 * least: N = 10^10, delta = 1/5. The constant 0.4748 is from the literature (Shevtsova, arXiv 1111.6554).
 */
export const corollary73BInner: Statement = {
  id: 'corollary-7-3-b-inner',
  kind: 'integral',
  statement: {
    words:
      'A bound on the probability of B_t and of a particle no nearer than 1/100 to the surface of the unit ball, at N = 10^10 and delta = 1/5, given the constant 0.4748 of the literature.',
    tex: '\\int_{1/100}^13(1-s)^2\\min\\Bigl\\{1,\\operatorname{erf}\\tfrac{N^{2\\delta}}{\\sigma\\sqrt{2n}}+\\tfrac{0.9496\\,\\tau}{\\sigma^3\\sqrt n}\\Bigr\\}ds',
  },
  source: 'docs/claims.md, Corollary 7.3 B',
  variable: { name: 's', lo: '1/100', hi: '1' },
  expression: [
    '*',
    '3',
    ['^', ['-', '1', 's'], '2'],
    [
      'min',
      '1',
      [
        '+',
        ['erf', ['/', '10000', ['sqrt', ['*', '2', '9999999999', ['-', '119', ['/', '1', 's']]]]]],
        [
          '/',
          ['*', '9496/10000', ['^', ['+', ['*', '100', ['^', '3/8', '1/3']], '1'], '3']],
          ['*', ['^', ['-', '119', ['/', '1', 's']], '3/2'], ['sqrt', '9999999999']],
        ],
      ],
    ],
  ],
  accuracy: 1e-11,
}
