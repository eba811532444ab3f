import type { Statement } from '../../certificate.js'

/** Lemma 6.3, outer constant in the maximum norm: what is left of the proof is a maximum over an angle. */
export const lemma63OuterMaximum: Statement = {
  id: 'lemma-6-3-outer-maximum',
  kind: 'supremum',
  statement: {
    words: 'The largest difference quotient of the kernel (4) at three cut-off radii and beyond, maximum norm.',
    tex: '\\max_\\varphi\\tfrac12\\cos\\varphi\\bigl[(13+4\\cos\\varphi+4\\sqrt2\\sin\\varphi)^{3/2}-1\\bigr]-1=36.5258\\ldots',
  },
  source: 'src/attacks/section6/lemma63Constants.ts',
  definitions: [['P', ['+', '13', ['*', '4', ['cos', 'a']], ['*', '4', ['sqrt', '2'], ['sin', 'a']]]]],
  variables: [{ name: 'a', lo: '-22/7', hi: '22/7' }],
  expression: ['-', ['/', ['*', ['cos', 'a'], ['-', ['^', 'P', '3/2'], '1']], '2'], '1'],
}
