import type { Statement } from '../../certificate.js'

/** Lemma 3.4: the sharp constant, reached by a lobe full to the height of the density. */
export const lemma34Force: Statement = {
  id: 'lemma-3-4-force',
  kind: 'enclosure',
  statement: {
    words: 'The sharp constant in the bound on the mean force of a bounded density.',
    tex: '\\tfrac{4\\pi}5\\bigl(\\tfrac{15}{4\\pi}\\bigr)^{1/3}=2.6660\\ldots',
  },
  source: 'docs/claims.md, Lemma 3.4',
  expression: ['*', ['/', ['*', '4', 'pi'], '5'], ['^', ['/', '15', ['*', '4', 'pi']], '1/3']],
}
