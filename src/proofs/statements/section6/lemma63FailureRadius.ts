import type { Statement } from '../../certificate.js'

/**
 * Lemma 6.3, maximum norm: the radius up to which the quotient of the best q + xi on the cut-off sphere,
 * $r^{-3}\bigl[\frac{r^2+r+1}{r+1}(1+\sqrt3r)-1\bigr]$, exceeds the printed constant 1.
 */
export const lemma63FailureRadius: Statement = {
  id: 'lemma-6-3-failure-radius',
  kind: 'zero',
  statement: {
    words:
      'The radius, in units of the cut-off radius, up to which the printed inner constant is exceeded in the maximum norm.',
    tex: 'r^{-3}\\Bigl[\\frac{r^2+r+1}{r+1}(1+\\sqrt3r)-1\\Bigr]=1\\quad\\text{at }r=2.2709\\ldots',
  },
  source: 'src/attacks/section6/lemma63Constants.ts',
  variable: 'r',
  expression: [
    '-',
    [
      '/',
      [
        '-',
        ['*', ['/', ['+', ['^', 'r', '2'], 'r', '1'], ['+', 'r', '1']], ['+', '1', ['*', ['sqrt', '3'], 'r']]],
        '1',
      ],
      ['^', 'r', '3'],
    ],
    '1',
  ],
  between: ['2', '3'],
}
