import type { Statement } from '../../certificate.js'

/** Lemma 3.3: the last line of the printed proof, at a uniform law of momenta: R = T = 1, a = 10, R' = 1.21. */
export const lemma33LastLine: Statement = {
  id: 'lemma-3-3-last-line',
  kind: 'inequality',
  statement: {
    words: 'At a law uniform in momenta the integral is above what the last line of the printed proof allows.',
    tex: '1.21^3+10^3<11^3',
  },
  source: 'docs/claims.md, Lemma 3.3, 5',
  left: ['+', ['^', '121/100', '3'], ['^', '10', '3']],
  relation: '<',
  right: ['^', '11', '3'],
}
