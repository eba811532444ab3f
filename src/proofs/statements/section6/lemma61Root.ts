import type { Statement } from '../../certificate.js'

/** (46) fails with the root of log N: the uniform ball, gamma = 3/10, c = 1, at log N = 20 000, for C_l = 100. */
export const lemma61Root: Statement = {
  id: 'lemma-6-1-root',
  kind: 'inequality',
  statement: {
    words:
      'With the root of log N and the constant 100 the bound (46) fails for the uniform ball at log N = 20 000, gamma = 3/10.',
    tex: '1+3\\gamma\\log N>100\\sqrt{\\log N}\\,(1+\\tfrac3{4\\pi})',
  },
  source: 'docs/claims.md, Lemma 6.1',
  left: ['*', '100', ['sqrt', '20000'], ['+', '1', ['/', '3', ['*', '4', 'pi']]]],
  relation: '<',
  right: ['+', '1', ['*', '9/10', '20000']],
}
