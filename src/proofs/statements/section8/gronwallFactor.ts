import type { Statement } from '../../certificate.js'

/** (75): the pieces of the proof of Lemma 6.1 leave room for the +1, c >= 1. */
export const gronwallFactor: Statement = {
  id: 'gronwall-factor',
  kind: 'inequality',
  statement: {
    words: 'The factor 2 in C_0 is enough: the pieces of Lemma 6.1 leave room for the +1.',
    tex: '\\tfrac{4\\pi}3-1>1',
  },
  source: 'docs/claims.md, (75) and (76)',
  left: '1',
  relation: '<',
  right: ['-', ['/', ['*', '4', 'pi'], '3'], '1'],
}
