import type { Statement } from '../../certificate.js'

/** (78): at the printed N_0 the left side is the root of log N, at least 1. */
export const chaosThresholdStep: Statement = {
  id: 'chaos-threshold-step',
  kind: 'inequality',
  statement: { words: 'What (78) needs at the printed N_0.', tex: '\\ln2<1' },
  source: 'docs/claims.md, (78) and (79)',
  left: ['log', '2'],
  relation: '<',
  right: '1',
}
