import type { Statement } from '../../certificate.js'

/** (48) fails: q at the cut-off radius, moved outwards by a tenth. */
export const lemma63Printed: Statement = {
  id: 'lemma-6-3-printed',
  kind: 'inequality',
  statement: {
    words: 'At the cut-off radius the difference quotient of the kernel (4) exceeds the printed inner constant.',
    tex: '\\frac{1-1.1^{-2}}{0.1}>1',
  },
  source: 'docs/claims.md, Lemma 6.3',
  left: '1',
  relation: '<',
  right: ['/', ['-', '1', ['^', '11/10', '-2']], '1/10'],
}
