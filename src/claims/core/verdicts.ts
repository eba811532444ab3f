/**
 * The verdicts that rest on records alone, in a word each. What a derivation says is written out by its claim.
 */
import type { Verdict } from './claim.js'

/** Nothing could be tested. */
export function untestable(reason: string = 'No record satisfies the hypotheses.'): Verdict {
  return { status: 'not testable at these N', basis: 'measured', reason }
}

/**
 * Nothing stands against the statement, but the records do not bear it out either. @param gist the reason in one
 * sentence
 */
export function doubted(reason: string, gist?: string): Verdict {
  return { status: 'not contradicted at these N', basis: 'measured', ...(gist !== undefined && { gist }), reason }
}

/** A record stands against the statement. @param counterExample its spec, or the input found */
export function refuted(reason: string, counterExample: Readonly<Record<string, unknown>>): Verdict {
  return { status: 'fails as printed', basis: 'measured', reason, counterExample: { ...counterExample } }
}
