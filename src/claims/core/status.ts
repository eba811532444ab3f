/**
 * The words, signs and colours of verdicts: of cards, of tables, of the book. The words are always beside the sign.
 */
import type { VerdictStatus } from './claim.js'

/** How a status is told. */
export interface StatusLook {
  /** In a word or two. */
  readonly short: string
  readonly sign: string
  /** Class of style sheets. */
  readonly className: string
  /** Dark enough for white text, and never the only bearer of the meaning. */
  readonly color: string
  /** From good (0) to bad: of several verdicts the worst is told. */
  readonly severity: number
}

/** Every status that a verdict may have. */
export const STATUS: Readonly<Record<VerdictStatus, StatusLook>> = {
  holds: { short: 'holds', sign: '✔', className: 'holds', color: '#0b6e4f', severity: 0 },
  'holds with a repaired constant or hypothesis': {
    ...{ short: 'repaired', sign: '✚', className: 'repaired', color: '#8a5a00', severity: 3 },
  },
  'fails as printed': { short: 'fails', sign: '✘', className: 'fails', color: '#b3261e', severity: 4 },
  'not contradicted at these N': {
    ...{ short: 'not contradicted', sign: '≈', className: 'open', color: '#1f5fa8', severity: 1 },
  },
  'not testable at these N': {
    ...{ short: 'not testable', sign: '?', className: 'untestable', color: '#5f6368', severity: 2 },
  },
}
