/** Text as Jupyter stores it: a string, or its lines with their line ends. */
export type MultilineText = string | readonly string[]

/** Text in one piece. */
export function joined(text: MultilineText): string {
  return typeof text === 'string' ? text : text.join('')
}
