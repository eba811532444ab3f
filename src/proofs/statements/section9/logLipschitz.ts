import type { Statement } from '../../certificate.js'

/**
 * The coefficient of the logarithm in the force difference of the worst bounded density: the positive part of 3
 * c^2 - 1.
 */
export const logLipschitz: Statement = {
  id: 'log-lipschitz',
  kind: 'integral',
  statement: {
    words: 'The coefficient of the logarithm in the modulus of continuity of the force of a bounded density.',
    tex: '2\\pi\\int_{-1}^1(3c^2-1)_+\\,dc=\\tfrac{8\\pi}{3\\sqrt3}',
  },
  source: 'docs/claims.md, log-Lipschitz bound',
  variable: { name: 'c', lo: '-1', hi: '1' },
  expression: ['*', ['*', '2', 'pi'], ['max', '0', ['-', ['*', '3', ['^', 'c', '2']], '1']]],
  order: 2,
}
