import type { Statement } from '../../certificate.js'

/**
 * Definition 7.1: the threshold of B_t is below the standard deviation, at N = 1024, delta = 1/5 in the unit
 * ball, |k*rho| <= 1.
 */
export const definition71Threshold: Statement = {
  id: 'definition-7-1-threshold',
  kind: 'inequality',
  statement: {
    words:
      'At N = 1024 and delta = 1/5 the threshold of B_t is less than a fifth of the standard deviation of what it bounds.',
    tex: '5^2N^{-2+4\\delta}<\\frac{N-1}{N^2}\\Bigl(\\int|k^N_\\delta|^2dP-1\\Bigr),\\quad N=2^{10},\\ \\delta=\\tfrac15',
  },
  source: 'docs/claims.md, Definition 7.1',
  left: ['*', '25', '1/4096'],
  relation: '<',
  right: ['*', '1023/1048576', ['-', '@definition-7-1-moment-value', '1']],
}
