import type { Statement } from '../../certificate.js'
import { smoothProfile } from './smoothProfile.js'

/** The largest gradient of the smooth profile in the Euclidean norm, in units r_c^-3. */
export const smoothGradient: Statement = {
  id: 'smooth-gradient',
  kind: 'supremum',
  statement: {
    words:
      'The Lipschitz constant of the smooth cut-off in the Euclidean norm, in units of the inverse cube of its radius.',
    tex: "\\sup_{0<s<1}\\max\\{|g'|,g/s\\}=5.1104\\ldots",
  },
  source: 'src/interaction/profiles/smooth.ts',
  definitions: smoothProfile,
  variables: [{ name: 's', lo: '0', hi: '1' }],
  expression: ['max', ['abs', 'slope'], 'growth'],
}
