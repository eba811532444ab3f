import type { Statement } from '../../certificate.js'

/** The force at the centre of the disc: what the core of (4) contributes, in units of r_c. */
export const planeCore: Statement = {
  id: 'plane-core',
  kind: 'integral',
  statement: {
    words: 'The share of the core in the second moment of the force at the centre of a disc.',
    tex: '\\int_0^12r^3dr=\\tfrac12',
  },
  source: 'docs/claims.md, Beyond: d = 2',
  variable: { name: 'r', lo: '0', hi: '1' },
  expression: ['*', '2', ['^', 'r', '3']],
}
