import type { Statement } from '../../certificate.js'

/** The closed form of the coefficient. */
export const logLipschitzValue: Statement = {
  id: 'log-lipschitz-value',
  kind: 'enclosure',
  statement: {
    words: 'The closed form of the coefficient of the logarithm.',
    tex: '\\tfrac{8\\pi}{3\\sqrt3}=4.8367\\ldots',
  },
  source: 'docs/claims.md, log-Lipschitz bound',
  expression: ['/', ['*', '8', 'pi'], ['*', '3', ['sqrt', '3']]],
}
