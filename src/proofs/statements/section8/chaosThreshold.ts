import type { Statement } from '../../certificate.js'

/** (78): log_10 of the printed N_0, uniform ball, delta = 3/10, T = 1, c = 54. */
export const chaosThreshold: Statement = {
  id: 'chaos-threshold',
  kind: 'enclosure',
  statement: {
    words: 'The decimal logarithm of the printed N_0, for the uniform ball at delta = 0.3 and T = 1.',
    tex: '\\log_{10}N_0=4.93\\ldots\\cdot10^7',
  },
  source: 'docs/claims.md, (78) and (79)',
  expression: [
    '/',
    [
      '^',
      [
        '/',
        ['+', ['*', '2', ['/', ['*', '4', 'pi'], '3'], '54', '19/10', ['+', '1', ['/', '3', ['*', '4', 'pi']]]], '1'],
        '1/10',
      ],
      '2',
    ],
    ['log', '10'],
  ],
}
