import type { Statement } from '../../certificate.js'

/** (57) in expectation fails: the centre of the uniform ball of radius 10, alpha = m = 2, r_c = 1/64. */
export const moments57: Statement = {
  id: 'moments-57',
  kind: 'inequality',
  statement: {
    words:
      'The second moment of one summand at the centre of a ball of radius 10 is more than 27 times what (57) allows, at the cut-off radius 1/64.',
    tex: 'r_c\\,E|h-h*\\rho|^2>27\\cdot144\\cdot10^{-6}',
  },
  source: 'docs/claims.md, Proposition 7.2, 4',
  left: ['*', '27', '144/1000000'],
  relation: '<',
  right: [
    '*',
    '1/64',
    [
      '-',
      ['*', '1/1000', ['-', ['/', '4', '1/64'], '3/10']],
      ['^', ['*', '3/1000', ['-', '10', ['*', '2/3', '1/64']]], '2'],
    ],
  ],
}
