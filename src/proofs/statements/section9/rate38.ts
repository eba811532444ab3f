import type { Statement } from '../../certificate.js'

/** (38): at delta = 5/18 the exponent of the rate is gamma at most. */
export const rate38: Statement = {
  id: 'rate-38',
  kind: 'inequality',
  statement: {
    words: 'At delta = 5/18 the rate of (38) needs the gamma that Corollary 9.4 excludes.',
    tex: '1-3\\cdot\\tfrac5{18}=\\tfrac16',
  },
  source: 'docs/claims.md, (89) to (91), 3',
  left: ['-', '1', ['*', '3', '5/18']],
  relation: '=',
  right: '1/6',
}
