import type { Statement } from '../../certificate.js'

/**
 * (84) as a force: half a ball of constant density against the kernels' difference: the integral over the half space of
 * (r^-2 - r) cos, that is 2 pi (1/2) times the integral of r^2 (r^-2 - r).
 */
export const kernelDifferenceForce: Statement = {
  id: 'kernel-difference-force',
  kind: 'integral',
  statement: {
    words: 'The largest force that the cut-off (4) takes away, per supremum of the density and cut-off radius.',
    tex: '\\int_0^1(r^{-2}-r)\\,\\pi r^2dr=\\tfrac{3\\pi}4',
  },
  source: 'docs/claims.md, (84)',
  variable: { name: 'r', lo: '0', hi: '1' },
  expression: ['*', 'pi', ['-', '1', ['^', 'r', '3']]],
  order: 4,
}
