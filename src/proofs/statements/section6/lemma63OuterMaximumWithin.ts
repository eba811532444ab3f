import type { Statement } from '../../certificate.js'
import type { Expression } from '../../expression.js'
import { cornerSums } from './lemma63OuterMaximumBeyond.js'

const radius = (sum: string): Expression => [
  'sqrt',
  ['+', ['^', 's', '2'], ['*', '2', 's', 't', sum], ['*', '3', ['^', 't', '2']]],
]

/** $u_1s\frac{r^3-1}t$. */
const quotient = (r: string): Expression => ['/', ['*', 's', ['cos', 'a'], ['-', ['^', r, '3'], '1']], 't']

/**
 * Lemma 6.3, outer constant in the maximum norm, q + xi inside the cut-off: y = q + xi = su, $t=|\xi|_\infty$, more
 * than 1 as |q| is three, xi a corner of its cube, $|u_2|+|u_3|\le\sqrt2\sin a$.
 */
export const lemma63OuterMaximumWithin: Statement = {
  id: 'lemma-6-3-outer-maximum-within',
  kind: 'supremum',
  statement: {
    words:
      'The largest difference quotient of the kernel (4) at three cut-off radii and beyond, maximum norm: all q + xi inside the cut-off, xi at a corner.',
    tex: '\\sup_{s,a,t}\\max_\\pm s\\cos a\\,\\tfrac{r^3-1}t\\mp1=36.5258\\ldots,\\quad r^2=s^2+2st\\sigma_\\pm+3t^2',
  },
  source: 'docs/claims.md, Lemma 6.3',
  definitions: [...cornerSums('1'), ['p', radius('plus')], ['m', radius('minus')]],
  variables: [
    { name: 's', lo: '0', hi: '1' },
    { name: 'a', lo: '0', hi: '11/7' },
    { name: 't', lo: '1', hi: '2' },
  ],
  expression: ['max', ['-', quotient('p'), '1'], ['+', quotient('m'), '1']],
}
