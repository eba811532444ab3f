import type { Statement } from '../../certificate.js'

/** Corollary 9.4 at p = 3: what the printed exponent lacks, gamma = 3/20, N = 10^12. */
export const criticalLogarithm: Statement = {
  id: 'critical-logarithm',
  kind: 'enclosure',
  statement: {
    words: 'The factor that the printed exponent of Corollary 9.4 lacks at p = 3, gamma = 0.15, N = 10^12.',
    tex: '\\ln^{-2}(2+10^{27/5})=0.00646\\ldots',
  },
  source: 'docs/claims.md, Corollary 9.4',
  expression: ['^', ['log', ['+', '2', ['^', '10', '27/5']]], '-2'],
}
