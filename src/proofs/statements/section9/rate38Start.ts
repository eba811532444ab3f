import type { Statement } from '../../certificate.js'

/**
 * N_1 is right, for all C_0 T and delta: from y = sqrt(log N_1) = 2 (C_0 T + 1)/eta >= 2 on, y (eta y - 2 C_0 T) >= 2 y
 * exceeds ln 2 + ln(1 + y). Here x = 2/y.
 */
export const rate38Start: Statement = {
  id: 'rate-38-start',
  kind: 'supremum',
  statement: {
    words: 'What (91) needs of N_1, as a logarithm, is less than half of what there is.',
    tex: '\\sup_{y\\ge2}\\frac{\\ln2+\\ln(1+y)}{2y}=\\tfrac14\\ln6=0.4479\\ldots<1',
  },
  source: 'docs/claims.md, (89) to (91), 1',
  variables: [{ name: 'x', lo: '0', hi: '1' }],
  expression: ['/', ['-', ['*', 'x', ['+', ['log', '2'], ['log', ['+', 'x', '2']]]], ['xlogx', 'x']], '4'],
  witness: ['1'],
}
