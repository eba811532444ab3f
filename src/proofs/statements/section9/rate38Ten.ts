import type { Statement } from '../../certificate.js'

/** (38) for p = 10: the smallest delta for which its rate tends to 0. */
export const rate38Ten: Statement = {
  id: 'rate-38-ten',
  kind: 'enclosure',
  statement: {
    words: 'The smallest delta for which the rate of (38) tends to 0, at p = 10.',
    tex: '\\tfrac{2p-1}{6p}=\\tfrac{19}{60}',
  },
  source: 'docs/claims.md, (89) to (91), 3',
  expression: ['/', ['-', ['*', '2', '10'], '1'], ['*', '6', '10']],
  lo: '19/60',
  hi: '19/60',
}
