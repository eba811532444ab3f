import type { Statement } from '../../certificate.js'

/** The largest force of the cubic spline, in units r_c^-2: g(s) = (5 s - 3 s^3)/2 on (0, 1), alpha = 2. */
export const cubicForce: Statement = {
  id: 'cubic-force',
  kind: 'supremum',
  statement: {
    words: 'The largest force of the cubic spline cut-off, in units of the inverse square of its radius.',
    tex: '\\sup_{0<s<1}\\tfrac12(5s-3s^3)=\\tfrac{5\\sqrt5}9',
  },
  source: 'src/interaction/profiles/cubicSpline.ts',
  variables: [{ name: 's', lo: '0', hi: '1' }],
  expression: ['/', ['-', ['*', '5', 's'], ['*', '3', ['^', 's', '3']]], '2'],
}
