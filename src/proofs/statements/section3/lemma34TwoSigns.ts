import type { Statement } from '../../certificate.js'

/** Lemma 3.4 for charges of both signs: both lobes are full. */
export const lemma34TwoSigns: Statement = {
  id: 'lemma-3-4-two-signs',
  kind: 'enclosure',
  statement: {
    words: 'The sharp constant in the bound on the mean force, for charges of both signs.',
    tex: '\\tfrac{8\\pi}5\\bigl(\\tfrac{15}{8\\pi}\\bigr)^{1/3}=4.2320\\ldots',
  },
  source: 'docs/claims.md, Lemma 3.4',
  expression: ['*', ['/', ['*', '8', 'pi'], '5'], ['^', ['/', '15', ['*', '8', 'pi']], '1/3']],
}
