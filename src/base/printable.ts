/**
 * Text that somebody else wrote, made fit to be printed: no character of it moves the cursor, changes colours, clears
 * the screen or turns the direction of what follows.
 */

/**
 * Control characters, and the invisible ones that change the order or the end of a line. Surrogates without their other
 * half too.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu

/**
 * The text in one line with every such character as an escape: what is printed of names from files, plans and the
 * network.
 * @example printable('a\u001b[2Jb') // 'a\\x1b[2Jb'
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped)
}

/** The same for text of several lines: line ends stay, each line is {@link printable}. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}

/** The same for JSON text, whose strings alone hold such characters: it means the same afterwards. */
export function printableJson(text: string): string {
  return text.replace(UNPRINTABLE, character =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function escaped(character: string): string {
  const code = character.charCodeAt(0)
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}
