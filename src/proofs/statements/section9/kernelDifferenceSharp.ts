import type { Statement } from '../../certificate.js'

/** (84) is not sharp: the constant 3 pi that the integral encloses is below the printed 4 pi. */
export const kernelDifferenceSharp: Statement = {
  id: 'kernel-difference-sharp',
  kind: 'inequality',
  statement: {
    words: 'The constant of (84) is below the printed one.',
    tex: '\\Vert k^N_\\delta-k\\Vert_1<4\\pi N^{-\\delta}',
  },
  source: 'docs/claims.md, (84)',
  left: '@kernel-difference',
  relation: '<',
  right: ['*', '4', 'pi'],
}
