import type { Statement } from '../../certificate.js'
import type { Definitions } from '../../expression.js'

/** p = 1, gamma = 4/25, delta = 3/10, log N = 800: log xi = -48, R = 4 N xi, P(|q| > R) near (32/(5 pi)) R^-5. */
export const farParticleTail: Definitions = [
  ['logR', ['+', ['*', '2', ['log', '2']], '752']],
  ['front', ['log', ['/', '32', ['*', '5', 'pi']]]],
]

/**
 * (38) without T: the probability of one far particle at N = e^800, from below, and what (38) allows as T tends to 0.
 */
export const rate38FarParticle: Statement = {
  id: 'rate-38-far-particle',
  kind: 'inequality',
  statement: {
    words:
      'At log N = 800 the logarithm of what (38) allows for small T is below that of the probability of one far particle.',
    tex: '\\log10^6-10^{-6}e^{32}<800+\\log\\tfrac{32}{5\\pi}-5\\log R-4\\log(1+R^{-2})-\\log2,\\quad R=4e^{752}',
  },
  source: 'docs/claims.md, (89) to (91), 2',
  definitions: farParticleTail,
  left: ['-', ['log', '1000000'], ['*', '1e-6', ['exp', '32']]],
  relation: '<',
  right: [
    '-',
    ['+', '800', 'front'],
    ['+', ['*', '5', 'logR'], ['*', '4', ['log', ['+', '1', ['exp', ['*', '-2', 'logR']]]]], ['log', '2']],
  ],
}
