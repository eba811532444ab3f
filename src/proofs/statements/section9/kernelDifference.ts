import type { Statement } from '../../certificate.js'

/** (84): the L1 distance of the kernels (2) and (4), in units N^-delta: the integral of (r^-2 - r) 4 pi r^2. */
export const kernelDifference: Statement = {
  id: 'kernel-difference',
  kind: 'integral',
  statement: {
    words: 'The L1 distance of the kernel with and without cut-off (4), in units of the cut-off radius.',
    tex: '\\int_0^1(r^{-2}-r)\\,4\\pi r^2dr=3\\pi',
  },
  source: 'docs/claims.md, (84)',
  variable: { name: 'r', lo: '0', hi: '1' },
  expression: ['*', ['*', '4', 'pi'], ['-', '1', ['^', 'r', '3']]],
  order: 4,
}
