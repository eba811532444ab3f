import type { Statement } from '../../certificate.js'

/** The bound of corollary-7-3-b-inner with the share of the ball near its surface, where nothing is claimed. */
export const corollary73BBound: Statement = {
  id: 'corollary-7-3-b-bound',
  kind: 'enclosure',
  statement: {
    words:
      'A bound on the probability of B_t for independent particles in the unit ball, at N = 10^10 and delta = 1/5, given the constant 0.4748 of the literature.',
    tex: 'P(\\mathcal B_t)\\le1-0.99^3+\\int_{1/100}^1\\ldots=0.0405\\ldots',
  },
  source: 'docs/claims.md, Corollary 7.3 B',
  expression: ['+', ['-', '1', ['^', '99/100', '3']], '@corollary-7-3-b-inner'],
}
