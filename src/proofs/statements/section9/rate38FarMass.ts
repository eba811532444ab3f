import type { Statement } from '../../certificate.js'
import { farParticleTail } from './rate38FarParticle.js'

/** (38) without T: half of the far particle's mass has to travel R/2, as f_0 has at most 1/(2N) beyond R/2. */
export const rate38FarMass: Statement = {
  id: 'rate-38-far-mass',
  kind: 'inequality',
  statement: {
    words: 'At log N = 800 the law has less than 1/(2N) beyond half the radius of the far particle.',
    tex: '\\log\\tfrac{32}{5\\pi}-5\\log\\tfrac R2<-\\log2-800,\\quad R=4e^{752}',
  },
  source: 'docs/claims.md, (89) to (91), 2',
  definitions: farParticleTail,
  left: ['-', 'front', ['*', '5', ['-', 'logR', ['log', '2']]]],
  relation: '<',
  right: ['-', ['neg', ['log', '2']], '800'],
}
