import type { Statement } from '../../certificate.js'
import { smoothProfile } from '../section2/smoothProfile.js'

/** V of the smooth profile: the square of g s = (g/s) s^2 inside the cut-off; outside it is 1. */
export const regularisationSmooth: Statement = {
  id: 'regularisation-smooth',
  kind: 'integral',
  statement: { words: 'The constant V of the smooth profile.', tex: '\\int_0^1g^2s^2ds+1=1.656\\ldots' },
  source: 'docs/claims.md, Beyond: other regularisations',
  definitions: smoothProfile,
  variable: { name: 's', lo: '0', hi: '1' },
  expression: ['+', '1', ['*', ['^', 'growth', '2'], ['^', 's', '4']]],
  accuracy: 1e-9,
  order: 16,
}
