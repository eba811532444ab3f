import type { Statement } from '../../certificate.js'

/** (33): the factor that does not belong there is a power N of a number below 1 for the uniform law on unit balls. */
export const corollary43Density: Statement = {
  id: 'corollary-4-3-density',
  kind: 'inequality',
  statement: {
    words:
      'The factor of the printed (33) is below 10^-1200 for a thousand particles of the uniform law on unit balls.',
    tex: '\\Vert f_0\\Vert_\\infty^{1000}=\\bigl(\\tfrac3{4\\pi}\\bigr)^{2000}<10^{-1200}',
  },
  source: 'docs/claims.md, Corollary 4.3, 1',
  left: ['*', '2000', ['log', ['/', '3', ['*', '4', 'pi']]]],
  relation: '<',
  right: ['*', '-1200', ['log', '10']],
}
