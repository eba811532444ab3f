import type { Statement } from '../../certificate.js'
import { smoothProfile } from './smoothProfile.js'

/** The largest gradient of the smooth profile in the maximum norm, in units r_c^-3: (|a+b| + sqrt 3 |a-b|)/2. */
export const smoothGradientMaximum: Statement = {
  id: 'smooth-gradient-maximum',
  kind: 'supremum',
  statement: {
    words:
      'The Lipschitz constant of the smooth cut-off in the maximum norm, in units of the inverse cube of its radius.',
    tex: "\\sup_{0<s<1}\\tfrac12\\bigl(|g'+g/s|+\\sqrt3|g'-g/s|\\bigr)=6.0848\\ldots",
  },
  source: 'src/interaction/profiles/smooth.ts',
  definitions: smoothProfile,
  variables: [{ name: 's', lo: '0', hi: '1' }],
  expression: [
    '/',
    ['+', ['abs', ['+', 'slope', 'growth']], ['*', ['sqrt', '3'], ['abs', ['-', 'slope', 'growth']]]],
    '2',
  ],
}
