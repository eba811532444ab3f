/** The first sentence of a text that may hold formulas. */

/**
 * Up to the first full stop in front of a space and no number, outside formulas: 'Def. 5.1' ends none.
 * @example firstSentence('For $a. b$ only. Else not.') // 'For $a. b$ only.'
 */
export function firstSentence(text: string): string {
  return /^(?:\$[^$]*\$|[^$])*?[.!?](?=\s+[^\s\d]|\s*$)/.exec(text)?.[0] ?? text
}
