import type { Statement } from '../../certificate.js'

/** Lemma 3.4: four times the sharp constant is below the printed one. */
export const lemma34Printed: Statement = {
  id: 'lemma-3-4-printed',
  kind: 'inequality',
  statement: {
    words: 'The printed constant of the bound on the mean force is more than four times the sharp one.',
    tex: '4\\cdot2.6660\\ldots<2(4\\pi)^{2/3}',
  },
  source: 'docs/claims.md, Lemma 3.4',
  left: ['*', '4', '@lemma-3-4-force'],
  relation: '<',
  right: ['*', '2', ['^', ['*', '4', 'pi'], '2/3']],
}
