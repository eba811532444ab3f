import type { Statement } from '../../certificate.js'

/**
 * The largest gradient of the cubic spline in the Euclidean norm, in units r_c^-3: of the eigenvalues g' and g/s, and
 * of 2 s^-3 = 2 x^3 outside the cut-off, which is at most 2.
 */
export const cubicGradient: Statement = {
  id: 'cubic-gradient',
  kind: 'supremum',
  statement: {
    words:
      'The Lipschitz constant of the cubic spline cut-off in the Euclidean norm, in units of the inverse cube of its radius.',
    tex: "\\sup_{0<s<1}\\max\\{|g'|,g/s\\}=\\tfrac52,\\quad g=\\tfrac12(5s-3s^3)",
  },
  source: 'src/interaction/profiles/cubicSpline.ts',
  variables: [{ name: 's', lo: '0', hi: '1' }],
  expression: [
    'max',
    ['abs', ['/', ['-', '5', ['*', '9', ['^', 's', '2']]], '2']],
    ['/', ['-', '5', ['*', '3', ['^', 's', '2']]], '2'],
  ],
  lo: '5/2',
  hi: '5/2',
}
