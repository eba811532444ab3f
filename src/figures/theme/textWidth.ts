/**
 * How wide a text is, without a browser, and where to break it.
 */

/** Widths of letters over the size of the font, of DejaVu Sans, the widest font that figures ask for. */
const NARROW = new Set([...'iljtfr.,:;\'’|!()[]{}/- I·"'])
const WIDE = new Set([...'mwMWΨΦΩ∞→—≤≥∗±'])

/** The tallest and the smallest letters of a title or a label: an index is written at 70 % of the size. */
const INDEX = 0.7

/** A piece of markup or one letter. */
const PIECE = /<[^>]*>|&\w+;|[\s\S]/gu

/** Width of one line of Plotly's text with sub, sup, b and i, in pixels, a little more than it takes. */
export function textWidth(text: string, size: number): number {
  let width = 0
  let depth = 0
  let bold = 0
  for (const piece of text.match(PIECE) ?? []) {
    if (piece.length > 1 && piece.startsWith('<')) {
      const step = piece.startsWith('</') ? -1 : 1
      if (/^<\/?su[bp]/.test(piece)) depth += step
      if (/^<\/?b>/.test(piece)) bold += step
      continue
    }
    // Combining marks stand above the letter before them.
    if (/\p{M}/u.test(piece)) continue
    const letter = NARROW.has(piece) ? 0.4 : WIDE.has(piece) ? 0.9 : /\p{Lu}/u.test(piece) ? 0.7 : 0.62
    width += letter * (bold > 0 ? 1.12 : 1) * (depth > 0 ? INDEX ** depth : 1)
  }
  return width * size
}

/**
 * Breaks a text at spaces outside of indices into lines no wider than `width`, where it can; a longer word stays whole.
 * @returns the lines, joined by `<br>`; breaks that the text has already stay
 * @example wrapText('one two', 30, 10) // 'one<br>two'
 */
export function wrapText(text: string, width: number, size: number): string {
  return text
    .split('<br>')
    .flatMap(line => wrapLine(line, width, size))
    .join('<br>')
}

function wrapLine(text: string, width: number, size: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words(text)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && textWidth(longer, size) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

/** The words of a text; a space inside of markup is none to break at. */
function words(text: string): string[] {
  const found: string[] = ['']
  let depth = 0
  for (const piece of text.match(PIECE) ?? []) {
    // Bold and italic text may go on in the next line, an index may not.
    if (/^<\/?su[bp]/.test(piece)) depth += piece.startsWith('</') ? -1 : 1
    if (piece === ' ' && depth === 0) found.push('')
    else found[found.length - 1] += piece
  }
  return found.filter(word => word !== '')
}

/** Number of lines of a text. */
export function lineCount(text: string): number {
  return text === '' ? 0 : text.split('<br>').length
}
