import type { Statement } from '../../certificate.js'

/** On [0, 1] E W_1 is at most the integral of the root of F (1 - F)/N. */
export const lineDistance: Statement = {
  id: 'line-distance',
  kind: 'supremum',
  statement: {
    words: 'The largest root of F (1 - F), the constant of the expected distance on an interval.',
    tex: '\\sup_{0\\le F\\le1}\\sqrt{F(1-F)}=\\tfrac12',
  },
  source: 'docs/claims.md, Beyond: constants of Theorem 9.3',
  variables: [{ name: 'x', lo: '1/1000', hi: '999/1000' }],
  expression: ['sqrt', ['*', 'x', ['-', '1', 'x']]],
}
