import type { Statement } from '../../certificate.js'

/** The rate of Delta against the weight w, in units of the root of K. */
export const weightRate: Statement = {
  id: 'weight-rate',
  kind: 'infimum',
  statement: {
    words: 'The best weight in Delta: no weight has a smaller rate than the root of K.',
    tex: '\\inf_w\\max\\{w,\\tfrac1w\\}=1',
  },
  source: 'docs/claims.md, Beyond: the weight in Delta',
  variables: [{ name: 'w', lo: '1/8', hi: '8' }],
  expression: ['max', 'w', ['/', '1', 'w']],
  witness: ['1'],
}
