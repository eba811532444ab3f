/**
 * Small pieces of HTML for outputs: escaped text, and the styles that read well on light and dark themes; numbers as
 * people read them.
 */

/**
 * Text as HTML: markup in it is shown, not interpreted. TeX between $...$ passes through to the front end's typesetter.
 */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** In the place of a value that is not there. */
export const MISSING: string = '–'

/** In the place of what rounding leaves of a zero. */
export const NEARLY_ZERO: string = '≈ 0'

/**
 * A number as people read it: a dash for not-a-number, whole numbers in full, others with `digits` significant digits,
 * no trailing zeros.
 */
export function readableNumber(value: number, digits: number = 6): string {
  if (Number.isNaN(value)) return MISSING
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞'
  const size = Math.abs(value)
  if (value === 0 || (Number.isInteger(value) && size < 1e15)) return String(value)
  // As it will be read: the last bit of a power, which engines compute otherwise, does not choose the form.
  const shown = Number(size.toPrecision(digits))
  if (shown >= 10 ** Math.max(digits, 6) || shown < 1e-4) {
    return value
      .toExponential(digits - 1)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e')
  }
  const text = value.toPrecision(digits)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
