import type { Statement } from '../../certificate.js'

/** The coefficient of the logarithm in the maximum norm: phi = pi x, mu = b cos^2 phi + sin^2 phi, b = a - 1. */
export const logLipschitzMaximum: Statement = {
  id: 'log-lipschitz-maximum',
  kind: 'integral',
  statement: {
    words: 'The coefficient of the logarithm in the modulus of continuity of the force, in the maximum norm.',
    tex: '\\tfrac43\\int_0^{2\\pi}\\frac{\\mu^{3/2}}{\\sqrt{a+\\mu}}\\,d\\varphi=7.5724\\ldots',
  },
  source: 'docs/claims.md, log-Lipschitz bound',
  variable: { name: 'x', lo: '0', hi: '2' },
  expression: [
    '*',
    '4/3',
    'pi',
    [
      '/',
      [
        '^',
        [
          '+',
          '1',
          ['*', ['-', ['/', ['+', '1', ['*', '3', ['sqrt', '3']]], '2'], '2'], ['^', ['cos', ['*', 'pi', 'x']], '2']],
        ],
        '3/2',
      ],
      [
        'sqrt',
        [
          '+',
          ['/', ['+', '1', ['*', '3', ['sqrt', '3']]], '2'],
          [
            '+',
            '1',
            ['*', ['-', ['/', ['+', '1', ['*', '3', ['sqrt', '3']]], '2'], '2'], ['^', ['cos', ['*', 'pi', 'x']], '2']],
          ],
        ],
      ],
    ],
  ],
}
