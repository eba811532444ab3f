import type { Statement } from '../../certificate.js'
import { smoothProfile } from './smoothProfile.js'

/** The largest force of the smooth profile, in units r_c^-2. */
export const smoothForce: Statement = {
  id: 'smooth-force',
  kind: 'supremum',
  statement: {
    words: 'The largest force of the smooth cut-off, in units of the inverse square of its radius.',
    tex: '\\sup_{0<s<1}s^{1-3h(s)}=1.8032\\ldots',
  },
  source: 'src/interaction/profiles/smooth.ts',
  definitions: smoothProfile,
  variables: [{ name: 's', lo: '0', hi: '1' }],
  expression: ['exp', ['*', ['-', '1', ['*', '3', 'h']], ['log', 's']]],
}
